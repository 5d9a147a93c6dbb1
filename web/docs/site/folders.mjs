/** Where the playground lies, seen from the root of the guide's site. */
export const playgroundFolder = 'playground/';

/** Where what the programs of the pages are compiled to lies, seen from there. */
export const preparedFolder = 'asyncio-snippets';
