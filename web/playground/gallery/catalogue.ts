import type { Example } from './examples.js';

/** Format of examples/chapters.json. */
export interface ListedChapter {
  id: string;
  title: string;
  examples: ListedExample[];
}

export interface ListedExample {
  name: string;
  teaches: string;
  /** Remarks on the corresponding Python program. */
  python?: PythonNote;
}

export interface PythonNote {
  /** Why there is none. */
  none?: string;
  /** The first Python version that can run it, if that is recent. */
  since?: string;
  /** Other requirements for running it. */
  needs?: string;
  /** Why its output differs. */
  differs?: string;
}

export interface Chapter {
  id: string;
  title: string;
  entries: Entry[];
}

/** An example as the gallery shows it. */
export interface Entry {
  name: string;
  title: string;
  teaches: string;
  source: string;
  /** The corresponding Python program; undefined if there is none, which the remarks explain. */
  python: string | undefined;
  remarks: string[];
}

export function catalogueOf(
  chapters: readonly ListedChapter[],
  examples: readonly Example[],
  pythonOf: (name: string) => string | undefined,
): Chapter[] {
  const byName = new Map(examples.map((example) => [example.name, example]));
  return chapters.map(({ id, title, examples: listed }) => ({
    id,
    title,
    entries: listed.map(({ name, teaches, python = {} }) => {
      const example = byName.get(name);
      if (example === undefined) throw new Error(`chapters.json names an example that does not exist: ${name}`);
      return { ...example, teaches, python: pythonOf(name), remarks: remarksOf(python) };
    }),
  }));
}

function remarksOf({ none, since, needs, differs }: PythonNote): string[] {
  return [
    none,
    since === undefined ? undefined : `Python ${since} or newer.`,
    needs === undefined ? undefined : `Running it needs ${needs}.`,
    differs,
  ].filter((remark) => remark !== undefined);
}
