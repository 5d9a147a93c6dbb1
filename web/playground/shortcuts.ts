export interface ShortcutActions {
  run(): void;
  stop(): void;
  /** Whether there is something to stop; else the keys are the editor's. */
  stops(): boolean;
}

/** Ctrl or Cmd with Enter runs; Escape or Ctrl+. stops. */
export function bindShortcuts(target: Document, actions: ShortcutActions): void {
  // In the capture phase: an editor that has the focus binds Ctrl+Enter too.
  target.addEventListener(
    'keydown',
    (event) => {
      const withControl = (event.ctrlKey || event.metaKey) && !event.altKey;
      const action = withControl && event.key === 'Enter' ? 'run' : withControl && event.key === '.' && actions.stops() ? 'stop' : undefined;
      if (action === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) actions[action]();
    },
    { capture: true },
  );
  // Escape first closes what is open in the editor, such as its search box.
  target.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.repeat) actions.stop();
  });
}

export function shortcutHint(platform: string): string {
  const control = /mac|iphone|ipad/i.test(platform) ? '⌘' : 'Ctrl';
  return `Run: ${control}+Enter · Stop: Esc or ${control}+. · Leave the editor by keyboard: Ctrl+M or Esc, then Tab`;
}
