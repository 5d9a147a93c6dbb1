import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { root } from '../../../emsdk-config/setup/toolchain.mjs';
import { filesBelow } from '../../../emsdk-config/steps/files-below.mjs';
import { amalgamate } from './amalgamate.mjs';

export const headerName = 'asyncio.hpp';

/** The backend of pages, and the parts that are libraries of their own. */
const otherParts = /^src\/(?:broker|browser|logging|postgres|profile|sqlite|testing|web)\//;

/** The native runtime as one header. */
export function singleHeader() {
  const runtime = join(root, 'runtime');
  const files = new Map(
    [...filesBelow(join(runtime, 'include')), ...filesBelow(join(runtime, 'src'))]
      .map((path) => /** @type {const} */ ([relative(runtime, path).split(sep).join('/'), readFileSync(path, 'utf8')]))
      .filter(([path]) => !otherParts.test(path)),
  );
  const sources = [...files.keys()].filter((path) => path.endsWith('.cpp'));
  return `${preface()}\n${amalgamate({ files, headers: 'include', main: 'include/asyncio.hpp', sources })}\n`;
}

/**
 * Writes it into a folder.
 * @param {string} folder
 * @returns {Promise<string>} its path
 */
export async function writeSingleHeader(folder) {
  const path = join(folder, headerName);
  await mkdir(folder, { recursive: true });
  await writeFile(path, singleHeader());
  return path;
}

function preface() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8').trim().replaceAll(/^/gm, '// ').replaceAll(/ $/gm, '');
  return `// asyncio for C++ ${version}: all of it in one header, for C++23. Nothing has to be linked with it.
//
//     clang++ -std=c++23 -stdlib=libc++ -fcoro-aligned-allocation -pthread program.cpp
//
// It needs nlohmann/json. Any number of a program's files may include it. It is made from the folder runtime by
// \`npm run single-header\`.
//
${licence}

#pragma once
#pragma GCC system_header // A program's warnings are about the program.

#if !__has_include(<nlohmann/json.hpp>)
#error "asyncio.hpp needs nlohmann/json: Debian's package is nlohmann-json3-dev; in Compiler Explorer choose the library nlohmann::json"
#endif
`;
}
