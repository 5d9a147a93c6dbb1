import { parse, parseFragment } from 'parse5';

const element = 'asyncio-playground';

/**
 * @typedef {object} FoundSnippet
 * @property {number} line of the page, where the element begins
 * @property {number} [textLine] of the page, where its text begins
 * @property {string | undefined} text undefined where it comes from `src`, or cannot be found here
 * @property {string | undefined} src
 * @property {boolean} threads whether it wants real ones
 * @property {string | undefined} problem why its text is not found, as the end of a sentence
 */

/**
 * The snippets of a page of HTML.
 * @param {string} html
 * @returns {FoundSnippet[]}
 */
export function snippetsInHtml(html) {
  const tree = parse(html, { sourceCodeLocationInfo: true });
  return all(tree, (node) => node.nodeName === element).map((node) => ({
    line: node.sourceCodeLocation?.startLine ?? 0,
    ...sourceOf(node, tree),
  }));
}

const tag = String.raw`<${element}(?=[\s>])(?:"[^"]*"|'[^']*'|[^'">])*>`;
const fence = String.raw`^([ \t]*)(\x60{3,}|~{3,})[^\n]*\n([^]*?)^[ \t]*\2[ \t]*$`;

/**
 * The snippets of a page of Markdown: elements outside of code, whose text is HTML or a code block between their tags.
 * @param {string} markdown
 * @returns {FoundSnippet[]}
 */
export function snippetsInMarkdown(markdown) {
  const text = markdown.replaceAll('\r\n', '\n');
  // What begins first counts: an element in a code block is shown, not run.
  const found = text.matchAll(new RegExp(`${fence}|(${tag})([^]*?)</${element}\\s*>`, 'gm'));
  return [...found].flatMap((match) => {
    const [whole, , , , opening, content] = match;
    if (opening === undefined) return [];
    const line = text.slice(0, match.index).split('\n').length;
    const [, indent, , code] = new RegExp(fence, 'm').exec(content) ?? [];
    const tree = parseFragment(whole, { sourceCodeLocationInfo: true });
    const source = sourceOf(all(tree, (node) => node.nodeName === element)[0], tree, line - 1);
    if (code !== undefined && source.src === undefined && source.problem === undefined) {
      const textLine = text.slice(0, match.index + whole.indexOf(code, opening.length)).split('\n').length;
      return [{ line, ...source, textLine, text: code.replaceAll(new RegExp(`^${indent}`, 'gm'), '') }];
    }
    return [{ line, ...source }];
  });
}

/** `before`: the lines of the page before what was parsed. */
function sourceOf(node, tree, before = 0) {
  const attribute = (name) => node.attrs.find((one) => one.name === name)?.value;
  const [src, selector] = [attribute('src'), attribute('for')];
  const threads = ![undefined, 'false'].includes(attribute('threads'));
  if (src !== undefined) return { src, threads, text: undefined, problem: undefined };
  const from = (holder) => ({ src, threads, text: textOf(holder), textLine: before + firstLine(holder), problem: undefined });
  if (selector === undefined) return from(node);
  const id = /^#([\w-]+)$/.exec(selector)?.[1];
  const holder = id === undefined ? undefined : all(tree, ({ attrs = [] }) => attrs.some(({ name, value }) => name === 'id' && value === id))[0];
  if (holder !== undefined) return from(holder);
  const why = id === undefined ? 'its “for” is no #id, and only that is looked for here' : `there is no element ${selector} in the page`;
  return { src, threads, text: undefined, problem: why };
}

/** Counted from its end: right after <pre> a line's end is no part of the text. */
function firstLine(node) {
  const [text] = all(node, ({ nodeName }) => nodeName === '#text');
  if (text === undefined) return node.sourceCodeLocation?.startLine ?? 1;
  return (text.sourceCodeLocation?.endLine ?? 1) - text.value.split('\n').length + 1;
}

function all(node, isWanted) {
  const below = (node.childNodes ?? []).flatMap((child) => all(child, isWanted));
  return isWanted(node) ? [node, ...below] : below;
}

function textOf(node) {
  return node.nodeName === '#text' ? node.value : (node.childNodes ?? []).map(textOf).join('');
}
