import type { Prepared } from '../../engine/prepared/prepared.js';
import type { CompileOptions } from '../../protocol/compile.js';
import type { FindPrepared } from '../../engine/prepared/prepared-first.js';
import { defaultOptions } from '../../project/project-options.js';

/** Defined by web/build/vite/prepared-examples.ts. */
declare const __EXAMPLES_FOLDER__: string;

/** Finds the module of an unmodified example; it was compiled with the default options. */
export function findPreparedExample(prepared: Prepared, page: Document): FindPrepared {
  const manifest = new URL(`./${__EXAMPLES_FOLDER__}/manifest.json`, page.baseURI).href;
  return async ({ 'main.cpp': text, ...others }, options) => {
    if (text === undefined || Object.keys(others).length > 0 || !isDefault(options)) return undefined;
    return prepared.find(manifest, text);
  };
}

function isDefault({ standard, optimisation, warnings, threads }: CompileOptions): boolean {
  return (
    standard === defaultOptions.standard &&
    optimisation === defaultOptions.optimisation &&
    warnings === defaultOptions.warnings &&
    threads !== true
  );
}
