import type { WatchMessage } from '../../protocol/program.js';
import type { Editing } from '../editor/editing.js';
import { download } from '../page/download.js';
import { element } from '../page/elements.js';
import type { Problems } from '../page/problems.js';
import { Splitter } from '../page/splitter.js';
import type { RunPanel } from '../run/run-panel.js';
import { keepViews, keptViews } from './kept-views.js';
import { PaceBar } from './pace-bar.js';
import { PausedMarks } from './paused-marks.js';
import { ViewGroups } from './view-groups.js';
import { Watching, watchingPanels } from './watching.js';

/** The views of a run and its pause buttons. `ask` sends to the running program, `run` starts one. */
export function watchInPage(
  { source, editor }: Editing,
  problems: Problems,
  panel: RunPanel,
  actions: { ask: (message: WatchMessage) => void; showFiles: () => void; run: () => void },
): Watching {
  const { ask, showFiles } = actions;
  const offers = {
    'timeline-tab': [element('record-offer', HTMLElement), element('timeline', HTMLElement)],
    'waits-tab': [element('watch-offer', HTMLElement), element('waits', HTMLElement)],
  } as const;
  const watching = new Watching({
    ...watchingPanels(
      { timeline: element('timeline', HTMLElement), waits: element('waits', HTMLElement) },
      {
        canGoTo: (file) => source.canOpen(file),
        goTo: ({ file, line }) => source.open(file, line, 1),
        save: (content) => download('trace.json', content),
      },
    ),
    ask,
    report: (message) => problems.report(message),
    offerAgain: (view, offered) => {
      const [offer, panel] = offers[view];
      offer.hidden = !offered;
      panel.hidden = offered;
    },
    markDeadlock(marked) {
      for (const mark of document.querySelectorAll<HTMLElement>('.deadlock-mark')) mark.hidden = !marked;
    },
  });
  for (const again of ['record', 'watch']) element(again, HTMLButtonElement).addEventListener('click', actions.run);
  const marks = new PausedMarks((shown) => editor.showMarks(shown));
  editor.onChange(() => marks.edited());
  const paceBar = new PaceBar(
    {
      bar: element('pace', HTMLElement),
      pause: element('pause', HTMLButtonElement),
      step: element('step', HTMLButtonElement),
      continue: element('continue', HTMLButtonElement),
      place: element('pace-place', HTMLElement),
    },
    (message) => {
      if (message.type === 'continue') marks.goesOn();
      ask(message);
    },
  );
  panel.onEvent((event) => {
    for (const part of [watching, paceBar, marks]) part.event(event);
  });
  const views = viewsInPage((open) => {
    if (open.includes('files-tab')) showFiles();
    watching.open(...open);
  });
  panel.onPhase((phase) => {
    for (const part of [paceBar, marks]) part.phase(phase);
    // What the program prints and asks would not be seen beside problems that it does not have.
    if (phase === 'running') views.replace('problems-tab', 'console-tab');
  });
  return watching;
}

/** Two views lie one below the other: there is less room where the output is below the editor, or the window is low. */
const roomForTwo = '(width >= 47.5em) and (height >= 30em)';

function viewsInPage(shown: (views: string[]) => void): ViewGroups {
  const pane = element('console-pane', HTMLElement);
  const splitter = element('views-splitter', HTMLElement);
  const views = new ViewGroups(
    {
      pane,
      tabs: element('views', HTMLElement),
      split: element('split-views', HTMLButtonElement),
      splitter,
      secondBar: element('second-views', HTMLElement),
      unsplit: element('unsplit-views', HTMLButtonElement),
    },
    matchMedia(roomForTwo),
    keptViews(),
    { keep: keepViews, shown },
  );
  new Splitter(splitter, pane, {
    key: 'asyncio:first-view-share',
    usual: 50,
    shares: ['--first-view-share', '--second-view-share'],
    extent() {
      const [first, second] = (['first', 'second'] as const).map((group) =>
        pane.querySelector(`.view[data-group='${group}']:not([hidden])`)?.getBoundingClientRect(),
      );
      return { start: first?.top ?? 0, length: (first?.height ?? 0) + (second?.height ?? 0) };
    },
  });
  return views;
}
