import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../precompute/make-folder.ts';
import { readBounded } from '../../../precompute/read-bounded.ts';
import { temporaryFolder } from './run-atlas.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const at = (name: string) => join(folder.path, name);
const isLinux = process.platform === 'linux';

describe('readBounded', () => {
  it('reads a file whole, up to its bound', async () => {
    for (const length of [0, 1, 4096, 5_000_000]) {
      const bytes = Buffer.alloc(length, 'abc');
      writeFileSync(at('file'), bytes);
      expect((await readBounded(at('file'), { largest: length })).equals(bytes)).toBe(true);
    }
  });

  it('refuses a larger file without reading it, in words', async () => {
    writeFileSync(at('large'), '');
    // A hole: it takes no room on the disk.
    truncateSync(at('large'), 6e9);
    const started = performance.now();
    await expect(readBounded(at('large'), { largest: 2e8 })).rejects.toThrow(
      'it has 6,000,000,000 bytes or more, and expected are at most 200,000,000',
    );
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('refuses a folder, and says when there is nothing', async () => {
    mkdirSync(at('inner'));
    await expect(readBounded(at('inner'), { largest: 9 })).rejects.toThrow(/it is a folder/);
    await expect(readBounded(at('none'), { largest: 9 })).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.runIf(isLinux)('refuses a pipe at once, though nobody writes to it', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await expect(readBounded(at('pipe'), { largest: 9 })).rejects.toThrow(
      'it is a pipe, and expected is a file',
    );
  });

  it.runIf(isLinux)('refuses a device, and reads what the system makes up', async () => {
    await expect(readBounded('/dev/zero', { largest: 9 })).rejects.toThrow(/it is a device/);
    // Its size is said to be 0.
    const bytes = await readBounded('/proc/self/status', { largest: 100_000 });
    expect(bytes.toString()).toContain('Name:');
    await expect(readBounded('/proc/self/status', { largest: 10 })).rejects.toThrow(/at most/);
  });

  it('follows a link only where it may', async () => {
    writeFileSync(at('real'), 'x');
    symlinkSync(at('real'), at('link'));
    expect((await readBounded(at('link'), { largest: 9 })).toString()).toBe('x');
    const bounds = { largest: 9, follow: false };
    await expect(readBounded(at('link'), bounds)).rejects.toMatchObject({ code: 'ELOOP' });
  });

  it('stops when told to', async () => {
    writeFileSync(at('file'), 'x');
    const bounds = { largest: 9, signal: AbortSignal.abort(new Error('stopped')) };
    await expect(readBounded(at('file'), bounds)).rejects.toThrow('stopped');
  });
});

describe('makeFolder', () => {
  it('makes a folder with those above it, many times at once', async () => {
    const path = at('a/b/c');
    await Promise.all([makeFolder(path), makeFolder(path), makeFolder(at('a/b/d'))]);
    expect([existsSync(path), existsSync(at('a/b/d'))]).toEqual([true, true]);
  });

  it('refuses where a file is in the way', async () => {
    writeFileSync(at('file'), '');
    await expect(makeFolder(at('file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(makeFolder(at('file/x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.runIf(isLinux)('comes back where the system makes no folders', async () => {
    await expect(makeFolder('/proc/x/y')).rejects.toThrow('the system makes no folders in /proc');
  });
});
