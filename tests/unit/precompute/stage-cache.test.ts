import { readdirSync, readFileSync, utimesSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStageCache } from '../../../precompute/stage-cache.ts';
import { temporaryFolder } from './run-atlas.ts';

let folder = temporaryFolder();
const heard: string[] = [];
beforeEach(() => {
  folder = temporaryFolder();
  heard.length = 0;
});
afterEach(() => folder.remove());

const open = () => openStageCache(folder.path, 'run-1', (sentence) => heard.push(sentence));
const record = { seconds: 1.5, provider: 'cpu', providerReason: 'a test' };
const files = new Map([['weights.safetensors', Uint8Array.of(1, 2, 3)]]);

describe('the cache of stages', () => {
  it('gives back what was kept, and nothing before', async () => {
    const cache = await open();
    expect(await cache.load('training')).toBeNull();
    await cache.save('training', files, record);
    const found = await (await open()).load('training');
    expect(found?.record).toEqual(record);
    expect(Array.from(found?.files.get('weights.safetensors') ?? [])).toEqual([1, 2, 3]);
    await cache.clear();
    expect(await cache.load('training')).toBeNull();
    expect(heard).toEqual([]);
  });

  it.each([
    [
      'a bit flipped',
      'weights.safetensors',
      () => Uint8Array.of(1, 2, 2),
      /does not match its checksum/,
    ],
    [
      'a byte lost',
      'weights.safetensors',
      () => Uint8Array.of(1, 2),
      /has 2 bytes where the manifest lists 3/,
    ],
    [
      'an index cut short',
      'training.json',
      (text: Uint8Array) => text.slice(0, 20),
      /is not the index of a stage/,
    ],
    [
      'an index that leads outside',
      'training.json',
      (text: Uint8Array) => Buffer.from(String(text).replace('weights.safe', '../weights.safe')),
      /is not the index/,
    ],
  ])('does a stage again after %s, and says so', async (_, file, change, message) => {
    const cache = await open();
    await cache.save('training', files, record);
    const path = join(folder.path, 'run-1', file);
    writeFileSync(path, change(readFileSync(path)));
    expect(await cache.load('training')).toBeNull();
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatch(/^the kept stage "training" is damaged and is done again/);
    expect(heard[0]).toMatch(message);
  });

  it('forgets runs that nobody went on with for a week', async () => {
    const [old, recent] = [join(folder.path, 'old'), join(folder.path, 'recent')];
    mkdirSync(old);
    mkdirSync(recent);
    const eightDaysAgo = Date.now() / 1000 - 8 * 24 * 3600;
    utimesSync(old, eightDaysAgo, eightDaysAgo);
    await open();
    expect(readdirSync(folder.path)).toEqual(['recent']);
  });
});
