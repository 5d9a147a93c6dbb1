/** Monaco exports its definition of C++, but does not declare it. */
declare module 'monaco-editor/languages/definitions/cpp/cpp.js' {
  import type { languages } from 'monaco-editor';
  export const conf: languages.LanguageConfiguration;
  export const language: languages.IMonarchLanguage;
}
