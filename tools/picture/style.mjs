/** @typedef {import('./palettes.mjs').Palette} Palette */

const sans = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif";
const mono = "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";

/**
 * The colours of both themes, and how each class looks.
 * @param {import('./palettes.mjs').Palettes} palettes
 */
export function lookStyle({ light, dark }) {
  return [
    `:root{${variables(light)}}`,
    `@media (prefers-color-scheme:dark){:root{${variables(dark)}}}`,
    `text{font:12px ${sans};fill:var(--text)}`,
    '.head{font-weight:600;font-size:13px}',
    '.small,.comment,.time{fill:var(--muted)}',
    `.mono{font:12px ${mono};white-space:pre}`,
    '.keyword{fill:var(--accent);font-weight:600}',
    '.surface{fill:var(--surface)}',
    '.sunken{fill:var(--sunken)}',
    '.frame{fill:none;stroke:var(--line)}',
    '.line{stroke:var(--line)}',
    '.now{stroke:var(--accent);stroke-width:2}',
    // A label has its ground's own colour around its letters: stripes make them hard to read.
    '.label{font-size:11px;stroke-width:5px;stroke-linejoin:round;paint-order:stroke}',
    ...['running', 'ready', 'waiting'].flatMap((state) => [
      `.${state}-ground{fill:var(--${state})}`,
      `.${state}-label{fill:var(--${state}-ink);stroke:var(--${state})}`,
    ]),
    '.ready-mark{fill:var(--ready-mark)}',
    '.waiting-mark{stroke:var(--waiting-mark)}',
    '.idle{stroke:var(--muted);stroke-dasharray:3 3;fill:none}',
    '.end{stroke:var(--text);stroke-width:2;fill:none}',
    '.failed{stroke:var(--bad)}',
  ].join('\n');
}

/** @param {Palette} palette */
function variables(palette) {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${hex(colour)}`)
    .join(';');
}

/** @param {string} colour as a browser computes it */
function hex(colour) {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)?.slice(1);
  return parts === undefined ? colour : `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}
