/** The program host, as a page sees it. */
import type * as host from '../program/page/program-client.js';

export type { RunningProgram } from '../program/page/run.js';
export type ProgramHost = Pick<host.ProgramHost, 'warm' | 'run'>;
