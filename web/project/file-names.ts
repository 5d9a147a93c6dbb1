const MAX_LENGTH = 100;

/** Why a file of the project cannot have this name besides `others`; undefined when it can. */
export function nameProblem(name: string, others: readonly string[]): string | undefined {
  if (name === '') return 'A file needs a name, such as queue.hpp.';
  if (name.length > MAX_LENGTH) return `A name can have at most ${MAX_LENGTH} characters.`;
  if (!/^[\w.+\-/]+$/.test(name)) return 'A name can contain only letters without accents, digits and . _ - +, with / after a folder.';
  const parts = name.split('/');
  if (parts.some((part) => part === '' || /^\.+$/.test(part))) return 'Each folder needs a name, as in parts/queue.hpp.';
  if (parts.includes('__proto__')) return 'A name cannot have a part __proto__: it is reserved.';
  if (parts[0] === 'usr') return "The folder usr is reserved for the compiler.";
  // Some file systems ignore case.
  const same = others.find((other) => other.toLowerCase() === name.toLowerCase());
  if (same !== undefined) return `There is already a file ${same}.`;
  const folder = others.find((other) => other.startsWith(`${name}/`) || name.startsWith(`${other}/`));
  if (folder !== undefined) return `${name} and ${folder} cannot both exist: one is a folder of the other.`;
  return undefined;
}

/** A name that none of the others has: `header.hpp`, `header-2.hpp`. */
export function freeName(wanted: string, others: readonly string[]): string {
  const dot = wanted.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, ''];
  let name = wanted;
  for (let number = 2; others.some((other) => other.toLowerCase() === name.toLowerCase()); number += 1) name = `${stem}-${number}${ending}`;
  return name;
}
