/**
 * The folders from which each folder of web/ may import, besides itself. `web/build` and `web/docs` are not listed:
 * they build the site from all of them.
 * @type {Record<string, string[]>}
 */
export const mayImport = {
  protocol: [],
  project: ['protocol'],
  files: ['protocol'],
  panels: ['protocol'],
  editor: ['project', 'protocol'],
  'compile/page': ['compile/worker', 'protocol'],
  'compile/worker': ['protocol'],
  'compile/node': ['compile/worker', 'protocol'],
  'program/page': ['protocol'],
  'program/frame': ['protocol'],
  'program/worker': ['protocol'],
  engine: ['compile/page', 'files', 'program', 'protocol'],
  playground: ['editor', 'engine', 'files', 'panels', 'project', 'protocol'],
  embed: ['editor', 'engine', 'panels', 'project', 'protocol'],
  // The package's command prepares snippets like the build.
  'package/node': ['build/prepared', 'compile/worker', 'engine/prepared', 'protocol'],
  // The package contains the element and declares its types.
  package: ['embed/element-api.ts', 'engine', 'protocol'],
};

/** For the rule import-x/no-restricted-paths. */
export const zones = Object.entries(mayImport).map(([folder, others]) => ({
  // The command in `package/node` has a line of its own.
  target: folder === 'package' ? './web/package/*.ts' : `./web/${folder}`,
  from: './web',
  except: [folder, ...others],
  message: `web/${folder} may import from ${[folder, ...others].map((name) => `web/${name}`).join(', ')}: see tests/lint/walls.mjs.`,
}));
