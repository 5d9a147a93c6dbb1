import { build, type Plugin } from 'vite';

const suffix = '?iife';

/**
 * `import text from './x.ts?iife'`: x and its imports as the text of one classic script. For code that must be sent as
 * text: a frame of an opaque origin cannot load scripts from the page's origin.
 */
export function bundledScript(): Plugin {
  return {
    name: 'bundled-script',
    async load(id) {
      if (!id.endsWith(suffix)) return undefined;
      const { code, files } = await bundle(id.slice(0, -suffix.length));
      for (const file of files) this.addWatchFile(file);
      return `export default ${JSON.stringify(code)};`;
    },
  };
}

/** `entry` and its imports as one classic script. */
export async function bundle(
  entry: string,
  define: Record<string, string> = {},
): Promise<{ code: string; files: string[] }> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    define,
    build: {
      write: false,
      target: 'es2023',
      lib: { entry, formats: ['iife'], name: 'script' },
    },
  });
  const [output] = [result].flat();
  if (output === undefined || !('output' in output)) throw new Error(`${entry} produced no bundle`);
  const [chunk] = output.output;
  return { code: chunk.code, files: chunk.moduleIds };
}
