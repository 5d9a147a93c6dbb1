/**
 * The public declarations of the runtime's headers, read from what clang knows of them.
 *
 * @typedef {object} Declaration
 * @property {string} name `asyncio::Queue::put`
 * @property {'function' | 'class' | 'enum' | 'alias' | 'variable' | 'concept'} kind
 * @property {string} signature as it stands in the header, without a body
 * @property {string} comment the words above it; empty when there are none
 * @property {string} file `asyncio/queue.hpp`
 * @property {number} line from 1
 */

const KINDS = {
  FunctionDecl: 'function',
  CXXMethodDecl: 'function',
  CXXConstructorDecl: 'function',
  CXXConversionDecl: 'function',
  CXXRecordDecl: 'class',
  EnumDecl: 'enum',
  TypeAliasDecl: 'alias',
  VarDecl: 'variable',
  FieldDecl: 'variable',
  ConceptDecl: 'concept',
};
const TEMPLATES = new Set(['FunctionTemplateDecl', 'ClassTemplateDecl', 'TypeAliasTemplateDecl', 'VarTemplateDecl']);
const BODIES = new Set(['CompoundStmt', 'CoroutineBodyStmt']);
const HIDDEN = new Set(['detail', 'precompiled']);

/**
 * @param {object[]} trees clang's JSON dump of each namespace block
 * @param {(path: string) => string | undefined} textOf the text of a header of the runtime; undefined for any other file
 * @param {(path: string) => string} nameOf how a program includes it
 * @returns {Declaration[]} in the order of the headers
 */
export function publicDeclarations(trees, textOf, nameOf) {
  const found = new Map();
  /** Records of the implementation, whose members a public class may have inherited. */
  const hidden = new Map();
  for (const tree of trees) {
    new Places().resolve(tree);
    visit(tree, [], true);
  }
  return [...found.values()];

  function visit(node, scope, isPublic) {
    if (node.kind === 'NamespaceDecl') {
      if (HIDDEN.has(node.name)) return collectHidden(node);
      for (const inner of node.inner ?? []) visit(inner, node.name === undefined ? scope : [...scope, node.name], true);
      return;
    }
    const declared = TEMPLATES.has(node.kind) ? (node.inner ?? []).find(({ kind }) => kind in KINDS) : node;
    const kind = KINDS[declared?.kind];
    if (kind === undefined || !isPublic || node.isImplicit || node.name === undefined) return;
    // A definition outside its class says nothing that the declaration inside does not.
    if (node.parentDeclContextId !== undefined) return;
    // Of a class the definition tells, which other headers may have declared before; else what comes first.
    if (kind === 'class' ? !declared.completeDefinition : node.previousDecl !== undefined) return;
    add(kind, node, declared, scope);
    if (kind === 'class') visitMembers(declared, [...scope, node.name]);
  }

  function collectHidden(namespace) {
    for (const node of namespace.inner ?? []) {
      const record = TEMPLATES.has(node.kind) ? node.inner?.find(({ kind }) => kind === 'CXXRecordDecl') : node;
      if (record?.kind === 'CXXRecordDecl' && record.completeDefinition) hidden.set(record.name, record);
    }
  }

  function visitMembers(record, scope) {
    for (const { type } of record.bases ?? []) {
      const base = hidden.get(/^(?:asyncio::)?(?:detail::)?(\w+)/.exec(type.qualType)?.[1]);
      if (base !== undefined) visitMembers({ ...base, name: record.name, inner: base.inner.filter(isInherited) }, scope);
    }
    let isPublic = record.tagUsed !== 'class';
    for (const member of record.inner ?? []) {
      if (member.kind === 'AccessSpecDecl') isPublic = member.access === 'public';
      else visit(member, scope, isPublic);
    }
  }

  function add(kind, node, declared, scope) {
    const { begin, end } = node.range;
    const text = begin.path === undefined ? undefined : textOf(begin.path);
    if (text === undefined) return;
    const name = [...scope, node.name].join('::');
    const key = `${name} ${begin.path}:${begin.offset}`;
    if (found.has(key)) return;
    found.set(key, {
      name,
      kind,
      signature: signatureOf(text, kind, declared, begin.offset, end.offset + end.tokLen),
      comment: commentAbove(text, begin.offset),
      file: nameOf(begin.path),
      line: text.slice(0, begin.offset).split('\n').length,
    });
  }
}

function isInherited({ kind, name }) {
  return !/Constructor|Destructor/.test(kind) && name !== 'operator=';
}

/** In clang's dump a place names its file only where that differs from the place before it. */
class Places {
  #path;

  resolve(value) {
    if (Array.isArray(value)) {
      for (const each of value) this.resolve(each);
    } else if (typeof value === 'object' && value !== null) {
      if ('offset' in value) {
        if (value.file !== undefined) this.#path = value.file;
        value.path = this.#path;
      }
      for (const [key, each] of Object.entries(value)) if (key !== 'includedFrom') this.resolve(each);
    }
  }
}

function signatureOf(text, kind, declared, start, end) {
  const body = (declared.inner ?? []).find((inner) => BODIES.has(inner.kind));
  let stop = body?.range.begin.offset ?? end;
  if (kind === 'class' || kind === 'enum') {
    const brace = text.indexOf('{', declared.loc.offset);
    if (brace !== -1 && brace < end) stop = brace;
  }
  const initialisers = (declared.inner ?? []).find((inner) => inner.kind === 'CXXCtorInitializer');
  let signature = text.slice(start, stop);
  if (initialisers !== undefined || declared.kind === 'CXXConstructorDecl') signature = signature.replace(/\)\s*(noexcept)?\s*:[^:][\s\S]*$/, ')');
  return tidy(signature);
}

/** One line where it fits; what only the compiler and the linter need is left out. */
function tidy(signature) {
  return signature
    .replaceAll(/\[\[(?:[^\]]|\](?!\]))*\]\]\s*/g, '')
    .replaceAll(/\/\/[^\n]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^inline /, '')
    .trim();
}

/** The lines of `///` that end just above the line of `offset`. */
function commentAbove(text, offset) {
  const lines = text.slice(0, text.lastIndexOf('\n', offset - 1) + 1).split('\n');
  lines.pop();
  const comment = [];
  while (/^\s*(?:\/\/\/|\/\/ NOLINT)/.test(lines.at(-1) ?? '')) {
    const line = lines.pop();
    if (!/NOLINT/.test(line)) comment.unshift(line.replace(/^\s*\/\/\/ ?/, ''));
  }
  return comment.join('\n').trim();
}
