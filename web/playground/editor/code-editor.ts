import { formatSource } from '../../editor/format.js';
import type { DarkMode } from '../../editor/dark-mode.js';
import type { EditorSettingsSource } from '../../editor/editor-settings.js';
import type { LanguageService } from '../../editor/language-service.js';
import type { Analysis } from '../../engine/compiler.js';
import { element } from '../page/elements.js';
import { reload, type Problems } from '../page/problems.js';
import { loadDeclarations } from './declarations.js';
import type { Editing } from './editing.js';

const phone = '(hover: none) and (pointer: coarse) and (max-width: 760px)';

/** Puts the code editor in the place of the plain text area, except on a phone, whose keyboard works best with that. */
export function upgradeEditor(
  editing: Editing,
  analysis: Analysis,
  look: { dark: DarkMode; settings: EditorSettingsSource },
  problems: Problems,
): void {
  const { editor, openFiles, sourceOptions, format } = editing;
  const language: LanguageService = {
    complete: (place, purpose) => analysis.complete(openFiles.texts, place, sourceOptions(), purpose),
    declarations: loadDeclarations,
    header: (name) => analysis.header(name),
    format: formatSource,
  };
  if (matchMedia(phone).matches) {
    editor.stayPlain();
    element('code-editor-settings', HTMLElement).hidden = true;
    return;
  }
  const vim = { status: element('vim', HTMLElement), report: (message: string) => problems.report(message) };
  editor.upgrade({ ...look, vim, language, onFormat: format }).catch((error: unknown) => {
    problems.report(
      `The code editor could not be loaded (${String(error)}). The plain text area works as well; reload to try again.`,
      reload,
    );
  });
}
