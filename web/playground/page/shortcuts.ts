export interface ShortcutActions {
  run(): void;
  stop(): void;
  /** Whether there is something to stop; otherwise the editor handles the keys. */
  stops(): boolean;
  shortcuts(): void;
}

type Action = 'run' | 'stop' | 'shortcuts';

/** One or more key combinations; `Control` is Command on a Mac. */
export interface Shortcut {
  keys: string[][];
  does: string;
  /** Bound by the page itself, anywhere; others belong to the focused element. */
  action?: Action;
}

export interface ShortcutGroup {
  where: string;
  shortcuts: Shortcut[];
}

/** Every shortcut: bound or documented from this list. */
export const shortcutGroups: ShortcutGroup[] = [
  {
    where: 'Anywhere',
    shortcuts: [
      { keys: [['Control', 'Enter']], does: 'Run', action: 'run' },
      { keys: [['Control', '.'], ['Escape']], does: 'Stop', action: 'stop' },
      { keys: [['F1'], ['?']], does: 'This list (outside the editor and other fields)', action: 'shortcuts' },
    ],
  },
  {
    where: 'Editor',
    shortcuts: [
      { keys: [['Escape', 'Tab']], does: 'Leave the editor (one after the other)' },
      { keys: [['Ctrl', 'M']], does: 'Tab moves on through the page, or indents again' },
      { keys: [['Ctrl', 'Space']], does: 'Complete the code at the caret' },
      { keys: [['Control', '.']], does: 'Fix the problem at the caret (while nothing runs)' },
      { keys: [['F12']], does: 'Go to where a name is declared' },
      { keys: [['Shift', 'Alt', 'F']], does: 'Format the text with clang-format' },
      { keys: [['Control', 'Z']], does: 'Undo' },
      { keys: [['Control', 'F']], does: 'Find' },
      { keys: [['Control', '/']], does: 'Comment or uncomment lines' },
      { keys: [['Alt', '↑'], ['Alt', '↓']], does: 'Move lines' },
      { keys: [['F8']], does: 'Next problem' },
      { keys: [['F1']], does: 'All commands of the editor' },
    ],
  },
  {
    where: 'Console',
    shortcuts: [
      { keys: [['Tab'], ['↑'], ['↓']], does: 'Move to the source links, then from link to link' },
      { keys: [['Enter']], does: 'Go to the line of a link' },
      { keys: [['Control', 'A']], does: 'Select all of the output' },
      { keys: [['Escape']], does: 'In the filter: show all lines again' },
    ],
  },
  {
    where: 'Input line',
    shortcuts: [
      { keys: [['Enter']], does: 'Send the line to the program' },
      { keys: [['↑'], ['↓']], does: 'Previously sent lines' },
      { keys: [['Control', 'D']], does: 'End the input' },
    ],
  },
];

/** The key names on this platform, such as `Ctrl+Enter` or `⌘+Enter`. */
export function keyNames(keys: string[], platform: string): string[] {
  const control = isMac(platform) ? '⌘' : 'Ctrl';
  return keys.map((key) => (key === 'Control' ? control : key === 'Escape' ? 'Esc' : key));
}

export function bindShortcuts(target: Document, actions: ShortcutActions): void {
  // In the capture phase: a focused editor binds Ctrl+Enter too.
  target.addEventListener(
    'keydown',
    (event) => {
      const action = actionOf(event);
      if (action === undefined || !withControl(event) || (action === 'stop' && !actions.stops())) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) actions[action]();
    },
    { capture: true },
  );
  // Without Control a key first goes to the focused element: an editor's search box, an open menu, a field.
  target.addEventListener('keydown', (event) => {
    const action = actionOf(event);
    if (action === undefined || withControl(event) || event.defaultPrevented || event.repeat) return;
    if (event.key === 'Escape' ? isSomethingOpen(target) : isTypedInto(event.target)) return;
    if (event.key !== 'Escape') event.preventDefault();
    actions[action]();
  });
}

export function shortcutHint(platform: string): string {
  const control = isMac(platform) ? '⌘' : 'Ctrl';
  return `Run: ${control}+Enter · Stop: Esc or ${control}+. · Leave the editor by keyboard: Ctrl+M or Esc, then Tab`;
}

function actionOf(event: KeyboardEvent): Action | undefined {
  if (event.altKey) return undefined;
  const pressed = withControl(event) ? ['Control', event.key] : [event.key];
  for (const { shortcuts } of shortcutGroups) {
    for (const { keys, action } of shortcuts) {
      if (action !== undefined && keys.some((one) => one.join() === pressed.join())) return action;
    }
  }
  return undefined;
}

function withControl(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey;
}

/** Escape then only closes it. */
function isSomethingOpen(target: Document): boolean {
  return target.querySelector('dialog[open], [popover]:popover-open') !== null;
}

function isTypedInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]') || target.closest('.editor') !== null;
}

function isMac(platform: string): boolean {
  return /mac|iphone|ipad/i.test(platform);
}
