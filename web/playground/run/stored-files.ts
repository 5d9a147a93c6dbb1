import type { FileStore } from '../../files/file-store.js';
import { FilesView } from '../../panels/files-view.js';
import { download } from '../page/download.js';
import { element } from '../page/elements.js';
import type { Problems } from '../page/problems.js';

/** The list of the files that programs have written. */
export function storedFilesInPage(files: FileStore, problems: Problems): FilesView {
  const view = new FilesView(element('file-list', HTMLElement), {
    list: () => files.list(),
    remove: (path) => files.remove(path),
    download: (path) => {
      files.read(path).then(
        (content) => {
          if (content === undefined) view.refresh();
          else download(path.slice(path.lastIndexOf('/') + 1), content);
        },
        (error: unknown) => problems.report(`${path} could not be read: ${String(error)}`),
      );
    },
  });
  return view;
}
