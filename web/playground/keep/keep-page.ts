import type { Workspace } from '../../project/project.js';
import type { Problems } from '../page/problems.js';
import { browserMemory, tabMemory } from './browser-storage.js';
import { download } from '../page/download.js';
import { element } from '../page/elements.js';
import { blank, examples, findExample } from '../gallery/examples.js';
import { ShareDialog } from '../share/share-dialog.js';
import { SharedLinks } from '../share/shared-links.js';
import { Address } from './address.js';
import { acceptDrops } from './drop-target.js';
import { Journal } from './journal.js';
import { Keep, type KeepView } from './keep.js';
import { SnippetLibrary } from './library.js';
import { LinkedPlaces } from './linked.js';
import { Notices } from './notices.js';
import { OlderDrafts } from './older-drafts.js';
import { projectOf, type Opened } from './open-snippet.js';
import { followPage } from './page-life.js';
import { FileError } from './file-error.js';
import { fileNameOf, projectOfFiles, zipOf } from './project-files.js';
import type { Damaged } from './snippet.js';
import { newId } from './snippet.js';
import { SnippetBar } from './snippet-bar.js';
import { SnippetDatabase } from './snippet-database.js';
import { SnippetsDialog } from './snippets-dialog.js';
import { ChannelTabs } from './tabs.js';

/**
 * Sets up saving and sharing with their user interface. Resolves once the user's text is loaded. `onShown` is called
 * whenever a different snippet is open.
 */
export async function keepInPage(
  workspace: Workspace,
  problems: Problems,
  focusEditor: () => void,
  onShown: (opened: Opened) => void = () => undefined,
): Promise<Keep> {
  const notices = new Notices(element('notices', HTMLElement));
  const problem = (message: string): void => problems.report(message);
  const library = new SnippetLibrary(new SnippetDatabase(), problem);
  const address = new Address(window);
  const view: KeepView = {
    show: (opened) => {
      bar.show(opened);
      links.opened(opened);
      onShown(opened);
    },
    opened: (place) => address.opened(place),
    moved: (place) => address.moved(place),
    note: (message, remedy) => notices.say(message, remedy),
    problem: (message, remedy) => problems.report(message, remedy),
    showHistory: () => void showHistory(),
    download: (damaged) => downloadDamaged(damaged),
    downloadText: (text) => download('damaged.txt', new Blob([text])),
  };
  const keep: Keep = new Keep({
    workspace,
    library,
    journal: new Journal(browserMemory, newId()),
    olderDrafts: new OlderDrafts(browserMemory, library),
    tabs: new ChannelTabs(),
    memories: { tab: tabMemory, all: browserMemory },
    examples: { first: examples[0] ?? blank, find: findExample },
    view,
  });
  const bar = new SnippetBar(
    {
      select: element('example', HTMLSelectElement),
      title: element('project-title', HTMLElement),
      edited: element('project-edited', HTMLElement),
      reset: element('reset', HTMLButtonElement),
    },
    examples,
    {
      openExample: (name) => void keep.openExample(name),
      reset: () => {
        // Undo, which restores the text, acts on the focused element.
        focusEditor();
        void keep.open.reset();
      },
    },
  );
  const links: SharedLinks = new SharedLinks(keep, element('link-banner', HTMLElement), problem);
  const linked = new LinkedPlaces(address, keep, links, problem);
  const openFiles = async (files: File[]): Promise<void> => {
    try {
      await keep.open.openNew(await projectOfFiles(files), { keep: true });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      problems.report(error.message);
    }
  };
  const dialog = new SnippetsDialog({
    list: async () => {
      await keep.open.save();
      return library.list();
    },
    isOpen: (id) => id === keep.open.opened.id,
    open: (id) => keep.openSnippet(id),
    create: () => keep.create(projectOf(blank)),
    rename: (id, title) => keep.rename(id, title),
    duplicate: (id) => keep.duplicate(id),
    delete: (snippet) => keep.delete(snippet),
    undelete: (id) => library.undelete(id),
    purge: (id) => library.purge(id),
    download: (damaged) => downloadDamaged(damaged),
    openFiles,
    saveMain: () => {
      const { title, files } = keep.open.project;
      download(fileNameOf(title, 'cpp'), new Blob([files[0]?.text ?? ''], { type: 'text/plain' }));
    },
    saveAll: async () => {
      const { project } = keep.open;
      download(fileNameOf(project.title, 'zip'), await zipOf(project));
    },
    versions: async (id) => {
      await keep.open.save();
      return library.versions(id);
    },
    restore: (version) => keep.restore(version),
    present: (id) => keep.projectOf(id),
    problem,
  });
  const share = new ShareDialog(() => keep.open.project, () => location.href);
  element('snippets-button', HTMLButtonElement).addEventListener('click', () => void dialog.show());
  element('share-button', HTMLButtonElement).addEventListener('click', () => void share.show());
  acceptDrops(document.body, (files) => void openFiles(files));

  await keep.start(() => linked.open());
  linked.follow();
  followPage(window, keep.open);
  // Runs in the background.
  void library.clean();
  return keep;

  async function showHistory(): Promise<void> {
    const { id, title } = keep.open.opened;
    await dialog.showHistory(id, title);
  }
}

function downloadDamaged({ raw }: Damaged): void {
  download('damaged.json', new Blob([JSON.stringify(raw, undefined, 2)], { type: 'application/json' }));
}
