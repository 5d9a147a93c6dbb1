/** What only those load who open the gallery or the Python: one script of its own. */
import listed from '../../../examples/chapters.json';
import { examples } from './examples.js';
import { catalogueOf } from './catalogue.js';
import { pythonOf } from './python-texts.js';

export { GalleryDialog } from './gallery-dialog.js';
export { PythonPane } from './python-pane.js';

export const chapters = catalogueOf(listed, examples, pythonOf);
