/** Messages about the page's PostgreSQL, which runs in a worker of its program. */

/** What the page fetches for the first connection of a run. */
export interface DatabaseCode {
  /** The database worker, as the text of a classic script. */
  script: string;
  /** PostgreSQL. */
  module: ArrayBuffer;
  /** The program that makes a new database. */
  initdb: ArrayBuffer;
  /** PostgreSQL's own files. */
  data: ArrayBuffer;
}

/** From the program worker to the database worker; `id`: the connection. */
export type DatabaseRequest =
  | ({ type: 'start' } & Omit<DatabaseCode, 'script'>)
  | { type: 'open'; id: number }
  | { type: 'data'; id: number; bytes: Uint8Array<ArrayBuffer> }
  | { type: 'close'; id: number };

export type DatabaseReply =
  /** Connections can be opened. */
  | { type: 'ready' }
  /** There is no database. */
  | { type: 'failed'; message: string }
  | { type: 'data'; id: number; bytes: Uint8Array<ArrayBuffer> }
  /** The server's end of a connection. */
  | { type: 'closed'; id: number };
