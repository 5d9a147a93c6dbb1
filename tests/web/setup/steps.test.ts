import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Steps } from '../../../emsdk-config/steps/steps.mjs';
import { UserError } from '../../../emsdk-config/steps/user-error.mjs';

const root = mkdtempSync(join(tmpdir(), 'steps-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

let shown: string;
let steps: Steps;

beforeEach(() => {
  shown = '';
  const out = { isTTY: false, write: (text: string) => (shown += text) } as unknown as NodeJS.WriteStream;
  steps = new Steps({ root, count: 3, out });
});

const shell = (script: string, more = {}): Parameters<Parameters<Parameters<Steps['run']>[1]>[0]['tool']> => [
  'sh',
  ['-c', script],
  { advice: 'Do this.', ...more },
];

describe('a step', () => {
  test('that does something has a line with its seconds, one that finds nothing to do has none', async () => {
    await steps.run('the first', () => Promise.resolve());
    await steps.run('the second', (step) => step.tool(...shell('echo loud')));
    expect(shown).toMatch(/^\[2\/3\] the second … \d+ s\n$/);
  });

  test('whose tool may find nothing to do has its line when the tool counts', async () => {
    await steps.run('idle', (step) => step.tool(...shell('echo ninja: no work to do', { quiet: true })));
    await steps.run('busy', (step) => step.tool(...shell('echo "[1/2] x"', { quiet: true })));
    expect(shown).toMatch(/^\[2\/3\] busy … \d+ s\n$/);
  });

  test("keeps its tools' output in a log of this run", async () => {
    await steps.run('a & b', (step) => step.tool(...shell('echo old')));
    const log = join(root, 'build/log/01-a-b.log');
    expect(readFileSync(log, 'utf8')).toContain('old\n');
    await new Steps({ root, count: 1, out: steps.out }).run('a & b', (step) => step.tool(...shell('echo new >&2')));
    expect(readFileSync(log, 'utf8')).not.toContain('old\n');
    expect(readFileSync(log, 'utf8')).toContain('new\n');
  });

  test('that fails shows the end of the output, the path of the log, and what to do', async () => {
    const script = 'for i in $(seq 30); do echo "line $i"; done; echo "    at f (file:///x.mjs:1:2)"; exit 7';
    const failing = steps.run('it', (step) => step.tool(...shell(script)));
    const error: unknown = await failing.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    const { message } = error as UserError;
    expect(message).toMatch(/sh failed with exit code 7/);
    expect(message).not.toContain('line 10\n');
    expect(message).toContain('  | line 11\n');
    expect(message).toContain('  | line 30\n');
    expect(message).not.toContain('x.mjs');
    expect(message).toMatch(/build\/log\/01-it\.log\nDo this\.$/);
    expect(shown).toMatch(/^\[1\/3\] it … failed after \d+ s\n$/);
  });

  test('whose disk is full says so', async () => {
    const failing = steps.run('it', (step) => step.tool(...shell('echo "cp: x: No space left on device"; exit 1')));
    await expect(failing).rejects.toThrow(/The disk is full\. Free some space/);
  });

  test('whose tool does not exist names it', async () => {
    const failing = steps.run('it', (step) => step.tool('no-such-tool', [], { advice: 'Install it.' }));
    await expect(failing).rejects.toThrow(/no-such-tool could not be started.*\nInstall it\./);
  });

  test('reports the warnings of its tool', async () => {
    await steps.run('it', (step) => step.tool(...shell('echo "warning: old" >&2; echo "cc: warning: not ours"')));
    expect(shown).toMatch(/^\[1\/3\] it … \d+ s\nwarning: old\n$/);
  });

  test('reports its warnings after its line, each once', async () => {
    await steps.run('it', (step) => {
      step.begin();
      step.warn('old');
      step.warn('old');
      return Promise.resolve();
    });
    expect(shown).toMatch(/^\[1\/3\] it … 0 s\nwarning: old\n$/);
  });
});

test('Ctrl+C ends what a step has started, waits until it has ended, and says how to go on', () => {
  const script = `
    import { Steps } from ${JSON.stringify(join(process.cwd(), 'emsdk-config/steps/steps.mjs'))};
    const steps = new Steps({ root: ${JSON.stringify(root)}, count: 1 });
    const tidy = 'trap "sleep 0.3; echo tidied > tidied; exit 1" INT; while true; do sleep 0.05; echo "[1/2] x"; done';
    setTimeout(() => process.kill(process.pid, 'SIGINT'), 300);
    await steps.run('it', (step) => step.tool('bash', ['-c', tidy], { advice: '' }));
    console.log('went on');
  `;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect(stdout).toBe('[1/1] it …\nStopping at "it" … stopped. Run the same command to continue.\n');
  expect(status).toBe(130);
  expect(readFileSync(join(root, 'tidied'), 'utf8')).toBe('tidied\n');
});
