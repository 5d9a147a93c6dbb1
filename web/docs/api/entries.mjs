/**
 * A name in the reference with everything declared under it: overloads together, a class with its members.
 * @typedef {object} Member
 * @property {string} name `asyncio::Queue::put`
 * @property {string[]} signatures
 * @property {string} comment
 *
 * @typedef {Member & { file: string, members: Member[] }} Entry
 *
 * @typedef {import('../../protocol/declaration.js').Declaration} Declaration
 */

/** Members that only the compiler uses: promise types, awaiter functions, operators. */
const machinery = /::(?:promise_type|\w*Awaiter)(?:::|$)|::operator\b|::await_(?:ready|suspend|resume)$/;

/**
 * @param {Declaration[]} declarations
 * @returns {Entry[]} in the order of the headers
 */
export function entriesOf(declarations) {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  const owners = new Set(declarations.filter(({ kind }) => kind === 'class').map(({ name }) => name));
  for (const declaration of declarations) {
    const name = declaration.name.replace(/<.*>$/, '');
    if (machinery.test(name) || /= (?:delete|default)$/.test(declaration.signature)) continue;
    // What the implementation uses itself has no comment for users.
    if (declaration.comment === '' && /\bdetail::/.test(declaration.signature)) continue;
    const owner = ownerOf(name, owners);
    if (owner === undefined) {
      const entry = entries.get(name) ?? { name, signatures: [], comment: '', file: publicFile(declaration.file), members: [] };
      add(entry, declaration);
      entries.set(name, entry);
    } else {
      const entry = entries.get(owner);
      if (entry === undefined) throw new Error(`${name} comes before its class`);
      let member = entry.members.find((it) => it.name === name);
      if (member === undefined) entry.members.push((member = { name, signatures: [], comment: '' }));
      add(member, declaration);
    }
  }
  return [...entries.values()];
}

/**
 * @param {Member} member
 * @param {Declaration} declaration
 */
function add(member, { signature, comment }) {
  member.signatures.push(signature);
  if (comment !== '') member.comment += member.comment === '' ? comment : `\n\n${comment}`;
}

/**
 * The outermost class that contains a name.
 * @param {string} name
 * @param {Set<string>} classes
 */
function ownerOf(name, classes) {
  const parts = name.split('::');
  return parts.map((_part, index) => parts.slice(0, index).join('::')).find((scope) => classes.has(scope));
}

/**
 * The header that a program includes: `detail/` holds parts of public headers.
 * @param {string} file
 */
function publicFile(file) {
  return file.replace('/detail/', '/').replace(/_base\.hpp$/, '.hpp').replace('/concurrent.hpp', '/concurrent_future.hpp');
}
