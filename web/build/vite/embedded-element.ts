import { createHash } from 'node:crypto';
import { build, type Plugin } from 'vite';
import { bundle, bundledScript } from './bundled-script.ts';
import { compilerFolder } from './compiler-files.ts';
import { runtimeVersion } from '../prepared/runtime-version.mjs';
import { foldersOfLater } from './published-later.ts';
import { sandboxDocument } from '../../program/page/sandbox-document.ts';

export interface EmbeddedElementFiles {
  /** The element's script. */
  entry: string;
  /** The session's script, for custom pages. */
  session: string;
  /** The package version. */
  version: string;
  /** The script that runs in its sandbox frame. */
  frame: string;
  /** The build output of the compiler. */
  compiler: string;
}

/** A page may have replaced the global Promise; async functions still return the browser's own. */
const OWN_PROMISE = 'const Promise=(async()=>{})().constructor;';

/**
 * Writes the element for other pages, and the session, into the site's `embed` folder: scripts with stable names, next to
 * the files that they load on demand. Files in common with the page are shared.
 */
export function embeddedElement({ entry, session, version, frame, compiler }: EmbeddedElementFiles): Plugin {
  let outDir = '';
  return {
    name: 'embedded-element',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle: {
      sequential: true,
      async handler() {
        const { code } = await bundle(frame);
        const source = sandboxDocument(code);
        const frameFile = `frame-${hashOf(source)}.html`;
        const buildScript = (name: string, input: string): Promise<unknown> => build({
          configFile: false,
          logLevel: 'warn',
          base: './',
          publicDir: false,
          plugins: [
            bundledScript(),
            {
              name: 'sandbox-frame',
              generateBundle() {
                this.emitFile({ type: 'asset', fileName: `embed/${frameFile}`, source });
              },
            },
          ],
          define: {
            __FRAME_FILE__: JSON.stringify(frameFile),
            __COMPILER_PATH__: JSON.stringify(`../${compilerFolder(compiler)}/`),
            ...foldersOfLater(),
            __RUNTIME_VERSION__: JSON.stringify(runtimeVersion()),
            __PACKAGE_VERSION__: JSON.stringify(version),
          },
          worker: { format: 'es' },
          build: {
            outDir,
            emptyOutDir: false,
            target: 'es2023',
            // What is written here for light-dark() in older browsers would not follow the colours of the page around.
            cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
            assetsInlineLimit: 0,
            modulePreload: false,
            chunkSizeWarningLimit: 1000,
            rollupOptions: {
              input,
              preserveEntrySignatures: 'allow-extension',
              output: {
                intro: OWN_PROMISE,
                entryFileNames: `embed/${name}.js`,
                chunkFileNames: 'embed/[name]-[hash].js',
                assetFileNames: 'assets/[name]-[hash][extname]',
              },
            },
          },
        });
        // Built separately: otherwise their common code would be a third file, which the element's script would load
        // before it is used.
        await buildScript('asyncio-playground', entry);
        await buildScript('session', session);
      },
    },
  };
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
