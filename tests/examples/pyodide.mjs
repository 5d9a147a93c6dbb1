/** Runs a Python file on asyncio's own loop in Pyodide, or with --parse only parses the given files. */
import { readFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';

const loop = `
import asyncio, time

class Timers:
    def select(self, timeout):
        if timeout:
            time.sleep(timeout)
        return []

class TimerLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = Timers()

    def _process_events(self, events):
        pass

def run(main):
    # Pyodide's own loop counts as running here.
    asyncio.events._set_running_loop(None)
    return TimerLoop().run_until_complete(main)

asyncio.run = run
`;

const parse = `
import ast, warnings
warnings.simplefilter('error')
ast.parse(source, filename=name)
`;

const [first = '', ...others] = process.argv.slice(2);
const python = await loadPyodide();
if (first === '--parse') {
  for (const name of others) {
    python.globals.set('name', name);
    python.globals.set('source', readFileSync(name, 'utf8'));
    python.runPython(parse);
    console.log(name);
  }
} else {
  python.runPython(loop + readFileSync(first, 'utf8'));
}
