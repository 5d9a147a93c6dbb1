import { Unzip, UnzipInflate } from 'fflate';
import { FileError } from './file-error.js';

const step = 16_384;

export interface Unpacked {
  name: string;
  bytes: Uint8Array;
}

/** The files in a .zip, without folders and hidden system files. Stops at `limit` bytes. */
export function unzip(zipName: string, zip: Uint8Array, limit: number): Unpacked[] {
  const unpacked: Unpacked[] = [];
  let size = 0;
  const unzipping = new Unzip((file) => {
    if (file.name.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\.(?!\.))/.test(file.name)) return;
    const chunks: Uint8Array[] = [];
    file.ondata = (error, chunk, final) => {
      if (error !== null) throw error;
      size += chunk.byteLength;
      if (size > limit) throw new FileError(`${zipName} holds more than ${limit / 1e6} MB, the limit for a snippet.`);
      chunks.push(chunk);
      if (final) unpacked.push({ name: file.name, bytes: joined(chunks) });
    };
    file.start();
  });
  unzipping.register(UnzipInflate);
  try {
    // In small steps, to detect a zip bomb before it is fully expanded.
    for (let at = 0; at < zip.length; at += step) unzipping.push(zip.subarray(at, at + step), at + step >= zip.length);
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(`${zipName} is damaged or not a .zip file.`);
  }
  if (unpacked.length === 0) throw new FileError(`${zipName} is damaged, empty or not a .zip file.`);
  return unpacked;
}

function joined(chunks: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
