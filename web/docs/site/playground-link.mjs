import { linkTo as exampleLink } from '../../project/example-link.js';
import { defaultOptions } from '../../project/project-options.js';
import { linkTo as shareLink } from '../../project/link.js';
import { playgroundFolder } from './folders.mjs';

/**
 * A link that opens a snippet in the playground: an example by its name, any other with its whole text in the link.
 * @param {import('./snippet.mjs').Snippet} snippet
 * @returns {Promise<string>} relative to the root of the guide's site
 */
export async function playgroundLink({ name, isExample, title, text, stdin }) {
  if (isExample) return playgroundFolder + exampleLink(name);
  const project = { title, files: [{ name: 'main.cpp', text }], stdin, options: defaultOptions };
  // The codec needs an absolute URL; only its fragment is used here.
  return playgroundFolder + new URL(await shareLink(project, 'http://localhost/')).hash;
}
