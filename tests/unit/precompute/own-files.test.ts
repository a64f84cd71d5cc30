// An experiment of somebody's own with the files that it names: found beside it, counted, verified, and refused in a sentence.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskFiles } from '../../../precompute/data-sources.ts';
import { sha256 } from '../../../src/artifact/checksum.ts';
import { withManifestHash } from '../../../src/artifact/manifest-hash.ts';
import { parseManifest } from '../../../src/artifact/manifest.ts';
import { decodeSafetensors, encodeSafetensors, stored } from '../../../src/artifact/safetensors.ts';
import { askAtlas, runAtlas, temporaryFolder, type Outcome } from './run-atlas.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const cache = join(folder.path, 'cache');
const out = join(folder.path, 'out');
const mine = join(folder.path, 'mine');
mkdirSync(mine);

const small = { hiddenSizes: [3], epochs: 4, initialisations: 3, snapshots: 3, grid: { size: 5 } };
const points = Array.from({ length: 24 }, (_, i) => [i % 5, (i * 7) % 11, i % 3]);
const write = (name: string, experiment: object) =>
  writeFileSync(join(mine, `${name}.json`), JSON.stringify({ ...small, ...experiment }));
const run = (name: string, ...more: string[]) =>
  runAtlas(['run', join(mine, `${name}.json`), '--out', out, '--provider', 'cpu', ...more], {
    cache,
  });
const manifestOf = (name: string) =>
  parseManifest(readFileSync(join(out, name, 'manifest.json')), name);
const weightsOf = (name: string) => {
  const { tensors } = decodeSafetensors(readFileSync(join(out, name, 'weights.safetensors')), name);
  return (tensor: string) => tensors.get(tensor)!.values as Float32Array;
};

function expectRefusal({ status, stdout, stderr }: Outcome, message: string) {
  expect(stderr.trim().split('\n').at(-1)).toContain(`atlas: ${message}`);
  expect([status, stdout]).toEqual([1, '']);
}

const start = { path: 'weights.safetensors' };
const copyWeights = () =>
  writeFileSync(join(mine, start.path), readFileSync(join(out, 'first', 'weights.safetensors')));

beforeAll(async () => {
  write('first', { data: { kind: 'points', points } });
  expect(await run('first')).toMatchObject({ status: 0 });
  copyWeights();
  write('second', {
    data: { kind: 'points', points },
    start,
    batchSize: 6,
    orderSeed: 5,
    rateChanges: [{ step: 3, learningRate: 0.1 }],
    analyses: { ends: { kind: 'outcomes' } },
  });
  const second = await run('second');
  expect(second.status, second.stderr).toBe(0);
}, 60_000);

describe('an experiment on points placed by hand', () => {
  it('is run on them and verified', async () => {
    const [facts] = (await manifestOf('first')).conditions;
    expect(facts!.training!.data).toMatchObject({
      featureNames: ['x1', 'x2'],
      classNames: ['0', '1', '2'],
      trainCount: 18,
      testCount: 6,
    });
    const verified = await askAtlas(['verify', join(out, 'first')]);
    expect(verified.status, verified.stderr).toBe(0);
  });
});

describe('an experiment that starts from a file beside it', () => {
  it('begins where the other ended, bit for bit', () => {
    expect(weightsOf('second')('initial')).toEqual(weightsOf('first')('final'));
    expect(weightsOf('second')('final')).not.toEqual(weightsOf('first')('final'));
  });

  it('names the weights by their hash, and says so when it is inspected', async () => {
    const [facts] = (await manifestOf('second')).conditions;
    const { startHash, training } = facts!;
    expect(startHash).toMatch(/^[0-9a-f]{64}$/);
    expect(training!.seeds.streams).not.toContain('initial-weights/<network>');
    expect((await manifestOf('first')).conditions[0]!.startHash).toBeUndefined();
    const { stdout } = await askAtlas(['inspect', join(out, 'second')]);
    expect(stdout).toContain(`start       weights.safetensors, weights ${startHash!.slice(0, 16)}`);
    expect(stdout).toContain(
      'batches of seed 5, starting from weights.safetensors, rate 0.1 from step 3',
    );
  });

  it('is verified without the file: its own first snapshot is what was hashed', async () => {
    rmSync(join(mine, start.path));
    const { status, stdout, stderr } = await askAtlas(['verify', join(out, 'second')]);
    copyWeights();
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('starts: initial weights of weights.safetensors, by their SHA-256');
  });

  it('is not verified with other weights at its start, whatever the checksums say', async () => {
    const path = join(out, 'second', 'weights.safetensors');
    const whole = readFileSync(path);
    const { tensors } = decodeSafetensors(whole, path);
    const changed = Object.fromEntries(tensors);
    for (const name of ['snapshots', 'initial']) (changed[name]!.values as Float32Array)[4]! += 0.5;
    const bytes = encodeSafetensors(changed);
    writeFileSync(path, bytes);
    const manifestPath = join(out, 'second', 'manifest.json');
    const manifest = readFileSync(manifestPath, 'utf8');
    const { manifestHash: _, ...fields } = JSON.parse(
      manifest.replace(await sha256(whole), await sha256(bytes)),
    );
    writeFileSync(manifestPath, JSON.stringify(await withManifestHash(fields)));
    const verified = await askAtlas(['verify', join(out, 'second')]);
    writeFileSync(path, whole);
    writeFileSync(manifestPath, manifest);
    expect(verified.status).toBe(1);
    expect(verified.stderr).toContain(
      'the initial weights are not those that were read from weights.safetensors; run the experiment again',
    );
  });

  it('is unchanged while the weights are, and computed again when they are not', async () => {
    expect((await run('second')).stdout).toMatch(/second: unchanged/);
    const { tensors } = decodeSafetensors(readFileSync(join(mine, start.path)), '');
    const { final } = Object.fromEntries(tensors) as { final: ReturnType<typeof stored> };
    // The same weights in another file are the same weights.
    writeFileSync(join(mine, start.path), encodeSafetensors({ final }, { note: 'mine' }));
    expect((await run('second')).stdout).toMatch(/second: unchanged/);
    (final.values as Float32Array)[0]! += 1;
    writeFileSync(join(mine, start.path), encodeSafetensors({ final }));
    const { stdout } = await run('second');
    copyWeights();
    expect(stdout).toMatch(/second: \d converged/);
    expect(stdout).toMatch(/^second: .*; 1 analysis; .* written/);
    expect(weightsOf('second')('initial')).toEqual(final.values);
  });
});

describe('a start that is refused:', () => {
  const refused = async (changes: object, message: string) => {
    write('refused', { data: { kind: 'points', points }, start, ...changes });
    expectRefusal(await run('refused'), message);
  };

  it('no such file', () =>
    refused(
      { start: { path: 'none.safetensors' } },
      `cannot read the starting weights from ${join(mine, 'none.safetensors')}: it does not exist`,
    ));

  it('other networks', () =>
    refused(
      { hiddenSizes: [4] },
      'start.path is "weights.safetensors": it holds 3 networks of 21 weights, and expected were 3 of 27, which 2-4-3 has',
    ));
});

describe('a file that an experiment names', () => {
  it('is looked for beside the experiment, then in the working folder', async () => {
    writeFileSync(join(mine, 'beside.csv'), 'beside');
    const { sources } = diskFiles(mine);
    expect(await sources.csv('beside.csv')).toBe('beside');
    expect(await sources.csv(join(mine, 'beside.csv'))).toBe('beside');
    expect(await sources.csv('package.json')).toContain('"loss-atlas"');
    await expect(sources.csv('nowhere.csv')).rejects.toThrow(
      `cannot read the data from ${join(mine, 'nowhere.csv')}: it does not exist`,
    );
  });

  it('is found by verify in the folder that it is given', async () => {
    const rows = points.map(([x, y, label]) => `${x},${y},class ${label}`);
    writeFileSync(join(mine, 'own.csv'), `width,height,kind\n${rows.join('\n')}\n`);
    write('csv', { data: { kind: 'csv', path: 'own.csv' } });
    const { status, stderr } = await run('csv');
    expect(status, stderr).toBe(0);
    const found = await askAtlas(['verify', join(out, 'csv'), '--files', mine]);
    expect(found.status, found.stderr).toBe(0);
  });
});
