import { exampleTitle } from '../../project/example-title.js';
import starter from '../starter.cpp?raw';

export interface Example {
  /** Also the key of the user's edited copy. */
  name: string;
  title: string;
  source: string;
}

const files = import.meta.glob<string>('../../../examples/*.cpp', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const examples: Example[] = Object.entries(files)
  .map(([path, source]) => {
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.cpp$/, '');
    return { name, title: exampleTitle(name, source), source };
  })
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));

/** An empty snippet; no example can have this name, since their file names contain no colon. */
export const blank: Example = { name: ':blank', title: 'My snippet', source: starter };

export function findExample(name: string | undefined): Example | undefined {
  return name === blank.name ? blank : examples.find((example) => example.name === name);
}
