import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { filesBelow } from '../../../emsdk-config/steps/files-below.mjs';
import { bundle } from './bundled-script.ts';
import { databaseFiles } from '../runtime/database.mjs';
import { libraryFiles } from '../runtime/libraries.mjs';
import { threadedFiles } from '../runtime/threaded-runtime.mjs';
import type { SiteFiles } from '../../protocol/service.ts';

const fileName = 'site-worker.js';

/**
 * Writes the service worker next to index.html, as its scope requires, with the names of all the site's files in it.
 * `rarelyNeeded` decides by a file's source whether a visit can do without it.
 */
export function siteWorker(entry: string, rarelyNeeded: (source: string) => boolean): Plugin {
  const others = new Set<string>();
  let outDir = '';
  return {
    name: 'site-worker',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    generateBundle(_options, output) {
      for (const file of Object.values(output)) {
        const sources = file.type === 'asset' ? file.originalFileNames : [file.facadeModuleId ?? ''];
        if (sources.some(rarelyNeeded)) others.add(file.fileName);
      }
    },
    closeBundle: {
      // After the plugins that add files.
      order: 'post',
      sequential: true,
      async handler() {
        const files = siteFiles(outDir, (path) => others.has(path) || rarelyNeeded(path));
        const { code } = await bundle(entry, { __SITE_FILES__: JSON.stringify(files) });
        writeFileSync(join(outDir, fileName), code);
      },
    },
  };
}

function siteFiles(folder: string, isOther: (path: string) => boolean): SiteFiles {
  const present = filesBelow(folder)
    .map((path) => relative(folder, path).split(sep).join('/'))
    .filter((path) => path !== fileName && !/\.(?:br|gz)$/.test(path));
  // The main module with threads, the libraries and the database may be added later.
  const paths = [...new Set([...present, ...threadedFiles(), ...libraryFiles(), ...databaseFiles()])].sort();
  const hash = createHash('sha256').update(readFileSync(join(folder, 'index.html'))).update(paths.join('\n'));
  return {
    version: hash.digest('hex').slice(0, 12),
    needed: paths.filter((path) => !isOther(path)),
    others: paths.filter(isOther),
  };
}
