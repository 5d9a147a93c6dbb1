import type { FixIt } from '../protocol/diagnostic.js';
import type { Completion, CompletionList, CompletionPurpose, Parameter } from '../protocol/completion.js';
import { declarationIn, describe, type Described, type NamePlace, placeOf } from './documentation.js';
import type { LanguageService } from './language-service.js';
import { markerRange } from './monaco-markers.js';
import { monaco } from './monaco-setup.js';
import { templates, type Template, withoutPlaces } from './templates.js';

const language = 'cpp';

/** Read-only documents. */
export const headerScheme = 'header';

/** The project's files as editor models. */
export interface Models {
  /** The file name of a model; undefined for a header of the runtime. */
  fileOf(model: monaco.editor.ITextModel): string | undefined;
  modelOf(name: string): monaco.editor.ITextModel | undefined;
  names(): string[];
  fixItsOf(model: monaco.editor.ITextModel, marker: monaco.editor.IMarkerData): FixIt[];
}

/** Registers completion, signature help, hover, definitions, fixes and formatting for all models. */
export function provideLanguage(service: LanguageService, models: Models): void {
  monaco.languages.registerCompletionItemProvider(language, {
    provideCompletionItems(model, position) {
      const word = model.getWordUntilPosition(position);
      const before = model.getLineContent(position.lineNumber).slice(0, word.startColumn - 1);
      if (before.trim() !== '' || models.fileOf(model) === undefined) return { suggestions: [] };
      const range = new monaco.Range(position.lineNumber, word.startColumn, position.lineNumber, position.column);
      return { suggestions: templates.map((template) => templateItem(template, range)) };
    },
  });

  monaco.languages.registerCompletionItemProvider(language, {
    triggerCharacters: ['.', '>', ':'],
    async provideCompletionItems(model, position, { triggerCharacter }) {
      if (isHalfOperator(model, position, triggerCharacter)) return { suggestions: [] };
      const word = model.getWordUntilPosition(position);
      const list = await complete('names', model, position.lineNumber, word.startColumn);
      const range = new monaco.Range(position.lineNumber, word.startColumn, position.lineNumber, position.column);
      return { suggestions: (list?.completions ?? []).map((completion) => itemOf(completion, range)) };
    },
  });

  monaco.languages.registerSignatureHelpProvider(language, {
    signatureHelpTriggerCharacters: ['(', ','],
    signatureHelpRetriggerCharacters: [')'],
    async provideSignatureHelp(model, position) {
      const list = await complete('parameters', model, position.lineNumber, position.column);
      return list === undefined || list.signatures.length === 0 ? null : { value: helpOf(list), dispose: () => undefined };
    },
  });

  monaco.languages.registerHoverProvider(language, {
    async provideHover(model, position) {
      const meant = await meaningAt('hover', model, position);
      return meant === undefined || meant.descriptions.length === 0
        ? null
        : { range: meant.range, contents: meant.descriptions.map((each) => ({ value: wordsOf(each) })) };
    },
  });

  monaco.languages.registerDefinitionProvider(language, {
    async provideDefinition(model, position) {
      const included = includedBy(model.getLineContent(position.lineNumber));
      if (included !== undefined) {
        const file = models.modelOf(included) ?? (await headerModel(service, included));
        return file === undefined ? null : { uri: file.uri, range: new monaco.Range(1, 1, 1, 1) };
      }
      const word = model.getWordAtPosition(position);
      if (word === null) return null;
      const own = declarationIn(model.getValue(), word.word, model.getOffsetAt(position));
      if (own !== undefined) return placeIn(model, own, word.word);
      for (const name of models.names()) {
        const other = models.modelOf(name);
        const offset = other && other !== model ? declarationIn(other.getValue(), word.word, 0) : undefined;
        if (other !== undefined && offset !== undefined) return placeIn(other, offset, word.word);
      }
      const declaration = (await meaningAt('definition', model, position))?.descriptions.find((each) => each.declaration)?.declaration;
      const header = declaration && (await headerModel(service, declaration.file));
      return header === undefined ? null : { uri: header.uri, range: new monaco.Range(declaration?.line ?? 1, 1, declaration?.line ?? 1, 1) };
    },
  });

  async function complete(
    purpose: CompletionPurpose,
    model: monaco.editor.ITextModel,
    line: number,
    column: number,
  ): Promise<CompletionList | undefined> {
    const file = models.fileOf(model);
    return file === undefined ? undefined : service.complete({ file, line, column }, purpose);
  }

  async function meaningAt(
    purpose: CompletionPurpose,
    model: monaco.editor.ITextModel,
    position: monaco.Position,
  ): Promise<Meaning | undefined> {
    const word = model.getWordAtPosition(position);
    if (word === null || !/^[A-Za-z_]/.test(word.word)) return undefined;
    const range = new monaco.Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn);
    const place: NamePlace = placeOf(word.word, model.getLineContent(position.lineNumber).slice(0, word.startColumn - 1));
    const list = await complete(purpose, model, position.lineNumber, word.startColumn);
    return { range, descriptions: describe(place, list, await service.declarations()) };
  }

  monaco.languages.registerCodeActionProvider(language, {
    provideCodeActions(model, _range, { markers }) {
      const actions = markers.flatMap((marker): monaco.languages.CodeAction[] => {
        const fixIts = models.fixItsOf(model, marker);
        if (fixIts.length === 0) return [];
        const edits = fixIts.map(({ range, replacement }) => ({
          resource: model.uri,
          versionId: model.getVersionId(),
          textEdit: { range: markerRange(range), text: replacement },
        }));
        return [{ title: `Fix: ${titleOf(fixIts)}`, kind: 'quickfix', diagnostics: [marker], isPreferred: true, edit: { edits } }];
      });
      return { actions, dispose: () => undefined };
    },
  });
}

interface Meaning {
  range: monaco.IRange;
  descriptions: Described[];
}

function wordsOf({ signature, declaration }: Described): string {
  const code = `\`\`\`cpp\n${declaration?.signature ?? signature}\n\`\`\``;
  if (declaration === undefined) return code;
  return [code, declaration.comment, `_${declaration.name}, ${declaration.file}_`].filter((part) => part !== '').join('\n\n');
}

/** The header as a separate document that the editor can show. */
async function headerModel(service: LanguageService, file: string): Promise<monaco.editor.ITextModel | undefined> {
  const uri = monaco.Uri.from({ scheme: headerScheme, path: `/${file}` });
  const known = monaco.editor.getModel(uri);
  if (known !== null) return known;
  const text = await service.header(file);
  return text === undefined ? undefined : monaco.editor.createModel(text, language, uri);
}

function includedBy(line: string): string | undefined {
  return /^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)/.exec(line)?.slice(1).find((name) => name !== undefined);
}

function placeIn(model: monaco.editor.ITextModel, offset: number, name: string): monaco.languages.Location {
  const { lineNumber, column } = model.getPositionAt(offset);
  return { uri: model.uri, range: new monaco.Range(lineNumber, column, lineNumber, column + name.length) };
}

function templateItem({ name, title, body }: Template, range: monaco.IRange): monaco.languages.CompletionItem {
  return {
    label: { label: name, description: title },
    kind: monaco.languages.CompletionItemKind.Snippet,
    detail: title,
    documentation: { value: `\`\`\`cpp\n${withoutPlaces(body)}\n\`\`\`` },
    insertText: body,
    insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
    // Sorted after the compiler's completions.
    sortText: `~${name}`,
    range,
  };
}

/** A single colon, or a greater-than sign that is not part of an arrow. */
function isHalfOperator(model: monaco.editor.ITextModel, { lineNumber, column }: monaco.Position, trigger: string | undefined): boolean {
  if (trigger !== ':' && trigger !== '>') return false;
  const before = model.getLineContent(lineNumber).slice(0, column - 1);
  return !before.endsWith('::') && !before.endsWith('->');
}

function itemOf(completion: Completion, range: monaco.IRange): monaco.languages.CompletionItem {
  const { name, type, parameters, signature, insert } = completion;
  return {
    label: { label: name, ...(parameters && { detail: listOf(signature, name) }), ...(type !== undefined && { description: type }) },
    kind: kindOf(completion),
    detail: signature,
    insertText: insert,
    insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
    filterText: name,
    sortText: name.startsWith('operator') || name.startsWith('~') ? `~${name}` : name,
    range,
  };
}

/** The parameters as written after the name. */
function listOf(signature: string, name: string): string {
  const start = signature.indexOf(name);
  return start < 0 ? '' : signature.slice(start + name.length);
}

function kindOf({ type, parameters, signature, name }: Completion): monaco.languages.CompletionItemKind {
  const { CompletionItemKind } = monaco.languages;
  if (parameters !== undefined && type !== undefined) return CompletionItemKind.Function;
  if (parameters !== undefined) return CompletionItemKind.Class;
  if (type !== undefined) return CompletionItemKind.Variable;
  return signature === name ? CompletionItemKind.Class : CompletionItemKind.Keyword;
}

function helpOf({ signatures }: CompletionList): monaco.languages.SignatureHelp {
  return {
    signatures: signatures.map(({ text, parameters, active }) => ({
      label: text,
      parameters: placesOf(text, parameters).map((label) => ({ label })),
      activeParameter: active,
    })),
    activeSignature: 0,
    activeParameter: signatures[0]?.active ?? 0,
  };
}

/** The position of each parameter in the text: two may have the same text. */
function placesOf(text: string, parameters: Parameter[]): [number, number][] {
  let from = text.indexOf('(') + 1;
  return parameters.map(({ text: parameter }) => {
    const start = text.indexOf(parameter, from);
    if (start < 0) return [0, 0];
    from = start + parameter.length;
    return [start, from];
  });
}

function titleOf(fixIts: FixIt[]): string {
  const [first, ...others] = fixIts;
  if (first === undefined || others.length > 0) return `${fixIts.length} changes`;
  const { replacement, range } = first;
  if (replacement === '') return 'remove it';
  const inserts = range.startLine === range.endLine && range.startColumn === range.endColumn;
  return `${inserts ? 'insert' : 'change it to'} '${replacement.trim()}'`;
}
