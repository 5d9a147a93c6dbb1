/** The playground's folder, relative to the root of the guide's site. */
export const playgroundFolder = 'playground/';

/** The folder of the compiled programs of the pages, relative to the same root. */
export const preparedFolder = 'asyncio-snippets';
