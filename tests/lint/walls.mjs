/**
 * Which folder of web/ may import from which, beside itself. `web/build` and `web/docs` are not here: they make the site out of
 * all of it.
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
  // The command of the package prepares snippets as the build does.
  'package/node': ['build/prepared', 'compile/worker', 'engine/prepared', 'protocol'],
  // The package has the element, and declares it.
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
