/** The zero-terminated string at an address. Copied, because shared memory cannot be decoded. */
export function readString(memory: WebAssembly.Memory, pointer: number): string {
  const bytes = new Uint8Array(memory.buffer);
  return new TextDecoder().decode(bytes.slice(pointer, bytes.indexOf(0, pointer)));
}
