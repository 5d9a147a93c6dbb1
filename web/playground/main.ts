import { outputInPage } from './console/output.js';
import { upgradeEditor } from './editor/code-editor.js';
import { editingInPage } from './editor/editing.js';
import { snippetsInPage } from './keep/snippets.js';
import { automatePage } from './page/automate.js';
import { runControlsInPage, settingsInPage, themeInPage, threadsSwitchInPage } from './page/controls.js';
import { element } from './page/elements.js';
import { afterFirstPaint } from './page/idle.js';
import { menusInPage } from './page/menus.js';
import { Problems, reload } from './page/problems.js';
import { screensInPage } from './page/screens.js';
import { panesSplitter } from './page/splitter.js';
import { runningInPage } from './run/running.js';
import { keepForOffline } from './service/offline.js';
import { SiteService } from './service/site-service.js';

const problems = new Problems(element('problems', HTMLElement));
problems.watch(window);

const service = new SiteService(window);
service.watchForNewer(import.meta.url, () => {
  problems.report(`A newer version of this page is available. ${problems.whatOfTheText}`.trimEnd(), reload);
});
threadsSwitchInPage(service, problems);
const dark = themeInPage();
const settings = settingsInPage();

panesSplitter(element('splitter', HTMLElement), element('panes', HTMLElement));
const editing = editingInPage(problems);
const output = outputInPage(editing, problems);
const snippets = snippetsInPage(editing, problems);
const running = runningInPage(editing, output, problems, snippets.checkpoint);
screensInPage(editing, running.panel);

await snippets.opened;
menusInPage();
runControlsInPage({ run: () => void running.run(), stop: running.stop });
afterFirstPaint(() => {
  void running.loading.start().then(() => running.liveCheck.changed());
  void keepForOffline(service, running.loading.load(), element('offline', HTMLElement));
  upgradeEditor(editing, running.analysis, { dark, settings }, problems);
});
automatePage(editing, output, running);
