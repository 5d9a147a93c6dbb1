import type { LibraryName } from '../../protocol/compile.js';

/** Libraries that are linked into a program that includes their headers. */
const headers: Record<LibraryName, RegExp> = {
  broker: /^[ \t]*#[ \t]*include[ \t]*[<"]asyncio\/broker\.hpp[>"]/m,
  logging: /^[ \t]*#[ \t]*include[ \t]*[<"]asyncio\/logging\.hpp[>"]/m,
  postgres: /^[ \t]*#[ \t]*include[ \t]*[<"]asyncio\/postgres(?:\.hpp|\/[^">\n]+)[>"]/m,
  profile: /^[ \t]*#[ \t]*include[ \t]*[<"]asyncio\/profile\.hpp[>"]/m,
  sqlite: /^[ \t]*#[ \t]*include[ \t]*[<"](?:sqlite3\.h|asyncio\/sqlite(?:\.hpp|\/[^">\n]+))[>"]/m,
  testing: /^[ \t]*#[ \t]*include[ \t]*[<"]asyncio\/testing(?:\.hpp|\/[^">\n]+)[>"]/m,
  web: /^[ \t]*#[ \t]*include[ \t]*[<"]asyncio\/(?:web(?:\.hpp|\/[^">\n]+)|websocket\/serve\.hpp)[>"]/m,
};

/** The libraries that these sources need. */
export function librariesOf(files: Record<string, string>): LibraryName[] {
  const texts = Object.values(files);
  return (Object.keys(headers) as LibraryName[]).filter((name) => texts.some((text) => headers[name].test(text)));
}

/** The library's file: one for each main module. */
export function libraryFile(name: LibraryName, threads: boolean): string {
  return threads ? `${name}-threads.a` : `${name}.a`;
}
