import type { EditorHost } from '../editor/editor-host.js';
import type { Optimisation } from '../protocol/compile.js';
import { newProject } from './keep/read-project.js';
import type { Project, Workspace } from './project.js';
import type { StdinField } from './stdin-field.js';

/** A workspace whose editor shows the first file. The other files of a project stay as they are. */
export class SingleFileWorkspace implements Workspace {
  readonly #editor: EditorHost;
  readonly #stdin: StdinField;
  readonly #optimisation: HTMLSelectElement;
  #project: Project = newProject('', '');
  readonly #listeners: (() => void)[] = [];

  constructor(editor: EditorHost, stdin: StdinField, optimisation: HTMLSelectElement) {
    this.#editor = editor;
    this.#stdin = stdin;
    this.#optimisation = optimisation;
    const changed = (): void => {
      for (const listener of this.#listeners) listener();
    };
    editor.onChange(changed);
    stdin.onChange(changed);
    optimisation.addEventListener('change', changed);
  }

  get project(): Project {
    const { files, options } = this.#project;
    return {
      ...this.#project,
      files: files.map((file, index) => (index === 0 ? { ...file, text: this.#editor.text } : file)),
      stdin: this.#stdin.text ?? '',
      options: { ...options, optimisation: this.#optimisation.value as Optimisation },
    };
  }

  open(project: Project): void {
    this.#take(project);
    this.#editor.open(project.files[0]?.text ?? '');
  }

  replace(project: Project): void {
    this.#take(project);
    const text = project.files[0]?.text ?? '';
    if (text !== this.#editor.text) this.#editor.setText(text);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #take(project: Project): void {
    this.#project = project;
    this.#stdin.text = project.stdin === '' ? null : project.stdin;
    this.#optimisation.value = project.options.optimisation;
  }
}
