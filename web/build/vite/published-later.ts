import type { Plugin } from 'vite';
import { databaseFolder, publishDatabase } from '../runtime/database.mjs';
import { librariesFolder, publishLibraries } from '../runtime/libraries.mjs';
import { publishThreadedRuntime, threadedFolder } from '../runtime/threaded-runtime.mjs';

/** The folders of what is published later, as scripts know them. */
export const foldersOfLater = (): Record<string, string> => ({
  __THREADS_FOLDER__: JSON.stringify(threadedFolder()),
  __LIBRARIES_FOLDER__: JSON.stringify(librariesFolder()),
  __DATABASE_FOLDER__: JSON.stringify(databaseFolder()),
});

/** Tells the page the folders, and copies what is built by now into the site. */
export function publishedLater(): Plugin {
  let outDir = '';
  return {
    name: 'published-later',
    apply: 'build',
    config() {
      return { define: foldersOfLater() };
    },
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle() {
      publishThreadedRuntime(outDir);
      publishLibraries(outDir);
      publishDatabase(outDir);
    },
  };
}
