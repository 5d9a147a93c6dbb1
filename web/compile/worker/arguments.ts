import type { CompilerArguments, CompilerSettings, Optimisation, SourceOptions } from '../../protocol/compile.js';
import { SOURCE } from './source-files.js';

/** For another translation unit than main.cpp. */
export function forUnit(args: string[], unit: string): string[] {
  return args.map((arg) => (arg === SOURCE ? unit : arg));
}

/** The compiler's arguments for a source with these options. */
export function argumentsFor(settings: CompilerSettings, options: SourceOptions): CompilerArguments {
  const { compile, check, link } = options.threads === true ? settings.threads : settings;
  const added = [...settings.standards[options.standard ?? 'c++23'], ...settings.warnings[options.warnings ?? 'default']];
  const at = (level: Optimisation): string[] => [...compile[level], ...added];
  return { compile: { '0': at('0'), '1': at('1'), '2': at('2') }, check: [...check, ...added], link };
}
