import { definedInline } from './defined-inline.mjs';

const includeLine = /^\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)")/;

/**
 * Joins a library's headers and sources into the text of one header. Each file is there once, where it is first
 * included, as is each include of another library.
 * @param {object} library
 * @param {Map<string, string>} library.files all texts by path
 * @param {string} library.headers the folder that <> begins at
 * @param {string} library.main the path of the header that includes all others
 * @param {string[]} library.sources paths
 */
export function amalgamate({ files, headers, main, sources }) {
  /** @type {Set<string>} */
  const present = new Set();
  return [main, ...sources].flatMap((path) => linesOf(path)).join('\n').replaceAll(/\n{3,}/g, '\n\n').trim();

  /**
   * @param {string} path
   * @returns {string[]}
   */
  function linesOf(path) {
    if (present.has(path)) return [];
    present.add(path);
    let conditions = 0;
    const text = textOf(path);
    const lines = (sources.includes(path) ? definedInline(text) : text).split('\n').flatMap((line) => {
      if (/^\s*#\s*if/.test(line)) conditions += 1;
      if (/^\s*#\s*endif/.test(line)) conditions -= 1;
      if (/^\s*#\s*pragma once/.test(line)) return [];
      const include = includeLine.exec(line);
      return include === null ? [line] : included(include, line, path, conditions > 0);
    });
    return ['', `// ${path}`, '', ...lines];
  }

  /**
   * @param {RegExpExecArray} include
   * @param {string} line
   * @param {string} path of the file that includes
   * @param {boolean} conditional
   */
  function included([, system, beside], line, path, conditional) {
    const own = beside === undefined ? `${headers}/${system}` : resolved(path, beside);
    if (beside === undefined && !files.has(own)) {
      if (conditional) return [line];
      const isNew = !present.has(`<${system}>`);
      present.add(`<${system}>`);
      return isNew ? [line] : [];
    }
    if (conditional) throw new Error(`${path}: ${line.trim()} is inside #if. One header has every file where it is first included, in any case.`);
    return linesOf(own);
  }

  /** @param {string} path */
  function textOf(path) {
    const text = files.get(path);
    if (text === undefined) throw new Error(`${path} is included, but there is no such file.`);
    return text;
  }
}

/**
 * @param {string} path
 * @param {string} included
 */
function resolved(path, included) {
  return new URL(included, `file:///${path}`).pathname.slice(1);
}
