import type { Project, SourceFile } from '../../project/project.js';
import { toBase64Url } from '../../project/base64url.js';
import { deflate } from '../../project/deflate.js';

/** Compiler Explorer's ids of its newest clang for x86-64, and of a language. */
const compilerId = 'clang_trunk';
const language = 'c++';

export interface Elsewhere {
  url: string;
  /** What is not supported there, as a sentence. */
  missing: string | undefined;
}

/**
 * The project in Compiler Explorer, with an executor: its documented `/clientstate/` URL, whose state is JSON,
 * zlib-compressed, in base64. Several files become a tree there.
 */
export async function inCompilerExplorer({ files, stdin, options }: Project): Promise<Elsewhere> {
  const flags = [
    `-std=${options.standard}`,
    `-O${options.optimisation}`,
    ...(options.warnings === 'default' ? [] : ['-Wall', '-Wextra']),
    ...(options.warnings === 'error' ? ['-Werror'] : []),
    '-stdlib=libc++',
  ].join(' ');
  const compiler = { id: compilerId, options: flags };
  const executors = [{ arguments: '', compiler: { ...compiler, libs: [] }, stdin }];
  const [main] = files;
  const alone = files.length === 1;
  const run = { compilers: [compiler], executors };
  const sessions = [{ id: 1, language, source: main?.text ?? '', filename: main?.name, ...(alone && run) }];
  const trees = [
    {
      id: 1,
      cmakeArgs: '',
      customOutputFilename: '',
      isCMakeProject: false,
      compilerLanguageId: language,
      files: files.map(({ name, text }, index) => ({
        fileId: index + 1,
        isIncluded: true,
        isOpen: index === 0,
        isMainSource: index === 0,
        filename: name,
        content: text,
        editorId: index === 0 ? 1 : -1,
        langId: language,
      })),
      newFileId: files.length + 1,
      ...run,
    },
  ];
  const state = new TextEncoder().encode(JSON.stringify(alone ? { sessions } : { sessions, trees }));
  return { url: `https://godbolt.org/clientstate/${toBase64Url(await deflate(state))}`, missing: missing(files) };
}

function missing(files: SourceFile[]): string | undefined {
  if (!files.some(({ text }) => /^\s*#\s*include\s*[<"]asyncio[./]/m.test(text))) return undefined;
  return 'Compiler Explorer has no <asyncio.hpp>: this snippet will not compile there. Plain C++ does.';
}
