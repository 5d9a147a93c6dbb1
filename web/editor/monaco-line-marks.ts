import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { LineMark } from './text-editor.js';

/** The decorations of one file: the whole line, its margin, and the text after its end. */
export function decorationsOf(marks: readonly LineMark[], file: string, lengthOf: (line: number) => number | undefined): editor.IModelDeltaDecoration[] {
  return marks.flatMap((mark) => {
    const end = mark.file === file ? lengthOf(mark.line) : undefined;
    if (end === undefined) return [];
    return {
      range: { startLineNumber: mark.line, startColumn: end, endLineNumber: mark.line, endColumn: end },
      options: {
        description: 'line-mark',
        isWholeLine: true,
        className: 'line-mark',
        linesDecorationsClassName: 'line-mark-margin',
        hoverMessage: { value: escaped(mark.title) },
        showIfCollapsed: true,
        // Spaces that the browser does not collapse.
        after: { content: `\u00a0\u00a0${mark.text}`, inlineClassName: 'line-mark-text' },
      },
    };
  });
}

/** As text: Markdown could hold a link or a picture. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()<>#+\-.!|~&:]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
