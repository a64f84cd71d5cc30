import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withStageCache, type StageCache } from '../../../precompute/stage-cache.ts';
import { withTrainedStage } from '../../../precompute/trained.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
import { temporaryFolder } from './run-atlas.ts';

let folder = temporaryFolder();
const heard: string[] = [];
beforeEach(() => {
  folder = temporaryFolder();
  heard.length = 0;
});
afterEach(() => folder.remove());

const signal = new AbortController().signal;
const note = (sentence: string) => void heard.push(sentence);
/** The cache of one key, as it is while it is held. */
const withCache = <Result>(use: (cache: StageCache) => Promise<Result>) =>
  withStageCache(join(folder.path, key), { signal, note }, use);
const key = 'run-cpu-0123456789abcdef';
const record = { seconds: 1.5, provider: 'cpu', providerReason: 'a test' };
const files = new Map([['weights.safetensors', Uint8Array.of(1, 2, 3)]]);

describe('the cache of stages', () => {
  it('gives back what was kept, and nothing before', async () => {
    await withCache(async (cache) => {
      expect(await cache.load('training')).toBeNull();
      await cache.save('training', files, record);
    });
    await withCache(async (cache) => {
      const found = await cache.load('training');
      expect(found?.record).toEqual(record);
      expect(Array.from(found?.files.get('weights.safetensors') ?? [])).toEqual([1, 2, 3]);
      await cache.clear();
      expect(await cache.load('training')).toBeNull();
    });
    expect(readdirSync(folder.path)).toEqual([]);
    expect(heard).toEqual([]);
  });

  it('is not cleared under another run that uses it', async () => {
    const order: string[] = [];
    const first = withCache(async (cache) => {
      await cache.save('training', files, record);
      await new Promise((done) => setTimeout(done, 50));
      order.push(`first finds ${(await cache.load('training')) !== null}`);
    });
    await new Promise((done) => setTimeout(done, 10));
    const second = withCache(async (cache) => {
      await cache.clear();
      order.push('second clears');
    });
    await Promise.all([first, second]);
    expect(order).toEqual(['first finds true', 'second clears']);
    expect(heard).toEqual([expect.stringContaining('waiting for process')]);
  });

  it('clears nothing that it did not write, and what a killed writer left', async () => {
    const entry = join(folder.path, key);
    mkdirSync(entry);
    for (const name of ['notes.txt', 'training.json.1a2b.partial', 'training.json.4711.partial'])
      writeFileSync(join(entry, name), 'x');
    await withCache(async (cache) => {
      expect(readdirSync(entry)).toEqual(['notes.txt']);
      await cache.save('training', files, record);
      await cache.clear();
    });
    expect(readdirSync(entry)).toEqual(['notes.txt']);
  });

  it('lets the run go on where a stage cannot be kept, and leaves no half of it', async () => {
    const entry = join(folder.path, key);
    mkdirSync(join(entry, 'training.json'), { recursive: true });
    await withCache(async (cache) => cache.save('training', files, record));
    expect(heard).toEqual([
      expect.stringMatching(/^cannot keep the stage "training" in .*: .*; going on without/),
    ]);
    expect(readdirSync(entry)).toEqual(['training.json']);
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
    await withCache(async (cache) => {
      await cache.save('training', files, record);
      const path = join(folder.path, key, file);
      writeFileSync(path, change(readFileSync(path)));
      expect(await cache.load('training')).toBeNull();
    });
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatch(/^the kept stage "training" is damaged and is done again/);
    expect(heard[0]).toMatch(message);
  });

  it('keeps the stages of analyses whose names extend each other apart', async () => {
    const filesOf = (stage: string, byte: number) =>
      new Map([
        [`${stage}_full.safetensors`, Uint8Array.of(byte)],
        [`${stage}_facts.json`, Uint8Array.of(byte, byte)],
      ]);
    const stages = ['ends', 'ends-facts', 'ends-full'];
    const bytes = (kept: ReadonlyMap<string, Uint8Array>) =>
      [...kept].map(([path, content]) => [path, [...content]]);
    await withCache(async (cache) => {
      for (const [byte, stage] of stages.entries()) {
        await cache.save(stage, filesOf(stage, byte), record);
      }
      for (const [byte, stage] of stages.entries()) {
        const found = (await cache.load(stage))?.files ?? new Map<string, Uint8Array>();
        expect(bytes(found)).toEqual(bytes(filesOf(stage, byte)));
      }
    });
    expect(heard).toEqual([]);
  });
});

describe('the store of trained networks', () => {
  const experiment = parseExperiment({ data: { kind: 'moons', samples: 48 }, epochs: 2 }, 'a test');
  const withStored = <Result>(
    use: (cache: StageCache) => Promise<Result>,
    changes: Partial<Parameters<typeof withTrainedStage>[0]> = {},
  ) =>
    withTrainedStage(
      {
        experiment,
        dataHash: 'a',
        startHash: undefined,
        provider: 'cpu',
        cacheRoot: folder.path,
        force: false,
        signal,
        note,
        compute: () => Promise.reject(new Error('not trained in this test')),
        ...changes,
      },
      ({ cache }) => use(cache!),
    );
  const save = () => withStored((cache) => cache.save('training', files, record));
  const load = (changes: Parameters<typeof withStored>[1] = {}) =>
    withStored((cache) => cache.load('training'), changes);

  it('finds networks by how they were trained, whatever they are called and whoever asks', async () => {
    await save();
    const looked = { ...experiment, name: 'other', title: 'x', grid: { size: 9, margin: 1 } };
    expect((await load({ experiment: looked }))?.record).toEqual(record);
    const others = [
      { experiment: { ...experiment, seed: 7 } },
      { dataHash: 'b' },
      { provider: 'cuda' },
    ];
    for (const other of others) expect(await load(other)).toBeNull();
  });

  it('forgets them where they are to be trained anew', async () => {
    await save();
    expect(await load({ force: true })).toBeNull();
  });

  it('outlives the stages of a run', async () => {
    await save();
    await withCache(async (cache) => {
      await cache.save('landscape', files, record);
      await cache.clear();
    });
    expect(readdirSync(folder.path)).toEqual(['training']);
    expect(await load()).not.toBeNull();
  });
});
