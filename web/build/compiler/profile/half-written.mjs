/** Sources in intermediate states of editing, for the editor's requests to the compiler. */

/**
 * @typedef {object} HalfWritten
 * @property {Record<string, string>} files
 * @property {import('../../../protocol/completion.js').SourcePlace} [place] where something is asked for
 */

const FILE = 'main.cpp';

/**
 * Each program in one of these states: unchanged; truncated; a misspelt name; a missing bracket or semicolon; a
 * completion or parameter request. Deterministic, spread over the programs.
 * @param {string[]} programs
 * @returns {HalfWritten[]}
 */
export function halfWritten(programs) {
  return programs.map((program, index) => {
    const names = [...program.matchAll(/\b[a-z_]{4,}\b/g)];
    const marks = [...program.matchAll(/[;(){}]/g)];
    const places = [...program.matchAll(/(?<=\w)(?:\.|->|::)(?=\w)|\((?=\w)/g)];
    const name = pick(names, 7 * index);
    const mark = pick(marks, 7 * index + 3);
    const member = pick(places, 7 * index + 6);
    const call = pick(places, 7 * index + 9);
    const states = [
      written(program),
      written(program.slice(0, pick(marks, 5 * index).index)),
      written(`${program.slice(0, name.index)}x${program.slice(name.index)}`),
      written(program.slice(0, mark.index) + program.slice(mark.index + 1)),
      asking(program, member.index + member[0].length),
      asking(program, call.index + call[0].length),
    ];
    return /** @type {HalfWritten} */ (states[index % states.length]);
  });
}

/**
 * @param {RegExpExecArray[]} all
 * @param {number} number
 */
function pick(all, number) {
  const picked = all[(number * 13) % all.length];
  if (picked === undefined) throw new Error('a program has no place to change');
  return picked;
}

/** @param {string} source */
function written(source) {
  return { files: { [FILE]: source } };
}

/**
 * A request at `offset`, where the rest of the line is not written yet.
 * @param {string} program
 * @param {number} offset
 */
function asking(program, offset) {
  const before = program.slice(0, offset);
  const lines = before.split('\n');
  const rest = program.slice(offset);
  const source = before + rest.slice(rest.indexOf('\n'));
  return { ...written(source), place: { file: FILE, line: lines.length, column: (lines.at(-1) ?? '').length + 1 } };
}
