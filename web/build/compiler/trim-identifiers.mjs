/**
 * Clang looks up the names of its builtin functions while it starts, `abs` and `hypot` among them, and then reads all
 * declarations that these names have in the global scope. C++ finds these declarations by the scope's own table, as it
 * does in a module, whose identifiers have none.
 */

/** Sizes in the table, in bytes. */
const SIZE = { bucketCount: 2, hash: 4, number: 8, builtin: 2, flags: 2, macro: 4, declaration: 8 };
/** The field of a builtin's number has smaller ones for other names, such as types of C that clang knows, and this. */
const FIRST_BUILTIN = 35;
const NO_BUILTIN = 0xfffe;
/** The first of these types. */
const KNOWN_TYPE = 'FILE';
const HAS_MACRO = 16;
const IS_LONG = 1;
/** A declaration that every translation unit has anyway: the type __int128_t. */
const HARMLESS = 6n;

/**
 * Replaces the declarations of builtins' names, in place, by one that costs nothing.
 * @param {Uint8Array} table clang's table of identifiers: a hash table on disk
 * @param {number} bucketsAt the offset of its buckets
 */
export function trimIdentifiers(table, bucketsAt) {
  const view = new DataView(table.buffer, table.byteOffset, table.length);
  const buckets = view.getUint32(bucketsAt, true);
  const entries = view.getUint32(bucketsAt + 4, true);
  let seen = 0;
  for (let bucket = 0; bucket < buckets; ++bucket) {
    let at = view.getUint32(bucketsAt + 8 + 4 * bucket, true);
    if (at === 0) continue;
    let count = view.getUint16(at, true);
    at += SIZE.bucketCount;
    for (; count > 0; --count, ++seen) {
      const key = leb(table, at + SIZE.hash);
      const data = leb(table, key.end);
      const start = data.end + key.value;
      at = start + data.value;
      const builtin = builtinOf(view, start);
      if (builtin === undefined) continue;
      if (isNamed(KNOWN_TYPE, table, data.end)) throw new Error(`this version of clang is not supported: ${KNOWN_TYPE} has the number ${builtin} in its precompiled header`);
      trimEntry(view, start, at);
    }
  }
  if (seen !== entries) throw new Error(`this version of clang is not supported: ${seen} of ${entries} identifiers were found in its precompiled header`);
}

/**
 * The number of the builtin function that has this name.
 * @param {DataView} view
 * @param {number} start of the name's data
 */
function builtinOf(view, start) {
  if ((view.getUint8(start) & IS_LONG) === 0) return undefined;
  const number = view.getUint16(start + SIZE.number, true);
  return number >= FIRST_BUILTIN && number !== NO_BUILTIN ? number : undefined;
}

/**
 * @param {string} name
 * @param {Uint8Array} table
 * @param {number} at
 */
function isNamed(name, table, at) {
  return [...`${name}\0`].every((character, index) => table[at + index] === character.charCodeAt(0));
}

/**
 * @param {DataView} view
 * @param {number} start
 * @param {number} end
 */
function trimEntry(view, start, end) {
  const flags = view.getUint16(start + SIZE.number + SIZE.builtin, true);
  let at = start + SIZE.number + SIZE.builtin + SIZE.flags + (flags & HAS_MACRO ? SIZE.macro : 0);
  if ((end - at) % SIZE.declaration !== 0) throw new Error('this version of clang is not supported: an identifier in its precompiled header has an unknown form');
  for (; at < end; at += SIZE.declaration) view.setBigUint64(at, HARMLESS, true);
}

/**
 * A number in LEB128, and where it ends.
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function leb(bytes, at) {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++] ?? 0;
    value += (byte % 128) * scale;
    if (byte < 128) return { value, end: at };
  }
}
