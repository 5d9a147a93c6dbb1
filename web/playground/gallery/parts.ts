/** Loaded only when the gallery or the Python pane is opened: a separate script. */
import listed from '../../../examples/chapters.json';
import { examples } from './examples.js';
import { catalogueOf } from './catalogue.js';
import { pythonOf } from './python-texts.js';

export { GalleryDialog } from './gallery-dialog.js';
export { PythonPane } from './python-pane.js';

export const chapters = catalogueOf(listed, examples, pythonOf);
