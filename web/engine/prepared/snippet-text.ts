/** A part of a snippet: whole lines of the program, and what the reader may do with them. */
export interface Block {
  /** Lines separated by \n, without a final one. */
  text: string;
  /** Compiled, but not shown until unfolded. */
  hidden: boolean;
  readOnly: boolean;
}

/** Why a text is not a valid snippet, as a sentence. */
export class SnippetError extends Error {}

export interface LinePlace {
  block: number;
  /** Within the block, from 0. */
  line: number;
}

const marker = /^[ \t]*\/\/[ \t]*(sample|readOnly)(Start|End)[ \t]*$/;

/** The source as it is compiled wherever it is embedded: without common indentation and surrounding blank lines. */
export function normalised(source: string): string {
  const lines = source.replace(/\r\n?/g, '\n').split('\n').map((line) => line.trimEnd());
  while (lines[0] === '') lines.shift();
  while (lines.at(-1) === '') lines.pop();
  const indents = lines.flatMap((line) => (line === '' ? [] : [/^[ \t]*/.exec(line)?.[0] ?? '']));
  const shared = indents.reduce(commonStart, indents[0] ?? '').length;
  return lines.map((line) => line.slice(shared)).join('\n');
}

/**
 * The blocks of a source with the marker lines `//sampleStart`, `//sampleEnd`, `//readOnlyStart` and `//readOnlyEnd`. The
 * markers are not part of the program. Everything outside all samples is hidden.
 */
export function parseSnippet(source: string): Block[] {
  const lines = normalised(source).split('\n');
  const hasSamples = lines.some((line) => marker.exec(line)?.[1] === 'sample');
  const inside = { sample: !hasSamples, readOnly: false };
  const blocks: Block[] = [];
  let current: string[] = [];
  const close = (): void => {
    if (current.length > 0) blocks.push({ text: current.join('\n'), hidden: !inside.sample, readOnly: inside.readOnly });
    current = [];
  };
  lines.forEach((line, index) => {
    const [, name, edge] = marker.exec(line) ?? [];
    if (name !== 'sample' && name !== 'readOnly') {
      current.push(line);
      return;
    }
    close();
    const start = edge === 'Start';
    if (inside[name] === start) {
      const why = start ? `is repeated before its “//${name}End”` : `has no “//${name}Start” before it`;
      throw new SnippetError(`“//${name}${edge}” in line ${index + 1} of this snippet ${why}.`);
    }
    inside[name] = start;
  });
  close();
  if (blocks.every(({ hidden }) => hidden)) {
    if (blocks.length === 0) blocks.push({ text: '', hidden: false, readOnly: false });
    else throw new SnippetError('This snippet has no line between “//sampleStart” and “//sampleEnd”, so none of it would be visible.');
  }
  return blocks;
}

/** The program: what is compiled, shared and prepared. */
export function textOf(blocks: readonly Block[]): string {
  return `${blocks.map(({ text }) => text).join('\n')}\n`;
}

/** For each line of the program, its line in the source, from 0. */
export function sourceLines(source: string): number[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n').map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  return lines.flatMap((line, at) => (at < first || at > last || marker.test(line) ? [] : [at]));
}

/** The number of the first line of each block, counted from 1 across the program. */
export function firstLines(blocks: readonly Block[]): number[] {
  let next = 1;
  return blocks.map(({ text }) => {
    const first = next;
    next += lineCount(text);
    return first;
  });
}

/** The block position of a program line; past the end, that of the last line. */
export function placeOf(blocks: readonly Block[], line: number): LinePlace {
  const firsts = firstLines(blocks);
  const found = Math.max(0, firsts.findLastIndex((first) => first <= line));
  const last = lineCount(blocks[found]?.text ?? '') - 1;
  return { block: found, line: Math.max(0, Math.min(last, line - (firsts[found] ?? 1))) };
}

/** Replaces the whole program text. The blocks are kept if only one editable block changed. */
export function withText(blocks: readonly Block[], text: string): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  const kept = withOneBlockChanged(blocks, lines);
  return kept ?? [{ text: lines.join('\n'), hidden: false, readOnly: false }];
}

function withOneBlockChanged(blocks: readonly Block[], lines: string[]): Block[] | undefined {
  const old = blocks.map(({ text }) => text.split('\n'));
  for (const [index, block] of blocks.entries()) {
    const before = old.slice(0, index).flat();
    const after = old.slice(index + 1).flat();
    if (block.readOnly || lines.length <= before.length + after.length) continue;
    const end = lines.length - after.length;
    const fits = before.every((line, at) => line === lines[at]) && after.every((line, at) => line === lines[end + at]);
    if (fits) return blocks.map((one) => (one === block ? { ...one, text: lines.slice(before.length, end).join('\n') } : one));
  }
  return undefined;
}

export function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function commonStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}

/** The blocks with their markers: the source from which parseSnippet produces them. */
export function sourceOf(blocks: readonly Block[]): string {
  const marks = (block: Block, edge: 'Start' | 'End'): string[] => {
    const names = [...(blocks.some(({ hidden }) => hidden) && !block.hidden ? ['sample'] : []), ...(block.readOnly ? ['readOnly'] : [])];
    return names.map((name) => `//${name}${edge}`);
  };
  return blocks.flatMap((block) => [...marks(block, 'Start'), block.text, ...marks(block, 'End')]).join('\n') + '\n';
}
