/** `npm run picture`: runs a program in the built page, and draws its timeline and its output as docs/timeline.svg. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureSite } from '../web/build/ensure-site.mjs';
import { main, root } from './process.mjs';
import { functionOf } from './picture/code.mjs';
import { runOf } from './picture/run.mjs';
import { drawing } from './picture/drawing.mjs';

const program = join(root, 'tools/picture/program.cpp');
const picture = join(root, 'docs/timeline.svg');

await main(async () => {
  const source = readFileSync(program, 'utf8');
  const code = functionOf(source, 'load');
  await ensureSite();
  // Only now: it uses packages that a fresh copy does not have yet.
  const { record } = await import('./picture/recording.mjs');
  const { events, output, palettes } = await record(source, join(root, 'dist'));
  const svg = drawing({ run: runOf(events, output), code, palettes });
  writeFileSync(picture, svg);
  console.log(`picture: ${relative(process.cwd(), picture)}, ${Buffer.byteLength(svg)} bytes`);
});
