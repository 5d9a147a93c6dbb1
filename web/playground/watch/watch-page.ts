import { Tabs } from '../../panels/tabs.js';
import type { WatchMessage } from '../../protocol/program.js';
import type { Editing } from '../editor/editing.js';
import { download } from '../page/download.js';
import { element } from '../page/elements.js';
import type { Problems } from '../page/problems.js';
import type { RunPanel } from '../run/run-panel.js';
import { keepView, keptView } from './kept-view.js';
import { PaceBar } from './pace-bar.js';
import { PausedMarks } from './paused-marks.js';
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
  panel.onPhase((phase) => {
    for (const part of [paceBar, marks]) part.phase(phase);
  });
  const views = new Tabs(element('views', HTMLElement), keptView(), (view) => {
    keepView(view);
    if (view === 'files-tab') showFiles();
    watching.open(view);
  });
  if (views.selected === 'files-tab') showFiles();
  watching.open(views.selected);
  return watching;
}
