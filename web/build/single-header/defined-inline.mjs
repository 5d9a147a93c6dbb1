/**
 * The text of a source file with each of its definitions declared inline, so that several files of a program may
 * contain it, and a compiler makes only what the program uses. Its unnamed namespaces get a name: one variable for the
 * whole program, not one for each of its files. clang-format puts what is at namespace scope at the start of a line.
 * @param {string} text
 */
export function definedInline(text) {
  let begins = true;
  return text
    .split('\n')
    .map((line) => {
      const result = begins ? inlineLine(line) : line;
      begins = /^$|^#|^\/\/|[;{}]$|[;{}] *\/\//.test(line);
      return result;
    })
    .join('\n');
}

const otherDeclarations = /^(?:namespace|class|struct|enum|union|using|template|typedef|static_assert|inline|public|private|protected)\b/;

/** @param {string} line one that begins a declaration, or is inside of one */
function inlineLine(line) {
  if (line === 'namespace {') return 'inline namespace sources {';
  if (otherDeclarations.test(line)) return line;
  return line.replace(/^((?:\[\[.*?\]\] |extern "C" )*)(?=[A-Za-z_])/, '$1inline ');
}
