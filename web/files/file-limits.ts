import type { FileLimits } from '../protocol/files.js';

export const FILE_LIMITS: FileLimits = { bytes: 64 * 1024 * 1024, entries: 20_000, nameBytes: 255, pathBytes: 1024 };
