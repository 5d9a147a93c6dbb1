// @ts-check
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { makeApi } from '../api/make.mjs';
import { referenceSidebar, writeReference } from '../api/reference.mjs';
import { guideSidebar } from '../site/chapters.mjs';
import { elementHead } from '../site/element.mjs';
import { playgroundFolder } from '../site/folders.mjs';
import { literalCode } from '../site/literal-code.mjs';
import { playgroundLines } from '../site/playground-lines.mjs';
import { repositoryLinks } from '../site/repository-links.mjs';
import { root } from '../site/snippet.mjs';

/** The playground's icon. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M3 2l10 6-10 6z' fill='%230b7a53'/%3E%3C/svg%3E";

export default async () => {
  // Set by build.mjs: the links into the playground need the base before VitePress knows it.
  const base = process.env['ASYNCIO_DOCS_BASE'] ?? '/';
  makeApi();
  writeReference();
  const usePlaygroundLines = await playgroundLines(base);
  return defineConfig({
    base,
    lang: 'en',
    title: 'asyncio for C++',
    description: "Python's asyncio in C++23, compiled and run in the page",
    cacheDir: join(root, 'build/docs-cache'),
    outDir: join(root, 'build/docs'),
    head: [['link', { rel: 'icon', href: icon }], ...elementHead(base)],
    // The playground is copied next to the guide's pages after they are built.
    ignoreDeadLinks: [`/${playgroundFolder}`],
    markdown: {
      theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
      config(markdown) {
        literalCode(markdown);
        repositoryLinks(markdown);
        usePlaygroundLines(markdown);
      },
    },
    vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'asyncio-playground' } } },
    themeConfig: {
      nav: [
        { text: 'Guide', link: '/guide/coroutines', activeMatch: '^/guide/' },
        { text: 'Reference', link: '/reference/', activeMatch: '^/reference/' },
        { text: 'Playground', link: `/${playgroundFolder}`, target: '_blank' },
      ],
      sidebar: {
        '/': [{ text: 'Start here', items: [{ text: 'What this is', link: '/' }] }, ...guideSidebar()],
        '/reference/': referenceSidebar(),
      },
      outline: { level: [2, 3] },
      search: { provider: 'local' },
      docFooter: { prev: 'Previous', next: 'Next' },
    },
  });
};
