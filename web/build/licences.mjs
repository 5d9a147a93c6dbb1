import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../emsdk-config/setup/toolchain.mjs';
import { UserError } from '../../emsdk-config/steps/user-error.mjs';

/**
 * Writes licences.txt into a site: the notices for its contents, with the full texts.
 * @param {string} folder
 */
export function writeLicences(folder) {
  const emscripten = JSON.parse(readFileSync(join(root, 'build/toolchain/emscripten.json'), 'utf8'));
  /** @type {[title: string, paths: string[]][]} */
  const texts = [
    ['asyncio for C++', [join(root, 'LICENSE')]],
    ['Third-party notices', [join(root, 'THIRD_PARTY_NOTICES.md')]],
    ['The Apache License 2.0 (LLVM, clang, lld, libc++, compiler-rt)', [join(root, 'node_modules/typescript/LICENSE.txt')]],
    // Upstream stores it with the tools, Debian's package in its documentation.
    ['Emscripten', [join(emscripten.root, 'LICENSE'), join(emscripten.root, '../doc/emscripten/copyright')]],
    ['musl', [join(emscripten.root, 'system/lib/libc/musl/COPYRIGHT')]],
    ['JSON for Modern C++', [join(root, 'build/toolchain/json/usr/share/doc/nlohmann-json3-dev/copyright'), '/usr/local/share/doc/nlohmann-json/LICENSE.MIT', '/opt/homebrew/share/doc/nlohmann-json/LICENSE.MIT']],
    ['PGlite', [join(root, 'node_modules/@electric-sql/pglite/LICENSE')]],
    ['Monaco Editor', [join(root, 'node_modules/monaco-editor/LICENSE')]],
    ['monaco-vim', [join(root, 'node_modules/monaco-vim/LICENSE')]],
    ['monaco-vim: CodeMirror', [join(root, 'node_modules/monaco-vim/LICENSE.codemirror.txt')]],
    ['@wasm-fmt/clang-format', [join(root, 'node_modules/@wasm-fmt/clang-format/LICENSE')]],
    ['Lucide (icons)', [join(root, 'node_modules/lucide-static/LICENSE')]],
    ['parse5', [join(root, 'node_modules/parse5/LICENSE')]],
    ['entities', [join(root, 'node_modules/entities/LICENSE')]],
    ['diff', [join(root, 'node_modules/diff/LICENSE')]],
    ['fflate', [join(root, 'node_modules/fflate/LICENSE')]],
    ['VitePress (the guide)', [join(root, 'node_modules/vitepress/LICENSE')]],
    ['Vue (the guide)', [join(root, 'node_modules/vue/LICENSE')]],
    ['VueUse (the guide)', [join(root, 'node_modules/@vueuse/core/LICENSE')]],
    ['MiniSearch (the guide)', [join(root, 'node_modules/minisearch/LICENSE.txt')]],
    ['mark.js (the guide)', [join(root, 'node_modules/mark.js/LICENSE')]],
    ['focus-trap (the guide)', [join(root, 'node_modules/focus-trap/LICENSE')]],
    ['tabbable (the guide)', [join(root, 'node_modules/tabbable/LICENSE')]],
    ['Monaco Editor: third-party notices', [join(root, 'node_modules/monaco-editor/ThirdPartyNotices.txt')]],
  ];
  const sections = texts.map(([title, paths]) => `${'='.repeat(78)}\n${title}\n${'='.repeat(78)}\n\n${read(paths)}`);
  writeFileSync(join(folder, 'licences.txt'), sections.join('\n\n'));
}

/** @param {string[]} paths the first that exists counts */
function read(paths) {
  const path = paths.find((it) => existsSync(it));
  if (path === undefined) throw new UserError(`This licence text is missing: ${paths.join(', or ')}`);
  return readFileSync(path, 'utf8').trim();
}
