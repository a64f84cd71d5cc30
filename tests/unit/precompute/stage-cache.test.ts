import { readdirSync, readFileSync, utimesSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStageCache } from '../../../precompute/stage-cache.ts';
import { trainedStage } from '../../../precompute/trained.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
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

  it('keeps the stages of analyses whose names extend each other apart', async () => {
    const cache = await open();
    const filesOf = (stage: string, byte: number) =>
      new Map([
        [`${stage}_full.safetensors`, Uint8Array.of(byte)],
        [`${stage}_facts.json`, Uint8Array.of(byte, byte)],
      ]);
    const stages = ['ends', 'ends-facts', 'ends-full'];
    for (const [byte, stage] of stages.entries()) {
      await cache.save(stage, filesOf(stage, byte), record);
    }
    for (const [byte, stage] of stages.entries()) {
      const found = (await cache.load(stage))?.files ?? new Map<string, Uint8Array>();
      const bytes = (kept: ReadonlyMap<string, Uint8Array>) =>
        [...kept].map(([path, content]) => [path, [...content]]);
      expect(bytes(found)).toEqual(bytes(filesOf(stage, byte)));
    }
    expect(heard).toEqual([]);
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

describe('the store of trained networks', () => {
  const experiment = parseExperiment({ data: { kind: 'moons', samples: 48 }, epochs: 2 }, 'a test');
  const stored = async (changes: Partial<Parameters<typeof trainedStage>[0]> = {}) => {
    const { cache } = await trainedStage({
      experiment,
      dataHash: 'a',
      startHash: undefined,
      provider: 'cpu',
      cacheRoot: folder.path,
      force: false,
      onDamage: (sentence) => heard.push(sentence),
      compute: () => Promise.reject(new Error('not trained in this test')),
      ...changes,
    });
    return cache!;
  };

  it('finds networks by how they were trained, whatever they are called and whoever asks', async () => {
    await (await stored()).save('training', files, record);
    const looked = { ...experiment, name: 'other', title: 'x', grid: { size: 9, margin: 1 } };
    expect((await (await stored({ experiment: looked })).load('training'))?.record).toEqual(record);
    const others = [
      { experiment: { ...experiment, seed: 7 } },
      { dataHash: 'b' },
      { provider: 'cuda' },
    ];
    for (const other of others) {
      expect(await (await stored(other)).load('training')).toBeNull();
    }
  });

  it('forgets them where they are to be trained anew', async () => {
    await (await stored()).save('training', files, record);
    expect(await (await stored({ force: true })).load('training')).toBeNull();
  });

  it('outlives the stages of a run', async () => {
    await (await stored()).save('training', files, record);
    const cache = await open();
    await cache.save('landscape', files, record);
    await cache.clear();
    expect(readdirSync(folder.path)).toEqual(['training']);
    expect(await (await stored()).load('training')).not.toBeNull();
  });
});
