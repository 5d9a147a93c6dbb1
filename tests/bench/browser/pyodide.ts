import type { loadPyodide as LoadPyodide } from 'pyodide';
import peer from '../peers/asyncio_peer.py?raw';
import type { Sample } from '../peers/promises.js';

/** Pyodide's asyncio, ready to be measured. Its files are served beside the page. */
export async function loadAsyncio(): Promise<(benchmark: string, seconds: number) => Promise<Sample>> {
  const url = new URL('../pyodide/', self.location.href).href;
  const { loadPyodide } = (await import(/* @vite-ignore */ `${url}pyodide.mjs`)) as { loadPyodide: typeof LoadPyodide };
  const python = await loadPyodide({ indexURL: url });
  const measure = python.runPython(`${peer}\nmeasure`) as (
    benchmark: string,
    seconds: number,
  ) => Promise<string>;
  return async (benchmark, seconds) => JSON.parse(await measure(benchmark, seconds)) as Sample;
}
