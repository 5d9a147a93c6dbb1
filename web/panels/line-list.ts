const linesPerChunk = 200;

/** Line elements, in chunks that the browser lays out only when visible (console.css). */
export class LineList {
  readonly element = document.createElement('div');
  #chunks: { element: HTMLElement; numbers: number[] }[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(number: number, line: HTMLElement): void {
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || chunk.numbers.length >= linesPerChunk) {
      chunk = { element: document.createElement('div'), numbers: [] };
      chunk.element.className = 'console-chunk';
      this.#chunks.push(chunk);
      this.element.append(chunk.element);
    }
    chunk.numbers.push(number);
    chunk.element.append(line);
    this.#count += 1;
  }

  removeLast(): void {
    const chunk = this.#chunks.at(-1);
    if (chunk === undefined) return;
    chunk.numbers.pop();
    chunk.element.lastElementChild?.remove();
    this.#count -= 1;
    if (chunk.numbers.length > 0) return;
    chunk.element.remove();
    this.#chunks.pop();
  }

  /** Removes lines with lower numbers. */
  dropBefore(number: number): void {
    let gone = 0;
    for (const chunk of this.#chunks) {
      const kept = chunk.numbers.findIndex((one) => one >= number);
      if (kept === 0) break;
      const dropped = kept < 0 ? chunk.numbers.length : kept;
      this.#count -= dropped;
      chunk.numbers.splice(0, dropped);
      if (kept < 0) {
        chunk.element.remove();
        gone += 1;
        continue;
      }
      for (let i = 0; i < dropped; i += 1) chunk.element.firstElementChild?.remove();
      break;
    }
    this.#chunks.splice(0, gone);
  }

  clear(): void {
    this.#chunks = [];
    this.#count = 0;
    this.element.replaceChildren();
  }
}
