import { playgroundFolder, preparedFolder } from './folders.mjs';

/**
 * What the head of each page says for the programs in it.
 * @param {string} base the path the site lies under
 * @returns {import('vitepress').HeadConfig[]}
 */
export function elementHead(base) {
  return [
    ['script', { type: 'module', src: `${base}${playgroundFolder}embed/asyncio-playground.js` }],
    ['link', { rel: 'asyncio-snippets', href: `${base}${preparedFolder}/manifest.json` }],
  ];
}
