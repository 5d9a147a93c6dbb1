/**
 * Which folder of web/ may import from which. Each may import from itself; what is not named here is a breach. `web/protocol`
 * is what the sides say to each other.
 * @type {Record<string, string[]>}
 */
const mayImport = {
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
  target: Object.keys(mayImport).some((other) => other.startsWith(`${folder}/`)) ? `./web/${folder}/*.ts` : `./web/${folder}`,
  from: './web',
  except: [folder, ...others],
  message: `web/${folder} imports from ${others.length === 0 ? 'nothing but itself' : others.map((other) => `web/${other}`).join(', ')}: see tests/lint/walls.mjs.`,
}));
