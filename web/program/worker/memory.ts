/** The text at an address, up to its 0. Copied, because what threads share cannot be decoded. */
export function readString(memory: WebAssembly.Memory, pointer: number): string {
  const bytes = new Uint8Array(memory.buffer);
  return new TextDecoder().decode(bytes.slice(pointer, bytes.indexOf(0, pointer)));
}
