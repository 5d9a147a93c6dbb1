/** Downloads files in parallel and reports the progress in bytes over all of them. */
export class Download {
  readonly #onProgress: (loadedBytes: number, totalBytes: number) => void;
  readonly #parts = new Map<string, { loaded: number; total: number }>();

  constructor(onProgress: (loadedBytes: number, totalBytes: number) => void) {
    this.#onProgress = onProgress;
  }

  /**
   * The response to each request, with its body still unread. `bytes` is the size of the file; for a compressed one,
   * progress is measured in the compressed bytes that cross the network.
   */
  async start(files: { url: string; bytes: number }[]): Promise<Response[]> {
    const responses = await Promise.all(files.map(({ url }) => request(url)));
    return responses.map((response, index) => {
      const { url = '', bytes = 0 } = files[index] ?? {};
      const compressed = Number(response.headers.get('content-length') ?? bytes);
      const part = { loaded: 0, total: compressed };
      this.#parts.set(url, part);
      return this.#counting(response, part, bytes === 0 ? 1 : compressed / bytes);
    });
  }

  #counting(response: Response, part: { loaded: number; total: number }, scale: number): Response {
    if (response.body === null) return response;
    const count = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        part.loaded = Math.min(part.total, part.loaded + chunk.length * scale);
        this.#report();
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(count), {
      headers: { 'content-type': response.headers.get('content-type') ?? 'application/octet-stream' },
    });
  }

  #report(): void {
    const parts = [...this.#parts.values()];
    const sum = (key: 'loaded' | 'total'): number => Math.round(parts.reduce((total, part) => total + part[key], 0));
    this.#onProgress(sum('loaded'), sum('total'));
  }
}

export async function request(url: string): Promise<Response> {
  const name = url.slice(url.lastIndexOf('/') + 1);
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new Error(`${name} could not be fetched: check the network connection.`, { cause });
  }
  if (!response.ok) throw new Error(`${name} could not be fetched: the server answered ${response.status}.`);
  return response;
}
