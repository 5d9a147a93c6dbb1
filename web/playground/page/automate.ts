import type { Output } from '../console/output.js';
import type { Editing } from '../editor/editing.js';
import type { Running } from '../run/running.js';
import type { PlaygroundAutomation } from './automation.js';

/** Sets `window.asyncioPlayground`. */
export function automatePage(editing: Editing, output: Output, running: Running): void {
  const { options, workspace, stdin } = editing;
  const { panel, controller, loading, watching } = running;
  const automation: PlaygroundAutomation = {
    ready: () => loading.load(),
    getText: () => editing.mainText,
    setText: (text) => {
      editing.mainText = text;
    },
    getProject: () => workspace.project,
    openProject: (project) => workspace.open(project),
    setStdin: (text) => {
      stdin.text = text;
    },
    setOptimisation: (optimisation) => {
      options.options = { ...options.options, optimisation };
    },
    setPace: (clock, seed) => {
      options.options = { ...options.options, clock, seed };
    },
    run: (onOutput = () => undefined, onAwaitsInput = () => undefined) => {
      const forget = [panel.onOutput(onOutput), panel.onAwaitsInput(onAwaitsInput)];
      return running.run().finally(() => {
        for (const one of forget) one();
      });
    },
    input: (text) => controller.input(text),
    endInput: () => controller.endInput(),
    stop: () => running.stop(),
    consoleText: () => output.console.text(),
    showTrace: (event) => watching.event(event),
  };
  window.asyncioPlayground = automation;
}
