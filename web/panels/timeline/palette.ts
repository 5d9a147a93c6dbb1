import { TASK_STATE, type TaskState } from '../trace/task-state.js';

/** The legend's entries: each swatch takes its colour from the style sheet, whatever the theme. */
export const legend: readonly { name: string; states: TaskState[]; text: string }[] = [
  { name: 'running', states: [TASK_STATE.running, TASK_STATE.busy], text: 'running' },
  { name: 'ready', states: [TASK_STATE.ready], text: 'ready' },
  { name: 'waiting', states: [TASK_STATE.waiting], text: 'waiting' },
  { name: 'created', states: [TASK_STATE.created], text: 'created' },
  { name: 'idle', states: [TASK_STATE.idle], text: 'loop has nothing to do' },
];

export interface Palette {
  text: string;
  muted: string;
  line: string;
  background: string;
  accent: string;
  bad: string;
  /** By state: the fill of a wide piece, a pattern where the state has one. */
  fill: (string | CanvasPattern)[];
  /** By state: the colour alone, for pieces too narrow for a pattern. */
  solid: string[];
  /** The label colour on a piece of that state. */
  ink: string[];
}

/** Reads the colours from the document, for the current theme. */
export function readPalette(root: HTMLElement, swatches: ReadonlyMap<string, HTMLElement>, scale: number): Palette {
  const style = getComputedStyle(root);
  const colour = (name: string): string => resolved(root, style.getPropertyValue(name));
  const palette: Palette = {
    text: colour('--text'),
    muted: colour('--muted'),
    line: colour('--line'),
    background: colour('--surface'),
    accent: colour('--accent'),
    bad: colour('--bad'),
    fill: [],
    solid: [],
    ink: [],
  };
  for (const { name, states } of legend) {
    const swatch = swatches.get(name);
    if (swatch === undefined) continue;
    const { backgroundColor, borderColor, color } = getComputedStyle(swatch);
    const pattern = draw(name, backgroundColor, borderColor, scale);
    for (const state of states) {
      palette.solid[state] = name === 'created' || name === 'idle' ? borderColor : backgroundColor;
      palette.fill[state] = pattern ?? backgroundColor;
      palette.ink[state] = color;
    }
  }
  return palette;
}

/** A custom property's value may itself be a function; a computed colour is not. */
function resolved(root: HTMLElement, value: string): string {
  const probe = document.createElement('i');
  probe.style.color = value;
  root.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Distinguishable without colour: stripes wait, dots are ready, running is solid. */
function draw(name: string, background: string, mark: string, scale: number): CanvasPattern | undefined {
  if (name === 'running') return undefined;
  const size = Math.round(6 * scale);
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const context = tile.getContext('2d');
  if (context === null) return undefined;
  context.fillStyle = background;
  context.fillRect(0, 0, size, size);
  context.strokeStyle = mark;
  context.fillStyle = mark;
  context.lineWidth = scale;
  switch (name) {
    case 'waiting':
      context.beginPath();
      // Drawn beyond the edges, so that the tiles join.
      for (const shift of [-size, 0, size]) {
        context.moveTo(shift, size);
        context.lineTo(shift + size, 0);
      }
      context.stroke();
      break;
    case 'ready':
      context.fillRect(size / 4, size / 4, 1.5 * scale, 1.5 * scale);
      context.fillRect((size * 3) / 4, (size * 3) / 4, 1.5 * scale, 1.5 * scale);
      break;
    case 'idle':
      context.clearRect(0, 0, size, size);
      context.fillRect(0, size / 2, size / 3, scale);
      break;
    case 'created':
      context.clearRect(0, 0, size, size);
      context.fillRect(0, 0, scale, size);
      break;
  }
  return context.createPattern(tile, 'repeat') ?? undefined;
}
