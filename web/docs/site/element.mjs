import { playgroundFolder, preparedFolder } from './folders.mjs';

/**
 * The tags in the head of each page for the programs in it.
 * @param {string} base the path under which the site is served
 * @returns {import('vitepress').HeadConfig[]}
 */
export function elementHead(base) {
  return [
    ['script', { type: 'module', src: `${base}${playgroundFolder}embed/asyncio-playground.js` }],
    ['link', { rel: 'asyncio-snippets', href: `${base}${preparedFolder}/manifest.json` }],
  ];
}
