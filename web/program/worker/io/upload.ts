type Piece = Uint8Array<ArrayBuffer> | null;

/** A body on its way from the program to the request, a piece at a time; null ends it. */
export class Upload {
  #offer: { piece: Piece; answer: (wanted: boolean) => void } | undefined;
  #taker: ((piece: Piece) => void) | undefined;
  #stopped = false;
  #asked = false;

  /** Whether any piece was asked for. */
  get asked(): boolean {
    return this.#asked;
  }

  /** The piece is a view of the program's memory, good until this returns. Resolves when it is taken: false once no more is wanted. */
  write(view: Uint8Array | null): Promise<boolean> {
    if (this.#stopped) return Promise.resolve(false);
    const piece = view === null ? null : view.slice();
    const taker = this.#taker;
    if (taker !== undefined) {
      this.#taker = undefined;
      taker(piece);
      return Promise.resolve(true);
    }
    return new Promise((answer) => {
      this.#offer = { piece, answer };
    });
  }

  /** The pieces, each as soon as it is asked for. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new ReadableStream(
      {
        pull: async (controller) => {
          const piece = await this.#take();
          if (piece === null) controller.close();
          else controller.enqueue(piece);
        },
        cancel: () => {
          this.stop();
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** All pieces together. */
  whole(): Promise<Blob> {
    return collect(() => this.#take());
  }

  /** The request is over: whatever is still written is not wanted. */
  stop(): void {
    this.#stopped = true;
    this.#offer?.answer(false);
    this.#offer = undefined;
  }

  #take(): Promise<Piece> {
    this.#asked = true;
    const offer = this.#offer;
    if (offer !== undefined) {
      this.#offer = undefined;
      offer.answer(true);
      return Promise.resolve(offer.piece);
    }
    return new Promise((taker) => {
      this.#taker = taker;
    });
  }
}

async function collect(take: () => Promise<Piece>): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let piece = await take(); piece !== null; piece = await take()) pieces.push(piece);
  return new Blob(pieces);
}

let browserStreams: boolean | undefined;

/** Whether this browser can send a stream at all; one that cannot makes a text of it. */
export function canStream(): boolean {
  browserStreams ??= tryStream();
  return browserStreams;
}

function tryStream(): boolean {
  let asked = false;
  const init = {
    method: 'POST',
    body: new ReadableStream(),
    get duplex(): 'half' {
      asked = true;
      return 'half';
    },
  };
  return !new Request('https://a.test/', init).headers.has('content-type') && asked;
}
