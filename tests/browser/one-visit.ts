import { afterAll, beforeAll } from '@jest/globals';
import { Site, type Playground } from './harness.js';

/** One visitor for all tests of a file: `use` is called once a program can start; both are closed after the last test. */
export function oneVisit(use: (playground: Playground, site: Site) => unknown, options?: { service: boolean }): void {
  let site: Site | undefined;
  let playground: Playground | undefined;

  beforeAll(async () => {
    site = await Site.open();
    playground = await site.visit(undefined, options);
    await playground.ready();
    await use(playground, site);
  });

  afterAll(async () => {
    await playground?.close();
    await site?.close();
  });
}
