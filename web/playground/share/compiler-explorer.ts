import type { Project, SourceFile } from '../../project/project.js';
import { toBase64Url } from '../../project/base64url.js';
import { deflate } from '../../project/deflate.js';
import type { PublishedHeader } from './published-header.js';

/** Compiler Explorer's ids of the clang for x86-64 that has this page's version, of a library, and of a language. */
const compilerId = 'clang2210';
const json = { name: 'nlohmann_json', ver: '3111' };
const language = 'c++';

export interface Elsewhere {
  /** Undefined if the project cannot be compiled there. */
  url: string | undefined;
  /** What is different there, as sentences. */
  note: string;
}

/**
 * The project in Compiler Explorer, with an executor: its documented `/clientstate/` URL, whose state is JSON,
 * zlib-compressed, in base64. Several files become a tree there. Compiler Explorer replaces an #include of a URL by the
 * file that it fetches.
 */
export async function inCompilerExplorer(project: Project, findHeader: () => Promise<PublishedHeader>): Promise<Elsewhere> {
  const single = project.files.filter(({ name }) => isSource(name)).length < 2;
  const note = single ? '' : 'Compiler Explorer compiles main.cpp alone.';
  if (!project.files.some(({ text }) => includesRuntime.test(text))) return { url: await urlOf(project, project.files, false), note };
  const { url: header, problem } = await findHeader();
  if (problem !== undefined) return { url: undefined, note: problem };
  const files = project.files.map(({ name, text }, index) => ({ name, text: forOtherCompilers(text, header, index === 0) }));
  const there = 'With <asyncio.hpp> it takes some seconds to compile there, and has no network.';
  return { url: await urlOf(project, files, true), note: [note, there].join(' ').trim() };
}

const includesRuntime = /^[^\S\n]*#[^\S\n]*include[^\S\n]*[<"]asyncio[./][^>"\n]*[>"]/m;

/** async_main() is an entry of programs in a page alone. */
function forOtherCompilers(text: string, header: string, isMain: boolean): string {
  const source = text.replaceAll(new RegExp(includesRuntime, 'gm'), `#include <${header}>`);
  const needsMain = isMain && /^asyncio::Coro<int> async_main\(\)\s*\{/m.test(text) && !/\bmain\s*\(/.test(text);
  return needsMain ? `${source}\nint main() { return asyncio::run(async_main()); }\n` : source;
}

function isSource(name: string): boolean {
  return /\.(?:cpp|cc|cxx|c\+\+)$/.test(name);
}

async function urlOf({ stdin, options }: Project, files: SourceFile[], withRuntime: boolean): Promise<string> {
  const flags = [
    `-std=${options.standard}`,
    `-O${options.optimisation}`,
    ...(options.warnings === 'default' ? [] : ['-Wall', '-Wextra']),
    ...(options.warnings === 'error' ? ['-Werror'] : []),
    '-stdlib=libc++',
    ...(withRuntime ? ['-fcoro-aligned-allocation', '-pthread'] : []),
  ].join(' ');
  const compiler = { id: compilerId, options: flags, libs: withRuntime ? [json] : [] };
  const run = {
    // The assembly of the whole runtime would be more than Compiler Explorer shows.
    compilers: withRuntime ? [] : [compiler],
    executors: [{ arguments: '', compiler, stdin }],
  };
  const [main] = files;
  const alone = files.length === 1;
  const sessions = [{ id: 1, language, source: main?.text ?? '', filename: main?.name, ...(alone ? run : { compilers: [] }) }];
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
  return `https://godbolt.org/clientstate/${toBase64Url(await deflate(state))}`;
}
