/** How the editor looks, and which keys it has. The size of its text is that of the page's style. */
export interface EditorSettings {
  /** Long lines go on in the next row. */
  readonly wrap: boolean;
  readonly minimap: boolean;
  readonly vim: boolean;
}

export interface EditorSettingsSource {
  readonly current: EditorSettings;
  onChange(listener: () => void): void;
}
