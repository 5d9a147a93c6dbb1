import { parse, parseFragment } from 'parse5';

const element = 'asyncio-playground';

/**
 * @typedef {import('parse5').DefaultTreeAdapterTypes.Node} Node
 * @typedef {import('parse5').DefaultTreeAdapterTypes.Element} Element
 * @typedef {import('parse5').DefaultTreeAdapterTypes.TextNode} TextNode
 */

/**
 * A snippet's text and the line of the page where it begins; or the file it comes from; or why its text is not found, as the end
 * of a sentence.
 * @typedef {{ text: string, textLine: number, src: undefined, problem: undefined }} FoundText
 * @typedef {{ text: undefined, src: string, problem: undefined }} FoundFile
 * @typedef {{ text: undefined, src: undefined, problem: string }} NotFound
 *
 * `line` is that of the page where the element begins; `threads`: whether it wants real ones.
 * @typedef {{ line: number, threads: boolean } & (FoundText | FoundFile | NotFound)} FoundSnippet
 */

/**
 * Finds the snippets of an HTML page.
 * @param {string} html
 * @returns {FoundSnippet[]}
 */
export function snippetsInHtml(html) {
  const tree = parse(html, { sourceCodeLocationInfo: true });
  return all(tree, isSnippet).map((node) => ({
    line: node.sourceCodeLocation?.startLine ?? 0,
    ...sourceOf(node, tree),
  }));
}

const tag = String.raw`<${element}(?=[\s>])(?:"[^"]*"|'[^']*'|[^'">])*>`;
const fence = String.raw`^([ \t]*)(\x60{3,}|~{3,})[^\n]*\n([^]*?)^[ \t]*\2[ \t]*$`;

/**
 * Finds the snippets of a Markdown page: elements outside of code, whose text is HTML or a code block between their
 * tags.
 * @param {string} markdown
 * @returns {FoundSnippet[]}
 */
export function snippetsInMarkdown(markdown) {
  const text = markdown.replaceAll('\r\n', '\n');
  // The outer one counts: an element in a code block is shown, not run.
  const found = text.matchAll(new RegExp(`${fence}|(${tag})([^]*?)</${element}\\s*>`, 'gm'));
  return [...found].flatMap((match) => {
    const [whole, , , , opening, content = ''] = match;
    if (opening === undefined) return [];
    const line = text.slice(0, match.index).split('\n').length;
    const [, indent, , code] = new RegExp(fence, 'm').exec(content) ?? [];
    const tree = parseFragment(whole, { sourceCodeLocationInfo: true });
    const [node] = all(tree, isSnippet);
    if (node === undefined) throw new Error(`${opening} is not an element`);
    const source = sourceOf(node, tree, line - 1);
    if (code !== undefined && source.src === undefined && source.problem === undefined) {
      const textLine = text.slice(0, match.index + whole.indexOf(code, opening.length)).split('\n').length;
      return [{ line, ...source, textLine, text: code.replaceAll(new RegExp(`^${indent}`, 'gm'), '') }];
    }
    return [{ line, ...source }];
  });
}

/**
 * `before`: the lines of the page before what was parsed.
 * @param {Element} node
 * @param {Node} tree
 * @param {number} before
 * @returns {{ threads: boolean } & (FoundText | FoundFile | NotFound)}
 */
function sourceOf(node, tree, before = 0) {
  const [src, selector] = [attributeOf(node, 'src'), attributeOf(node, 'for')];
  const threads = ![undefined, 'false'].includes(attributeOf(node, 'threads'));
  if (src !== undefined) return { src, threads, text: undefined, problem: undefined };
  /** @type {(holder: Node) => { threads: boolean } & FoundText} */
  const from = (holder) => ({ src, threads, text: textOf(holder), textLine: before + firstLine(holder), problem: undefined });
  if (selector === undefined) return from(node);
  const id = /^#([\w-]+)$/.exec(selector)?.[1];
  const holder = id === undefined ? undefined : all(tree, isElement).find((one) => attributeOf(one, 'id') === id);
  if (holder !== undefined) return from(holder);
  const why = id === undefined ? 'its “for” is not an #id, the only selector supported here' : `there is no element ${selector} in the page`;
  return { src, threads, text: undefined, problem: why };
}

/**
 * Counted from its end: a newline right after <pre> is not part of the text.
 * @param {Node} node
 */
function firstLine(node) {
  const [text] = all(node, isText);
  if (text === undefined) return node.sourceCodeLocation?.startLine ?? 1;
  return (text.sourceCodeLocation?.endLine ?? 1) - text.value.split('\n').length + 1;
}

/**
 * @template {Node} Wanted
 * @param {Node} node
 * @param {(node: Node) => node is Wanted} isWanted
 * @returns {Wanted[]}
 */
function all(node, isWanted) {
  const below = childrenOf(node).flatMap((child) => all(child, isWanted));
  return isWanted(node) ? [node, ...below] : below;
}

/**
 * @param {Node} node
 * @returns {string}
 */
function textOf(node) {
  return isText(node) ? node.value : childrenOf(node).map(textOf).join('');
}

/**
 * @param {Element} node
 * @param {string} name
 */
function attributeOf(node, name) {
  return node.attrs.find((one) => one.name === name)?.value;
}

/** @param {Node} node */
function childrenOf(node) {
  return 'childNodes' in node ? node.childNodes : [];
}

/**
 * @param {Node} node
 * @returns {node is Element}
 */
function isElement(node) {
  return 'attrs' in node;
}

/**
 * @param {Node} node
 * @returns {node is Element}
 */
function isSnippet(node) {
  return node.nodeName === element;
}

/**
 * @param {Node} node
 * @returns {node is TextNode}
 */
function isText(node) {
  return node.nodeName === '#text';
}
