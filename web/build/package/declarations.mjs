import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import typescript from 'typescript';

/**
 * Writes the declarations of these modules, and of those they reference, below a folder, without implementations.
 * @param {string} sources
 * @param {string[]} entries
 * @param {string} target
 */
export function writeDeclarations(sources, entries, target) {
  /** @type {Set<string>} */
  const written = new Set();
  const waiting = entries.map((entry) => join(sources, entry));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (written.has(file)) continue;
    written.add(file);
    const text = declarationOf(file);
    const path = join(target, relative(sources, file).replace(/\.ts$/, '.d.ts'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    for (const [, name = ''] of text.matchAll(/(?:from|import\() ?['"](\.[^'"]+)\.js['"]/g)) {
      waiting.push(`${resolve(dirname(file), name)}.ts`);
    }
  }
}

/** @param {string} fileName */
function declarationOf(fileName) {
  const { outputText, diagnostics = [] } = typescript.transpileDeclaration(readFileSync(fileName, 'utf8'), {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { target: typescript.ScriptTarget.ES2023, module: typescript.ModuleKind.ESNext, strict: true, verbatimModuleSyntax: true },
  });
  const [problem] = diagnostics;
  if (problem !== undefined) throw new Error(`${fileName}: ${typescript.flattenDiagnosticMessageText(problem.messageText, '\n')}`);
  return outputText;
}
