import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { bundle } from './bundled-script.ts';
import { threadedFiles } from '../runtime/threaded-runtime.mjs';
import type { SiteFiles } from '../../protocol/service.ts';

const fileName = 'site-worker.js';

/**
 * Puts the service worker beside index.html, where it must lie, with the names of all the site's files in
 * it. `rarelyNeeded` tells by its source which file a visit can do without.
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
      // After what puts more files there.
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
  const present = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== fileName && !/\.(?:br|gz)$/.test(path));
  // The main module with threads may come after the rest.
  const paths = [...new Set([...present, ...threadedFiles()])].sort();
  const hash = createHash('sha256').update(readFileSync(join(folder, 'index.html'))).update(paths.join('\n'));
  return {
    version: hash.digest('hex').slice(0, 12),
    needed: paths.filter((path) => !isOther(path)),
    others: paths.filter(isOther),
  };
}
