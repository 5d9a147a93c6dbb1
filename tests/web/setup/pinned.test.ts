import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { checkSqlite } from '../../../emsdk-config/setup/sqlite.mjs';
import { checkArchive } from '../../../emsdk-config/setup/suite.mjs';
import { toolchain } from '../../../emsdk-config/setup/toolchain.mjs';
import type { Step } from '../../../emsdk-config/steps/steps.mjs';

const folder = mkdtempSync(join(tmpdir(), 'pinned-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The warnings for an archive of this name that contains the text "tool". */
function warningsOf(name: string): string[] {
  const warnings: string[] = [];
  const path = join(folder, name);
  writeFileSync(path, 'tool');
  const sha256 = { amd64: 'cb3b6bb7f22b1e6a7f5b18a4d6b1ee0d6c1e5b4e2f6e4a4b0d8b8b0b0b0b0b0b', all: 'ba5d6480bba42f55a708ac7096374f7ac6bf4c8f6e6ec1f2d5f1b1e6f4ac2e9c' };
  checkArchive({ warn: (text: string) => warnings.push(text) } as unknown as Step, path, { package: 'tool', version: '1.2-3', sha256 });
  return warnings;
}

describe('a downloaded package', () => {
  test('of another version is used with a warning that names both', () => {
    expect(warningsOf('tool_1.3-1_amd64.deb')).toEqual(['the package tool is version 1.3-1 now; the tested version is 1.2-3']);
  });

  test("with an epoch in its name is reported in Debian's notation", () => {
    expect(warningsOf('tool_1%3a2_amd64.deb')[0]).toContain('version 1:2 now');
  });

  test('of the tested version with other content is refused', () => {
    expect(() => warningsOf('tool_1.2-3_amd64.deb')).toThrow(/does not match the tested one: its SHA-256 is [\da-f]{64}, not cb3b/);
  });

  test('for a processor that was not tested is used with a warning', () => {
    expect(warningsOf('tool_1.2-3_arm64.deb')).toEqual(['the package tool was not tested on arm64']);
  });
});

test('sources of SQLite that are not the tested ones are refused', () => {
  const archive = new TextEncoder().encode('tool');
  const sha256 = createHash('sha256').update(archive).digest('hex');
  expect(() => checkSqlite(archive, sha256)).not.toThrow();
  expect(() => checkSqlite(archive, toolchain.sqlite.sha256)).toThrow(`its SHA-256 is ${sha256}, not ${toolchain.sqlite.sha256}`);
});

test('each pinned package has a version and the hash of an archive', () => {
  for (const { version, sha256 } of Object.values(toolchain.pinned)) {
    expect(version).toMatch(/^\d/);
    for (const hash of Object.values(sha256)) expect(hash).toMatch(/^[\da-f]{64}$/);
  }
});

test('the Emscripten that is tested is the one that is pinned', () => {
  expect(toolchain.pinned.emscripten.version.startsWith(toolchain.emscripten.tested)).toBe(true);
});
