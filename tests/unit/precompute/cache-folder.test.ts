import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetOld, lockOfEntry, openCacheFolder } from '../../../precompute/cache-folder.ts';
import { tryLock } from '../../../precompute/lock.ts';
import { temporaryFolder } from './run-atlas.ts';

let folder = temporaryFolder();
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

const week = 7 * 24 * 3600;
const longAgo = Date.now() / 1000 - week - 60;

/** A file below the folder of this test, and the dates of it and of its folder. */
function put(path: string, date = longAgo) {
  const full = join(folder.path, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, 'x');
  utimesSync(full, date, date);
  utimesSync(dirname(full), longAgo, longAgo);
}
const everything = () =>
  readdirSync(folder.path, { recursive: true })
    .map(String)
    .filter((path) => /\.|notes/.test(path))
    .sort();

describe('openCacheFolder', () => {
  it('marks a new or empty folder as ours, and knows it again', async () => {
    const root = join(folder.path, 'new', 'cache');
    await openCacheFolder(root, false);
    writeFileSync(join(root, 'something'), '');
    await openCacheFolder(root, false);
    expect(readdirSync(root)).toEqual(['CACHEDIR.TAG', 'something']);
  });

  it('marks the project’s own place whatever an earlier version left there', async () => {
    put('training/0123456789abcdef0123456789abcdef/training.json');
    await openCacheFolder(folder.path, true);
    await openCacheFolder(folder.path, false);
  });

  it.each(['thesis/chapter.tex', 'notes.txt', 'CACHEDIR.TAG'])(
    'refuses a folder with somebody’s %s, and touches nothing',
    async (path) => {
      put(path);
      await expect(openCacheFolder(folder.path, false)).rejects.toThrow(
        /^ATLAS_CACHE names .*, which holds files that are not a cache of Loss Atlas, and nothing was touched: set ATLAS_CACHE to a new or empty folder$/,
      );
      expect(everything()).toEqual([path]);
    },
  );

  it('says so where there can be no folder', async () => {
    put('file.txt');
    await expect(openCacheFolder(join(folder.path, 'file.txt', 'x'), false)).rejects.toThrow(
      /^cannot use the cache .*: a part of the path is not a folder; set ATLAS_CACHE/,
    );
    await expect(openCacheFolder(join(folder.path, 'file.txt'), false)).rejects.toThrow(
      /^cannot use the cache .*file\.txt: a part of the path is not a folder; set ATLAS_CACHE/,
    );
  });
});

describe('forgetOld', () => {
  const run = 'fifty-auto-0123456789abcdef';
  const training = 'training/0123456789abcdef0123456789abcdef';
  const answer = 'answers/0123456789abcdef0123456789abcdef';

  it('deletes entries that nobody has used for a week', async () => {
    for (const entry of [run, training, answer]) {
      put(`${entry}/training.json`);
      put(`${entry}/weights.safetensors`);
      put(`${entry}/landscape.json.4711.partial`);
    }
    put('digits-cpu-0123456789abcdef.lock');
    await forgetOld(folder.path);
    expect(everything()).toEqual(['digits-cpu-0123456789abcdef.lock']);
  });

  it('goes by the dates of the files, not by that of the folder', async () => {
    put(`${run}/weights.safetensors`);
    put(`${run}/training.json`, Date.now() / 1000 - week + 600);
    await forgetOld(folder.path);
    expect(everything()).toHaveLength(2);
  });

  it.each([
    ['another name', 'thesis-2024/training.json'],
    ['another name in the training', 'training/my-networks/training.json'],
    ['a file that is not ours', `${run}/notes`],
    ['a file of such a name', run],
  ])('never deletes %s, however old', async (_, path) => {
    put(path);
    const before = readdirSync(folder.path, { recursive: true });
    await forgetOld(folder.path);
    expect(readdirSync(folder.path, { recursive: true })).toEqual(before);
  });

  it('never deletes what somebody put beside our files', async () => {
    put(`${run}/training.json`);
    put(`${run}/notes.txt`);
    await forgetOld(folder.path);
    expect(everything()).toContain(`${run}/notes.txt`);
  });

  it('leaves alone what another process is using', async () => {
    put(`${run}/training.json`);
    const lock = await tryLock(lockOfEntry(join(folder.path, run)), 'using it');
    await forgetOld(folder.path);
    expect(everything()).toContain(`${run}/training.json`);
    await lock!.release();
    await forgetOld(folder.path);
    expect(everything()).toEqual([]);
  });
});
