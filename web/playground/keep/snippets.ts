import type { Editing } from '../editor/editing.js';
import { Gallery } from '../gallery/gallery.js';
import { element } from '../page/elements.js';
import type { Problems } from '../page/problems.js';
import type { Keep } from './keep.js';
import { keepInPage } from './keep-page.js';

/** The user's snippets and the examples. */
export interface Snippets {
  /** Resolves once the user's text is loaded. */
  readonly opened: Promise<Keep>;
  /** Keeps a version of the text. A click may come before the stored snippets have been read. */
  readonly checkpoint: () => void;
}

export function snippetsInPage({ workspace, editor }: Editing, problems: Problems): Snippets {
  const gallery = new Gallery(
    {
      button: element('gallery-button', HTMLButtonElement),
      toggle: element('python', HTMLButtonElement),
      pane: element('python-pane', HTMLElement),
    },
    {
      open: (name) => void keeping.then((keep) => keep.openExample(name)),
      problem: (message) => problems.report(message),
    },
  );
  const keeping = keepInPage(workspace, problems, () => editor.focus(), ({ example }) => gallery.opened(example?.name));
  return {
    opened: keeping.then((keep) => {
      problems.textIsSaved = () => keep.saved;
      return keep;
    }),
    checkpoint: () => void keeping.then(({ open }) => open.checkpoint()),
  };
}
