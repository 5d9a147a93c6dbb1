import type { Plugin } from 'vite';
import { isThreadedRuntimeBuilt, publishThreadedRuntime, threadedFolder } from '../runtime/threaded-runtime.mjs';

/**
 * Tells the page the folder of the main module with threads, as `__THREADS_FOLDER__`, and copies the module into the site
 * if it is built; otherwise it is added later.
 */
export function threadedRuntime(): Plugin {
  let outDir = '';
  return {
    name: 'threaded-runtime',
    apply: 'build',
    config() {
      return { define: { __THREADS_FOLDER__: JSON.stringify(threadedFolder()) } };
    },
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle() {
      if (isThreadedRuntimeBuilt()) publishThreadedRuntime(outDir);
    },
  };
}
