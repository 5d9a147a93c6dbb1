import type { FileChange, FileChanges, FileReply } from '../../../protocol/files.js';
import { InFlight } from '../in-flight.js';
import { ioError } from './errors.js';

/** The part of a MessagePort that is used. */
export interface StoragePort {
  onmessage: ((event: MessageEvent<FileReply>) => void) | null;
  postMessage(message: FileChanges, transfer: Transferable[]): void;
}

/** The program's connection to the page's store. Sent changes survive the termination of this worker. */
export class FileStorage {
  readonly #inFlight: InFlight;
  #port: StoragePort | undefined;
  #sent = 0;
  #answered = 0;
  #failure: Error | undefined;
  #waiting: { number: number; resolve: () => void; reject: (error: Error) => void }[] = [];

  /** The program's path of the persistent directory, its initial working directory. */
  readonly root = '/home/web_user';

  constructor(inFlight = new InFlight()) {
    this.#inFlight = inFlight;
  }

  connect(port: StoragePort): void {
    this.#port = port;
    port.onmessage = ({ data }) => {
      this.#hear(data);
    };
  }

  send(changes: FileChange[]): void {
    this.#sent += 1;
    const transfer = changes.flatMap((change) => (change.type === 'write' ? [change.bytes.buffer as ArrayBuffer] : []));
    this.#port?.postMessage({ number: this.#sent, changes }, transfer);
  }

  /** Resolves when everything sent is stored; retries what failed before. */
  stored(): Promise<void> {
    if (this.#answered === this.#sent) {
      if (this.#failure === undefined) return Promise.resolve();
      this.send([]);
    }
    return this.#inFlight.during(
      new Promise((resolve, reject) => {
        this.#waiting.push({ number: this.#sent, resolve, reject });
      }),
    );
  }

  #hear(reply: FileReply): void {
    this.#answered = reply.number;
    this.#failure = reply.type === 'failed' ? failureOf(reply) : undefined;
    const heard = this.#waiting.filter(({ number }) => number <= reply.number);
    this.#waiting = this.#waiting.filter(({ number }) => number > reply.number);
    for (const { resolve, reject } of heard) {
      if (this.#failure === undefined) resolve();
      else reject(this.#failure);
    }
  }
}

/** runtime/src/browser/file_system.cpp distinguishes them by name. */
function failureOf({ reason, message }: Extract<FileReply, { type: 'failed' }>): Error {
  return ioError(reason === 'full' ? 'StorageFull' : 'StorageError', message);
}
