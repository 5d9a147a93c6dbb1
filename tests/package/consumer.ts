/** A project that uses the package: checked against its declarations, and run in a page. */
import { compile, createSession, loadElement, type AsyncioPlaygroundElement, type CompileResult, type Exit, type Session } from 'asyncio-wasm';
import { assetsFolder, copyAssets, embed } from 'asyncio-wasm/node';

export const session: Session = await createSession({ assets: '/asyncio/' });

export async function runOnce(source: string, signal: AbortSignal): Promise<Exit | string> {
  const result: CompileResult = await session.compile({ 'main.cpp': source }, { optimisation: '1', warnings: 'all', signal });
  switch (result.type) {
    case 'compile-error':
      return result.diagnostics.map(({ range, message }) => `${range.startLine}: ${message}`).join('\n');
    case 'compiled': {
      const exit = await session.run(result.program, { args: ['one'], clock: 'fast', seed: 3, signal, onOutput: ({ stream, text }) => console.log(stream, text) });
      return exit.type === 'complete' ? exit : exit.type;
    }
  }
}

export async function watchElement(): Promise<AsyncioPlaygroundElement | null> {
  await loadElement({ assets: new URL('https://cdn.example/asyncio/') });
  const element = document.querySelector('asyncio-playground');
  element?.setText('int main() {}');
  return element;
}

export async function buildSite(): Promise<number> {
  copyAssets(`dist/${assetsFolder.length}`);
  const { failed } = await embed('dist', { out: 'dist/snippets', say: (line) => console.error(line) });
  return failed;
}

// @ts-expect-error a program has to be compiled first
await session.run('int main() {}');
// @ts-expect-error no such clock
await session.run({ module: new Uint8Array(), runtime: session.runtime }, { clock: 'paused' });
// @ts-expect-error no such level
await compile('int main() {}', { optimisation: 3 });
