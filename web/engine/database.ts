/** The page's database. Loaded when a program connects to it. */
export { fetchDatabase } from '../program/page/database-files.js';
