import { afterAll, beforeAll } from '@jest/globals';
import type { Page } from 'puppeteer-core';
import { Site, type Playground } from './harness.js';

interface OneVisitOptions {
  service?: boolean;
  /** Called before the page is requested. */
  prepare?: (page: Page) => Promise<unknown>;
  /** Gets the address of each request of the page. */
  requested?: string[];
}

/** One visitor for all tests of a file: `use` is called once a program can start; both are closed after the last test. */
export function oneVisit(use: (playground: Playground, site: Site) => unknown, { prepare, requested, service = false }: OneVisitOptions = {}): void {
  let site: Site | undefined;
  let playground: Playground | undefined;

  beforeAll(async () => {
    site = await Site.open();
    playground = await site.visit(
      async (page) => {
        if (requested !== undefined) page.on('request', (request) => requested.push(request.url()));
        await prepare?.(page);
      },
      { service },
    );
    await playground.ready();
    await use(playground, site);
  });

  afterAll(async () => {
    await playground?.close();
    await site?.close();
  });
}
