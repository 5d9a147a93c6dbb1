/**
 * The public declarations of the runtime's headers, read from clang's AST dump.
 *
 * @typedef {object} Declaration
 * @property {string} name `asyncio::Queue::put`
 * @property {'function' | 'class' | 'enum' | 'alias' | 'variable' | 'concept'} kind
 * @property {string} signature as it stands in the header, without a body
 * @property {string} comment the doc comment above it; empty when there is none
 * @property {string} file `asyncio/queue.hpp`
 * @property {number} line from 1
 *
 * @typedef {object} Node a node of clang's JSON dump, with the properties that are read here
 * @property {string} kind
 * @property {string} [name]
 * @property {Node[]} [inner]
 * @property {{ begin: Place, end: Place }} range
 * @property {Place} loc
 * @property {boolean} [isImplicit]
 * @property {string} [parentDeclContextId]
 * @property {string} [previousDecl]
 * @property {boolean} [completeDefinition] of a class
 * @property {string} [tagUsed] of a class
 * @property {{ type: { qualType: string } }[]} [bases] of a class
 * @property {string} [access] of an access specifier
 *
 * @typedef {object} Place
 * @property {number} offset
 * @property {number} tokLen
 * @property {string} [file] only where it differs from that of the previous place
 * @property {string} [path] the file, set by Places
 */

/** @type {Record<string, Declaration['kind']>} */
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
 * @param {Node[]} trees clang's JSON dump of each namespace block
 * @param {(path: string) => string | undefined} textOf the text of a header of the runtime; undefined for any other file
 * @param {(path: string) => string} nameOf the path by which a program includes it
 * @returns {Declaration[]} in the order of the headers
 */
export function publicDeclarations(trees, textOf, nameOf) {
  /** @type {Map<string, Declaration>} */
  const found = new Map();
  /**
   * Records of the implementation, whose members a public class may inherit.
   * @type {Map<string, Node>}
   */
  const hidden = new Map();
  for (const tree of trees) {
    new Places().resolve(tree);
    visit(tree, [], true);
  }
  return [...found.values()];

  /**
   * @param {Node} node
   * @param {string[]} scope
   * @param {boolean} isPublic
   */
  function visit(node, scope, isPublic) {
    if (node.kind === 'NamespaceDecl') {
      if (HIDDEN.has(node.name ?? '')) return collectHidden(node);
      for (const inner of node.inner ?? []) visit(inner, node.name === undefined ? scope : [...scope, node.name], true);
      return;
    }
    const declared = TEMPLATES.has(node.kind) ? (node.inner ?? []).find(({ kind }) => kind in KINDS) : node;
    const kind = KINDS[declared?.kind ?? ''];
    if (declared === undefined || kind === undefined || !isPublic || node.isImplicit || node.name === undefined) return;
    // A definition outside its class adds nothing to the declaration inside it.
    if (node.parentDeclContextId !== undefined) return;
    // For a class, take the definition: other headers may declare it before. For all else, take the first declaration.
    if (kind === 'class' ? !declared.completeDefinition : node.previousDecl !== undefined) return;
    add(kind, node, declared, scope);
    if (kind === 'class') visitMembers(declared, [...scope, node.name]);
  }

  /** @param {Node} namespace */
  function collectHidden(namespace) {
    for (const node of namespace.inner ?? []) {
      const record = TEMPLATES.has(node.kind) ? node.inner?.find(({ kind }) => kind === 'CXXRecordDecl') : node;
      if (record?.kind === 'CXXRecordDecl' && record.completeDefinition) hidden.set(record.name ?? '', record);
    }
  }

  /**
   * @param {Node} record
   * @param {string[]} scope
   */
  function visitMembers(record, scope) {
    for (const { type } of record.bases ?? []) {
      const base = hidden.get(/^(?:asyncio::)?(?:detail::)?(\w+)/.exec(type.qualType)?.[1] ?? '');
      const constructors = record.inner?.some(({ kind, name }) => /^(?:Unresolved)?Using/.test(kind) && name?.replace(/<.*/, '').split('::').at(-1) === base?.name) === true;
      if (base !== undefined) visitMembers({ ...base, name: record.name, inner: base.inner?.filter((member) => isInherited(member, constructors)) }, scope);
    }
    let isPublic = record.tagUsed !== 'class';
    for (const member of record.inner ?? []) {
      if (member.kind === 'AccessSpecDecl') isPublic = member.access === 'public';
      else visit(member, scope, isPublic);
    }
  }

  /**
   * @param {Declaration['kind']} kind
   * @param {Node} node
   * @param {Node} declared
   * @param {string[]} scope
   */
  function add(kind, node, declared, scope) {
    const { begin, end } = node.range;
    const { path } = begin;
    const header = path === undefined ? undefined : textOf(path);
    if (path === undefined || header === undefined) return;
    // clang counts bytes: in this text each of them is a character.
    const text = Buffer.from(header).toString('latin1');
    const readable = (/** @type {string} */ bytes) => Buffer.from(bytes, 'latin1').toString();
    // A constructor that a class inherits has the name of its base.
    const isConstructor = declared.kind === 'CXXConstructorDecl';
    const own = scope.at(-1) ?? '';
    const base = (node.name ?? '').replace(/<.*/, '');
    /** @type {[RegExp, string]} */
    const renamed = isConstructor && base !== own ? [new RegExp(`\\b${base}\\(`), `${own}(`] : [/^/, ''];
    const name = [...scope, isConstructor ? own : node.name].join('::');
    const key = `${name} ${path}:${begin.offset}`;
    if (found.has(key)) return;
    found.set(key, {
      name,
      kind,
      signature: readable(signatureOf(text, kind, declared, begin.offset, end.offset + end.tokLen)).replace(...renamed),
      comment: readable(commentAbove(text, begin.offset)),
      file: nameOf(path),
      line: text.slice(0, begin.offset).split('\n').length,
    });
  }
}

/**
 * @param {Node} member
 * @param {boolean} constructors whether the class takes those of its base
 */
function isInherited({ kind, name, isImplicit }, constructors) {
  if (kind === 'CXXConstructorDecl') return constructors && isImplicit !== true;
  return !/Constructor|Destructor/.test(kind) && name !== 'operator=';
}

/** In clang's dump a place names its file only where it differs from that of the previous place. */
class Places {
  /** @type {string | undefined} */
  #path;

  /** @param {unknown} value */
  resolve(value) {
    if (Array.isArray(value)) {
      for (const each of value) this.resolve(each);
    } else if (typeof value === 'object' && value !== null) {
      if ('offset' in value) {
        const place = /** @type {Place} */ (value);
        if (place.file !== undefined) this.#path = place.file;
        place.path = this.#path;
      }
      for (const [key, each] of Object.entries(value)) if (key !== 'includedFrom') this.resolve(each);
    }
  }
}

/**
 * @param {string} text
 * @param {Declaration['kind']} kind
 * @param {Node} declared
 * @param {number} start
 * @param {number} end
 */
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
  return kind === 'class' ? withoutHiddenBases(tidy(signature)) : tidy(signature);
}

/**
 * The members that a class inherits from the implementation are listed as its own.
 * @param {string} signature
 * @returns {string}
 */
function withoutHiddenBases(signature) {
  const hiddenBase = /(?: :|,) public detail::\w+(?:<.*>)?$/;
  return hiddenBase.test(signature) ? withoutHiddenBases(signature.replace(hiddenBase, '')) : signature;
}

/**
 * On one line, without what only the compiler and the linter need.
 * @param {string} signature
 */
function tidy(signature) {
  return signature
    .replaceAll(/\[\[(?:[^\]]|\](?!\]))*\]\]\s*/g, '')
    .replaceAll(/\/\/[^\n]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^inline /, '')
    // clang ends a defaulted function before the last letter of the word.
    .replace(/= defaul$/, '= default')
    .trim();
}

/**
 * The `///` lines directly above the line of `offset`.
 * @param {string} text
 * @param {number} offset
 */
function commentAbove(text, offset) {
  const lines = text.slice(0, text.lastIndexOf('\n', offset - 1) + 1).split('\n');
  lines.pop();
  /** @type {string[]} */
  const comment = [];
  while (/^\s*(?:\/\/\/|\/\/ NOLINT)/.test(lines.at(-1) ?? '')) {
    const line = lines.pop() ?? '';
    if (!/NOLINT/.test(line)) comment.unshift(line.replace(/^\s*\/\/\/ ?/, ''));
  }
  return comment.join('\n').trim();
}
