type Piece = Uint8Array<ArrayBuffer> | null;

/** Passes a request body from the program to the request, one piece at a time; null ends it. */
export class Upload {
  #offer: { piece: Piece; answer: (wanted: boolean) => void } | undefined;
  #taker: ((piece: Piece) => void) | undefined;
  #stopped = false;
  #asked = false;

  /** Whether any piece was requested. */
  get asked(): boolean {
    return this.#asked;
  }

  /**
   * The view of the program's memory is valid until this returns. Resolves when the piece is consumed: false once no more
   * is wanted.
   */
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

  /** The pieces, each as soon as it is requested. */
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

  /** The request is over: further writes are discarded. */
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

/** Whether this browser can send a stream; one that cannot converts it to a string. */
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
