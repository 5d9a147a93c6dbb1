import { fontSizes, type KeptSettings } from './kept-settings.js';

export interface SettingsFields {
  fontSize: HTMLSelectElement;
  wrap: HTMLInputElement;
  minimap: HTMLInputElement;
  vim: HTMLInputElement;
}

/** Binds the settings to their form fields. */
export function bindSettingsFields(fields: SettingsFields, settings: KeptSettings): void {
  const { fontSize, wrap, minimap, vim } = fields;
  fontSize.replaceChildren(...fontSizes.map((size) => new Option(`${size} px`, String(size))));
  const show = (): void => {
    const { current } = settings;
    fontSize.value = String(current.fontSize);
    wrap.checked = current.wrap;
    minimap.checked = current.minimap;
    vim.checked = current.vim;
  };
  show();
  settings.onChange(show);
  fontSize.addEventListener('change', () => settings.change({ fontSize: Number(fontSize.value) }));
  wrap.addEventListener('change', () => settings.change({ wrap: wrap.checked }));
  minimap.addEventListener('change', () => settings.change({ minimap: minimap.checked }));
  vim.addEventListener('change', () => settings.change({ vim: vim.checked }));
}
