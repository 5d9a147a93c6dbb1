import { conf, language } from 'monaco-editor/languages/definitions/cpp/cpp.js';
import { cppKeywords } from './cpp-words.js';
import { monaco } from './monaco-setup.js';

const id = 'cpp';

/** C++ with the words of C++23 and 26: Monaco's own definition knows no coroutines, and takes `in` for a keyword. */
export function registerCpp(): void {
  monaco.languages.register({ id, extensions: ['.cpp', '.cc', '.cxx', '.hpp', '.hh', '.hxx', '.h'], aliases: ['C++'] });
  monaco.languages.setLanguageConfiguration(id, conf);
  monaco.languages.setMonarchTokensProvider(id, cpp);
}

const cpp: monaco.languages.IMonarchLanguage = {
  ...language,
  keywords: cppKeywords,
  tokenizer: {
    ...language.tokenizer,
    root: [
      // With its suffix, also one of the program's own or a unit of time.
      [/(?:\d|\.\d)(?:[eEpP][+-]|'?[\w.])*/, 'number'],
      // Raw strings come before names.
      [/(?:u8|[uUL])?R"(?:([^ ()\\\t]*))\(/, { token: 'string.raw.begin', next: '@raw.$1' }],
      [/[a-zA-Z_]\w*(?=\()/, { cases: { '@keywords': 'keyword', '@default': 'function' } }],
      [/[A-Z]\w*[a-z]\w*/, 'type'],
      ...(language.tokenizer['root'] ?? []),
    ],
  },
};

/** The colours of code-colours.css, so that a program looks the same in all editors. */
export function defineThemes(): void {
  monaco.editor.defineTheme('playground-light', {
    base: 'vs',
    inherit: true,
    rules: rulesOf({ comment: '5f6b7a', string: '0a5c36', number: '7a3e00', keyword: '7a1fa2', directive: '8a1c5a', type: '00507a', function: '1d4ed8' }),
    colors: { 'editor.background': '#ffffff', 'editor.foreground': '#1b2028' },
  });
  monaco.editor.defineTheme('playground-dark', {
    base: 'vs-dark',
    inherit: true,
    rules: rulesOf({ comment: '8f9bab', string: '8fd6a6', number: 'f0b27a', keyword: 'd3a3f0', directive: 'f29ac6', type: '7ac7ee', function: '9dbbff' }),
    colors: { 'editor.background': '#171a21', 'editor.foreground': '#e4e8ee' },
  });
}

type Coloured = 'comment' | 'string' | 'number' | 'keyword' | 'directive' | 'type' | 'function';

function rulesOf(colours: Record<Coloured, string>): monaco.editor.ITokenThemeRule[] {
  const tokens = Object.entries({ ...colours, 'keyword.directive': colours.directive, 'string.include.identifier': colours.string });
  return tokens.map(([token, foreground]) => ({ token, foreground }));
}
