/** Sources as they look while someone writes them, for what the editor asks of the compiler. */

const FILE = 'main.cpp';

/**
 * Of each program one of these: as it is; it breaks off; a name is misspelt; a bracket or semicolon is missing; the
 * names that fit, or the parameters of a call, are asked for. Always the same ones, spread over the programs.
 * @param {string[]} programs
 * @returns {{ files: Record<string, string>, place?: { file: string, line: number, column: number } }[]}
 */
export function halfWritten(programs) {
  return programs.map((program, index) => {
    const names = [...program.matchAll(/\b[a-z_]{4,}\b/g)];
    const marks = [...program.matchAll(/[;(){}]/g)];
    const places = [...program.matchAll(/(?<=\w)(?:\.|->|::)(?=\w)|\((?=\w)/g)];
    const [name, mark, member, call] = [names, marks, places, places].map((all, kind) => pick(all, 7 * index + 3 * kind));
    const states = [
      written(program),
      written(program.slice(0, pick(marks, 5 * index).index)),
      written(`${program.slice(0, name.index)}x${program.slice(name.index)}`),
      written(program.slice(0, mark.index) + program.slice(mark.index + 1)),
      asking(program, member.index + member[0].length),
      asking(program, call.index + call[0].length),
    ];
    return states[index % states.length];
  });
}

function pick(all, number) {
  return all[(number * 13) % all.length];
}

function written(source) {
  return { files: { [FILE]: source } };
}

/** What could stand at `offset`, where the rest of the line is still to be written. */
function asking(program, offset) {
  const before = program.slice(0, offset);
  const lines = before.split('\n');
  const rest = program.slice(offset);
  const source = before + rest.slice(rest.indexOf('\n'));
  return { ...written(source), place: { file: FILE, line: lines.length, column: lines.at(-1).length + 1 } };
}
