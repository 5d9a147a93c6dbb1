import { browserMemory } from '../keep/browser-storage.js';
import { KeptSettings } from '../options/kept-settings.js';
import { bindSettingsFields } from '../options/settings-fields.js';
import { bindThemeField, ThemeChoice } from '../options/theme-choice.js';
import { ThreadsSwitch } from '../options/threads-switch.js';
import type { SiteService } from '../service/site-service.js';
import { element } from './elements.js';
import type { Problems } from './problems.js';
import { bindShortcuts, shortcutHint } from './shortcuts.js';
import { ShortcutsDialog } from './shortcuts-dialog.js';

/** Run and Stop, one button, also by key, and the dialog that lists the keys. */
export function runControlsInPage(actions: { run: () => void; stop: () => void }): void {
  const button = element('run', HTMLButtonElement);
  const runs = (): boolean => button.dataset['phase'] !== 'idle';
  button.addEventListener('click', ({ detail }) => {
    if (!runs()) actions.run();
    // The second click of a double click on Run does not stop the program.
    else if (detail < 2) actions.stop();
  });
  const shortcuts = new ShortcutsDialog(navigator.userAgent);
  element('shortcuts', HTMLButtonElement).addEventListener('click', () => shortcuts.open());
  bindShortcuts(document, {
    run: actions.run,
    stop: actions.stop,
    stops: runs,
    shortcuts: () => shortcuts.open(),
  });
  element('hint', HTMLElement).textContent = shortcutHint(navigator.userAgent);
}

export function themeInPage(): ThemeChoice {
  const theme = new ThemeChoice(document.documentElement, matchMedia('(prefers-color-scheme: dark)'), browserMemory);
  bindThemeField(element('theme', HTMLSelectElement), theme);
  addEventListener('storage', (event) => theme.storeChanged(event.key));
  return theme;
}

export function settingsInPage(): KeptSettings {
  const settings = new KeptSettings(document.documentElement, browserMemory);
  bindSettingsFields(
    {
      fontSize: element('font-size', HTMLSelectElement),
      wrap: element('wrap', HTMLInputElement),
      minimap: element('minimap', HTMLInputElement),
      vim: element('vim-keys', HTMLInputElement),
    },
    settings,
  );
  addEventListener('storage', (event) => settings.storeChanged(event.key));
  return settings;
}

export function threadsSwitchInPage(service: SiteService, problems: Problems): void {
  const label = element('threads', HTMLLabelElement);
  if (!(label.control instanceof HTMLInputElement)) return;
  const report = (message: string): void => problems.report(message);
  void new ThreadsSwitch(label, label.control, service.isolation(), report).show();
}
