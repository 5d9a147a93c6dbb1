const encoder = new TextEncoder();

/** Converts the compiler's columns, which count bytes, to UTF-16 code units. Both count from 1. */
export class SourceColumns {
  readonly #sources: Record<string, string>;
  readonly #lines = new Map<string, string[]>();

  constructor(sources: Record<string, string>) {
    this.#sources = sources;
  }

  line(file: string, line: number): string | undefined {
    const source = this.#sources[file];
    if (source === undefined) return undefined;
    let lines = this.#lines.get(file);
    if (lines === undefined) {
      lines = source.split(/\r\n|\n|\r/);
      this.#lines.set(file, lines);
    }
    return lines[line - 1];
  }

  utf16(file: string, line: number, byteColumn: number): number {
    const text = this.line(file, line);
    if (text === undefined) return byteColumn;
    let bytes = 1;
    let units = 1;
    for (const character of text) {
      if (bytes >= byteColumn) break;
      bytes += encoder.encode(character).length;
      units += character.length;
    }
    return units + Math.max(0, byteColumn - bytes);
  }

  /** The reverse conversion. */
  utf8(file: string, line: number, utf16Column: number): number {
    const before = this.line(file, line)?.slice(0, utf16Column - 1);
    return before === undefined ? utf16Column : encoder.encode(before).length + 1;
  }
}
