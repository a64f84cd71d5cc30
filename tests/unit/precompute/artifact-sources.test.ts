// What an artifact's hash depends on, what its conditions hold at once, and which packages its results depend on.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diskSources } from '../../../precompute/data-sources.ts';
import { packageVersions } from '../../../precompute/package-versions.ts';
import { artifactSources } from '../../../precompute/artifact-sources.ts';
import { memoryHeld } from '../../../precompute/memory-held.ts';
import { sha256 } from '../../../src/artifact/checksum.ts';
import { parseStudy } from '../../../src/landscape/study.ts';
import { estimateMemory } from '../../../src/learning/memory.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { projectRoot, temporaryFolder } from './run-atlas.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const directions = join(folder.path, 'mine.safetensors');
const mine = { directions: 'user', path: directions };
const written = {
  name: 'pace',
  data: { kind: 'moons', samples: 40 },
  hiddenSizes: [3],
  epochs: 5,
  initialisations: 6,
  snapshots: 4,
  conditions: [{ key: 'a' }, { key: 'b', set: { seed: 1 } }],
  analyses: { planes: { kind: 'slices', condition: 'a', slices: { one: mine, two: mine } } },
};
const sourcesOf = (change: object = {}) =>
  artifactSources(parseStudy({ ...written, ...change }, 'x'));

describe('the sources of a study', () => {
  it('name each file of the author once, with its hash', async () => {
    writeFileSync(directions, 'one');
    const { inputs, conditionHashes } = await sourcesOf();
    expect(inputs).toEqual([{ path: directions, sha256: await sha256('one') }]);
    const generated = { dataHash: await sha256(''), startHash: undefined };
    expect(conditionHashes).toEqual([generated, generated]);
  });

  it('have the same hash while nothing changes, and another when anything does', async () => {
    writeFileSync(directions, 'one');
    const { contentHash: hash } = await sourcesOf();
    expect((await sourcesOf()).contentHash).toBe(hash);
    const [a, b] = written.conditions;
    const other = [
      { title: 'x' },
      { epochs: 6 },
      { conditions: [b, a] },
      { conditions: [a, { ...b, title: 'x' }] },
      { analyses: { ...written.analyses, ends: { kind: 'outcomes' } } },
    ];
    for (const change of other) expect((await sourcesOf(change)).contentHash).not.toBe(hash);
    writeFileSync(directions, 'two');
    expect((await sourcesOf()).contentHash).not.toBe(hash);
  });
});

describe('the memory of a study', () => {
  const { conditions } = parseStudy(written, 'x');
  const prepared = Promise.all(
    conditions.map(async ({ experiment }) => ({
      experiment,
      data: await prepareData(experiment, diskSources),
    })),
  );
  // Two conditions of six networks of 2-3-2, four snapshots each.
  const held = 2 * 6 * 4 * (2 * 3 + 3 + 3 * 2 + 2) * 4;

  it('is that of the snapshots of all its conditions', async () => {
    expect(memoryHeld('pace', await prepared, 1e9).all).toBe(held);
  });

  it('of one condition is that of its training', async () => {
    const all = (await prepared).slice(0, 1);
    const { fixed, bytes } = estimateMemory(all[0]!.experiment, all[0]!.data);
    expect(memoryHeld('pace', all, bytes).whileTraining).toEqual([fixed]);
    expect(() => memoryHeld('pace', all, bytes - 1)).toThrow(/^experiment pace needs at least/);
  });

  it('must leave room to train one of them', async () => {
    const [{ experiment, data }] = (await prepared) as [Awaited<typeof prepared>[number]];
    const { fixed, perNetwork } = estimateMemory(experiment, data);
    const least = held + perNetwork + Math.max(0, fixed - held / 2);
    expect(memoryHeld('pace', await prepared, least).all).toBe(held);
    const all = await prepared;
    expect(() => memoryHeld('pace', all, least - 1)).toThrow(
      /^the study pace needs at least \S+ kB, of which \S+ kB for the networks of 2 conditions: expected at most the memory budget of \S+ kB; compare fewer conditions/,
    );
  });
});

it('the recorded versions are those of every package that computes', async () => {
  // Checks, searches names, moves bytes or types, and changes no number.
  const computesNothing = [
    'zod',
    'comlink',
    'fastest-levenshtein',
    'fflate',
    'onnxruntime-common',
    'pbf',
  ];
  const used = new Set<string>();
  for (const part of ['engine', 'learning', 'landscape', 'artifact']) {
    const below = readdirSync(join(projectRoot, 'src', part), {
      recursive: true,
      encoding: 'utf8',
    });
    for (const file of below.filter((name) => name.endsWith('.ts'))) {
      const text = readFileSync(join(projectRoot, 'src', part, file), 'utf8');
      for (const [, from] of text.matchAll(/from '((?:@[\w-]+\/)?[a-z][\w-]*)[^']*'/g)) {
        if (from !== 'node') used.add(from!);
      }
    }
  }
  // Runs where there is no Node.
  used.delete('onnxruntime-web');
  const recorded = Object.keys(await packageVersions());
  expect([...used].filter((name) => !computesNothing.includes(name)).sort()).toEqual(
    recorded.filter((name) => name !== 'node' && name !== 'loss-atlas').sort(),
  );
});
