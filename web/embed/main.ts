import { AsyncioPlaygroundElement } from './element.js';

const name = 'asyncio-playground';

// The script may be loaded twice.
if (customElements.get(name) === undefined) customElements.define(name, AsyncioPlaygroundElement);

export { AsyncioPlaygroundElement };
