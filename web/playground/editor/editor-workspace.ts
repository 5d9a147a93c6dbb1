import type { EditorHost } from '../../editor/editor-host.js';
import type { OpenFiles } from '../../editor/open-files.js';
import type { OptionsMenu } from '../options/options-menu.js';
import type { Project, Workspace } from '../../project/project.js';
import type { StdinField } from '../run/stdin-field.js';

/** The project as held by the page's editor, tabs, input field and Options menu. */
export class EditorWorkspace implements Workspace {
  readonly #files: OpenFiles;
  readonly #editor: EditorHost;
  readonly #stdin: StdinField;
  readonly #options: OptionsMenu;
  readonly #listeners: (() => void)[] = [];
  #title = '';

  constructor(files: OpenFiles, editor: EditorHost, stdin: StdinField, options: OptionsMenu) {
    this.#files = files;
    this.#editor = editor;
    this.#stdin = stdin;
    this.#options = options;
    for (const part of [editor, stdin, options]) part.onChange(() => this.#changed());
  }

  get project(): Project {
    return {
      title: this.#title,
      files: this.#files.documents.map(({ name, text }) => ({ name, text })),
      stdin: this.#stdin.text ?? '',
      options: this.#options.options,
    };
  }

  open(project: Project): void {
    this.#title = project.title;
    this.#stdin.text = project.stdin === '' ? null : project.stdin;
    this.#options.options = project.options;
    this.#files.open(project.files);
  }

  replace(project: Project): void {
    this.#title = project.title;
    this.#stdin.text = project.stdin === '' ? null : project.stdin;
    this.#options.options = project.options;
    const names = new Set(project.files.map(({ name }) => name));
    for (const document of [...this.#files.documents]) if (!names.has(document.name)) this.#files.close(document);
    for (const { name, text } of project.files) this.#put(name, text);
    const [program] = this.#files.documents;
    if (program !== undefined) this.#files.show(program);
    this.#changed();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #put(name: string, text: string): void {
    const document = this.#files.find(name);
    if (document === undefined) return this.#files.add(name, text);
    this.#files.show(document);
    if (document.text !== text) this.#editor.setText(text);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
