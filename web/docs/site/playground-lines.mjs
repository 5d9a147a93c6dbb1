import { playgroundFolder } from './folders.mjs';
import { playgroundLink } from './playground-link.mjs';
import { readSnippet, snippetLine, snippetsIn } from './snippet.mjs';

const name = 'asyncio_playground';

/**
 * A plugin for markdown-it: a line `<asyncio-playground src="snippets/NAME.cpp"></asyncio-playground>` becomes that
 * element around the program's text, with a link to the playground and the program's output: all of it is readable
 * without scripts.
 * @param {string} base the path under which the site is served
 * @returns {Promise<(markdown: import('vitepress').MarkdownRenderer) => void>}
 */
export async function playgroundLines(base) {
  const links = await allLinks();
  return (markdown) => {
    markdown.block.ruler.before('html_block', name, (state, startLine, _endLine, silent) => {
      const text = state.getLines(startLine, startLine + 1, state.blkIndent, false);
      if (snippetLine(text) === undefined) return false;
      if (silent) return true;
      const token = state.push(name, '', 0);
      token.content = text;
      token.map = [startLine, startLine + 1];
      state.line = startLine + 1;
      return true;
    });
    markdown.renderer.rules[name] = (tokens, index) => {
      const line = snippetLine(tokens[index]?.content ?? '');
      if (line === undefined) throw new Error('a line that is not a snippet');
      return element(readSnippet(line.src), line.attributes, { base, link: links.get(line.src) ?? '' });
    };
  };
}

/** Computed in advance, since compression is asynchronous and markdown-it is not. */
async function allLinks() {
  const sources = /** @type {const} */ (['examples', 'snippets', 'reference']).flatMap(snippetsIn);
  return new Map(await Promise.all(sources.map(async (src) => /** @type {const} */ ([src, await playgroundLink(readSnippet(src))]))));
}

/**
 * The element contains only the program, since it takes all its text content for the program, and colours it.
 * @param {import('./snippet.mjs').Snippet} snippet
 * @param {string} attributes as written in the line
 * @param {{ base: string, link: string }} site the program's link in the playground
 */
function element({ title, text, expected, stdin }, attributes, { base, link }) {
  const given = stdin === '' ? '' : ` stdin="${escaped(stdin)}"`;
  const more = attributes === '' ? '' : ` ${attributes}`;
  const code = `<pre tabindex="0"><code>${escaped(text.trimEnd())}</code></pre>`;
  return `<figure class="snippet" v-pre>
<asyncio-playground expected="${escaped(expected)}"${given} open-in="${base + playgroundFolder}"${more}>${code}</asyncio-playground>
<figcaption>
<a href="${escaped(base + link)}" target="_blank" rel="noopener" aria-label="Open in the playground: ${escaped(title)}">Open in the playground</a>
<details><summary>What it prints</summary><pre tabindex="0"><samp>${escaped(expected)}</samp></pre></details>
</figcaption>
</figure>\n`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
}
