import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const folder = join(dirname(createRequire(import.meta.url).resolve('lucide-static/package.json')), 'icons');

/** Puts Lucide's drawing into each `<svg data-icon="NAME"></svg>` of a page: only the icons that are used are downloaded. */
export function icons(): Plugin {
  return {
    name: 'icons',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace(/<svg data-icon="([\w-]+)"><\/svg>/g, (_, name: string) => icon(name)),
    },
  };
}

/** The text beside an icon, or its button's label, says what it means: screen readers skip the icon itself. */
function icon(name: string): string {
  const drawing = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(readFileSync(join(folder, `${name}.svg`), 'utf8'))?.[1];
  if (drawing === undefined) throw new Error(`Lucide's ${name} does not have the expected shape`);
  const shapes = drawing.replace(/\s+/g, ' ').trim();
  return `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shapes}</svg>`;
}
