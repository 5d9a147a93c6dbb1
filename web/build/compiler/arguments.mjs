import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inside, root } from './paths.mjs';

/**
 * @typedef {import('../../protocol/compile.js').CompilerArguments} CompilerArguments
 * @typedef {import('../../protocol/compile.js').CompilerSettings} CompilerSettings
 * @typedef {import('./make.mjs').LlvmTools} LlvmTools
 * @typedef {{ compile: string[], link: string[] }} MoreFlags
 * @typedef {'compile' | 'precompile' | 'usePrecompiled' | 'link'} PageFlags
 */

/**
 * @type {{
 *   common: { compile: string[] },
 *   page: Record<PageFlags, string[]> & Pick<CompilerSettings, 'standards' | 'warnings'> & { threads: MoreFlags },
 * }}
 */
const flags = JSON.parse(readFileSync(join(root, 'emsdk-config/flags.json'), 'utf8'));

const PRECOMPILED = `/usr/${inside.precompiled}`;
const DIAGNOSTICS = ['-fdiagnostics-parseable-fixits', '-fdiagnostics-print-source-range-info'];
const OPTIMISATIONS = ['0', '1', '2'];

/** @type {MoreFlags} */
const WITHOUT_THREADS = { compile: [], link: [] };

/**
 * The page's arguments, and those for a program with threads. One precompiled header serves both.
 * @param {LlvmTools} llvm
 */
export function pageArguments(llvm) {
  const { standards, warnings, threads } = flags.page;
  return { ...argumentsWith(llvm, WITHOUT_THREADS), threads: argumentsWith(llvm, threads), standards, warnings };
}

/**
 * @param {LlvmTools} llvm
 * @param {MoreFlags} more
 * @returns {CompilerArguments}
 */
function argumentsWith(llvm, { compile, link }) {
  const byLevel = OPTIMISATIONS.map((level) => [
    level,
    driverToCompiler(llvm, [
      ...[`-O${level}`, ...compile, ...flags.page.usePrecompiled, '-include-pch', PRECOMPILED, ...DIAGNOSTICS],
      ...['main.cpp', '-o', 'main.o'],
    ]),
  ]);
  return {
    compile: Object.fromEntries(byLevel),
    check: driverToCompiler(llvm, [
      ...['-fsyntax-only', '-O0', ...compile, ...flags.page.usePrecompiled, '-include-pch', PRECOMPILED, ...DIAGNOSTICS],
      'main.cpp',
    ]),
    link: ['wasm-ld', ...flags.page.link, ...link, 'main.o', '-o', 'main.wasm'],
  };
}

export function entryPoints() {
  const prefix = '--export-if-defined=';
  return flags.page.link.filter((flag) => flag.startsWith(prefix)).map((flag) => flag.slice(prefix.length));
}

/** @param {LlvmTools} llvm */
export function precompileArguments(llvm) {
  const source = `/usr/${inside.precompiledSource}`;
  return driverToCompiler(llvm, ['-O0', ...flags.page.precompile, '-x', 'c++-header', source, '-o', 'precompiled.pch']);
}

/**
 * Arguments for the functions of the precompiled header: small, since every page fetches them, and fast at any level.
 * @param {LlvmTools} llvm
 */
export function precompiledCodeArguments(llvm, { threads } = { threads: false }) {
  const extra = threads ? flags.page.threads.compile : [];
  const args = driverToCompiler(llvm, ['-Os', ...extra, ...flags.page.usePrecompiled, 'main.cpp', '-o', 'precompiled.o']);
  args.splice(args.indexOf('-x'));
  return [...args, '-x', 'precompiled-header', `/usr/${inside.wholePrecompiled}`];
}

/**
 * The compiler command that the driver would run: computed here once, so that the page never runs the driver.
 * @param {LlvmTools} llvm
 * @param {string[]} args
 */
function driverToCompiler(llvm, args) {
  const paths = [
    `--sysroot=/usr/${inside.sysroot}`,
    ...['-resource-dir', `/usr/${inside.clang}`, '-isystem', `/usr/${inside.asyncio}`],
  ];
  const driver = ['clang++', '-###', '-c', ...flags.common.compile, ...flags.page.compile, ...paths, ...args];
  const { output, exitCode } = llvm.run(driver, { 'main.cpp': '' });
  const line = output.split('\n').find((text) => text.includes('"-cc1"'));
  if (exitCode !== 0 || line === undefined) throw new Error(`the compiler's driver rejected its arguments:\n${output}`);
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) => word.replaceAll(/\\(.)/g, '$1'));
  return words.slice(words.indexOf('-cc1') - 1);
}
