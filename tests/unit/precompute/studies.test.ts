// Studies by the atlas command: written, kept, reported, checked again, and refused in one sentence.
import { cpSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArtifact } from '../../../src/artifact/checked-artifact.ts';
import { withManifestHash } from '../../../src/artifact/manifest-hash.ts';
import { loadWhole } from '../../../src/artifact/load.ts';
import { encodeSafetensors, stored, decodeSafetensors } from '../../../src/artifact/safetensors.ts';
import { parseManifest, type Manifest } from '../../../src/artifact/manifest.ts';
import { sha256 } from '../../../src/artifact/checksum.ts';
import { askAtlas, runAtlas, temporaryFolder, type Outcome, type RunOptions } from './run-atlas.ts';

const folder = temporaryFolder();
const out = join(folder.path, 'data');
const cache = join(folder.path, 'cache');
afterAll(folder.remove);

const atlas = (args: string[], options: Partial<RunOptions> = {}) =>
  runAtlas(args, { cache, ...options });

const pace = {
  name: 'pace',
  data: { kind: 'moons', samples: 48 },
  hiddenSizes: [4],
  epochs: 4,
  initialisations: 3,
  snapshots: 3,
  conditions: [
    { key: 'adam' },
    { key: 'sgd', title: 'Plain descent', set: { optimiser: { kind: 'sgd' } } },
  ],
  analyses: {
    ends: { kind: 'outcomes' },
    barriers: { kind: 'barriers', points: 5 },
    planes: {
      kind: 'slices',
      condition: 'adam',
      slices: { mine: { directions: 'user', path: 'mine.safetensors', size: 5, radius: 1 } },
    },
  },
};
const parameters = 2 * 4 + 4 + 4 * 2 + 2;

function written(name: string, content: object): string {
  const path = join(folder.path, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

function writeDirections(seed: number): void {
  const values = Float32Array.from({ length: parameters }, (_, p) => Math.sin(p + seed));
  const bytes = encodeSafetensors({ directions: stored(values, [1, parameters]) });
  writeFileSync(join(folder.path, 'mine.safetensors'), bytes);
}

const manifestOf = (path = join(out, 'pace')): Promise<Manifest> =>
  parseManifest(readFileSync(join(path, 'manifest.json')), path);
const here = { cwd: folder.path };
type ListedFile = Manifest['files'][number];
const sameAs = (one: ListedFile) => (other: ListedFile) =>
  one.path === other.path && one.sha256 === other.sha256;

let file: string;
let first: Outcome;
beforeAll(async () => {
  file = written('pace.json', pace);
  writeDirections(1);
  const origin = stored(new Float32Array(parameters), [parameters]);
  writeFileSync(join(folder.path, 'other.safetensors'), encodeSafetensors({ origin }));
  first = await atlas(['run', file, '--out', out, '--provider', 'cpu'], here);
});

describe('atlas run of a study', () => {
  it('writes one artifact: conditions, results, claims and files', async () => {
    expect(first.status, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/^pace: 2 conditions, 3 analyses; .* written in/m);
    expect(readdirSync(out)).toEqual(['pace']);
    const manifest = await manifestOf();
    expect(manifest.conditions.map(({ key, parameters: P }) => [key, P])).toEqual([
      ['adam', parameters],
      ['sgd', parameters],
    ]);
    expect(readdirSync(join(out, 'pace', 'results'))).toEqual([
      'barriers.json',
      'barriers.safetensors',
      'ends.json',
      'ends.safetensors',
      'planes.json',
      'planes.safetensors',
    ]);
    expect(manifest.unanswered).toEqual({});
    expect(manifest.inputs.map(({ path }) => path)).toEqual(['mine.safetensors']);
    const read = async (path: string) => readFileSync(join(out, 'pace', path));
    const study = await loadWhole(await openArtifact(read, 'pace'));
    expect(Object.keys(study.results)).toEqual(['ends', 'barriers', 'planes']);
  });

  it('looks along the directions of the file that it names', () => {
    const path = join(out, 'pace', 'results', 'planes.safetensors');
    const { tensors } = decodeSafetensors(readFileSync(path), path);
    const { shape, values } = tensors.get('slices.mine.basis')!;
    expect(shape).toEqual([1, parameters]);
    // One length for all weights: the file's direction, made a unit.
    const lengths = Array.from(values as Float32Array, (v, p) => v / Math.sin(p + 1));
    for (const length of lengths) expect(length).toBeCloseTo(lengths[0]!, 5);
    expect(tensors.get('slices.mine.loss')!.shape).toEqual([5]);
  });

  it('does nothing again while nothing has changed', async () => {
    const { stdout, stderr } = await atlas(['run', file, '--out', out, '--provider', 'cpu'], here);
    expect(stdout).toMatch(/^pace: unchanged/m);
    expect(stderr).not.toContain('training');
  });

  it('answers again when a setting or a file that it names has changed, and trains no network twice', async () => {
    writeDirections(2);
    const again = await atlas(['run', file, '--out', out, '--provider', 'cpu'], here);
    expect(again.stdout).toMatch(/^pace: 2 conditions, 3 analyses; .* written/m);
    expect(again.stderr.match(/trained before, taken from there/g)).toHaveLength(2);
    const filesBefore = (await manifestOf()).files;
    const changed = await atlas(
      ['run', file, '--out', out, '--provider', 'cpu', '--set', 'analyses.barriers.points=7'],
      here,
    );
    expect(changed.stdout).toMatch(/written/);
    expect(changed.stderr.match(/trained before, taken from there/g)).toHaveLength(2);
    // What does not depend on the setting comes out as it was.
    const other = (await manifestOf()).files.filter((each) => !filesBefore.some(sameAs(each)));
    expect(other.map(({ path }) => path)).toEqual([
      'results/barriers.json',
      'results/barriers.safetensors',
      'display/barriers.safetensors.gz',
    ]);
    expect((await manifestOf()).study.analyses['barriers']).toMatchObject({ points: 7 });
    const slower = await atlas(
      ['run', file, '--out', out, '--provider', 'cpu', '--set', 'conditions.1.set.epochs=3'],
      here,
    );
    expect(slower.stderr.match(/trained before, taken from there/g)).toHaveLength(1);
    expect(
      (await manifestOf()).study.conditions.map(({ experiment }) => experiment.epochs),
    ).toEqual([4, 3]);
    const reset = await atlas(['run', file, '--out', out, '--provider', 'cpu'], here);
    expect(reset.status).toBe(0);
  });

  it('notices a damaged artifact and does it again', async () => {
    const path = join(out, 'pace', 'results', 'barriers.safetensors');
    const before = readFileSync(path);
    truncateSync(path, 40);
    const { stderr } = await atlas(['run', file, '--out', out, '--provider', 'cpu'], here);
    expect(stderr).toMatch(/barriers\.safetensors has 40 bytes where the manifest lists \d+/);
    expect(readFileSync(path)).toEqual(before);
  });

  it('goes on after the last analysis that was finished when it was stopped', async () => {
    const target = join(folder.path, 'stopped');
    const ownCache = join(folder.path, 'stopped-cache');
    const { planes } = pace.analyses;
    // Names that extend each other, and a slice that takes longer than a signal.
    const long = written('long.json', {
      ...pace,
      name: 'long',
      analyses: {
        ends: { kind: 'outcomes' },
        'ends-facts': { kind: 'outcomes', records: 3 },
        'ends-full': { kind: 'outcomes', records: 4 },
        planes: {
          ...planes,
          slices: { wide: { directions: 'random', size: 401, radius: 1 } },
        },
        last: { kind: 'outcomes', records: 2 },
      },
    });
    const args = ['run', long, '--out', target, '--provider', 'cpu', '--set', 'seed=5'];
    const interrupted = await runAtlas(args, {
      cache: ownCache,
      onceItSays: [': planes', (interrupt) => interrupt()],
      ...here,
    });
    expect(interrupted.status, interrupted.stderr).toBe(130);
    expect(readdirSync(target)).toEqual([]);
    const resumed = await runAtlas(args, { cache: ownCache, ...here });
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(resumed.stderr.match(/these networks have been trained before/g)).toHaveLength(2);
    expect(resumed.stderr.match(/^.*(?=: answered before)/gm)).toEqual([
      'ends',
      'ends-facts',
      'ends-full',
    ]);
    expect(resumed.stderr).not.toContain('damaged');
    expect(readdirSync(target)).toEqual(['long']);
    expect(readdirSync(ownCache)).toEqual(['CACHEDIR.TAG', 'answers', 'training']);
    const { study } = await manifestOf(join(target, 'long'));
    expect(study.conditions.map(({ experiment }) => experiment.seed)).toEqual([5, 5]);
  });

  it.each([
    [
      'an unknown analysis',
      { analyses: { a: { kind: 'barrier' } } },
      /analyses\.a\.kind is "barrier": did you mean "barriers"\?/,
    ],
    [
      'a file that is not there',
      {
        analyses: {
          a: {
            kind: 'slices',
            condition: 'sgd',
            slices: { mine: { directions: 'user', path: 'none.safetensors' } },
          },
        },
      },
      /cannot read the file from .*none\.safetensors: it does not exist/,
    ],
    [
      'more than the memory holds',
      { hiddenSizes: [450, 450], snapshots: 5 },
      /the study bad needs at least \d+ MB, of which \d+ MB for the networks of 2 conditions: expected at most the memory budget of 30 MB/,
    ],
  ])('tells %s in one sentence, and writes nothing', async (_, change, message) => {
    const bad = written('bad.json', { ...pace, name: 'bad', ...change });
    const { status, stdout, stderr } = await atlas(
      ['run', bad, '--out', out, '--provider', 'cpu', '--memory', '30'],
      here,
    );
    expect(status).toBe(1);
    expect(stdout).toBe('');
    const lines = stderr.trim().split('\n');
    expect(lines.at(-1)).toMatch(message);
    expect(lines.filter((line) => line.startsWith('atlas: '))).toHaveLength(1);
    expect(readdirSync(out)).toEqual(['pace']);
  });
});

describe('atlas inspect and verify of a study', () => {
  it('report conditions, every analysis and every file', async () => {
    const { stdout, status } = await askAtlas(['inspect', join(out, 'pace')]);
    expect(status).toBe(0);
    expect(stdout).toContain('Plain descent: 3 networks, moons, hidden 4 tanh, sgd at 0.01');
    expect(stdout).toMatch(/barriers: how high the loss rises/);
    expect(stdout).toMatch(
      /conditions\.sgd\.byAlignment\.none\.means\.train +\S+ \(95% \S+ to \S+\)/,
    );
    for (const { path } of (await manifestOf()).files) expect(stdout).toContain(path);
  });

  it('compute samples of every result again', async () => {
    const { stdout, status, stderr } = await askAtlas(['verify', join(out, 'pace')]);
    expect(status, stderr).toBe(0);
    for (const name of ['ends', 'barriers', 'planes'])
      expect(stdout).toMatch(new RegExp(`^ok {2}${name}: \\d+ numbers computed again`, 'm'));
  });

  /** A copy whose manifest and files are changed, with sizes and checksums that agree. */
  async function falsified(
    name: string,
    change: (
      manifest: Manifest,
      tensors: (path: string, by: (values: Float32Array, name: string) => void) => void,
    ) => void,
  ): Promise<string> {
    const copy = join(folder.path, name, 'pace');
    cpSync(join(out, 'pace'), copy, { recursive: true });
    const { manifestHash: _, ...manifest } = JSON.parse(
      readFileSync(join(copy, 'manifest.json'), 'utf8'),
    ) as Manifest;
    change(manifest as Manifest, (path, by) => {
      const { tensors, metadata } = decodeSafetensors(readFileSync(join(copy, path)), path);
      for (const [tensor, { values }] of tensors) by(values as Float32Array, tensor);
      writeFileSync(
        join(copy, path),
        encodeSafetensors(Object.fromEntries(tensors), Object.fromEntries(metadata)),
      );
    });
    for (const entry of manifest.files) {
      const bytes = readFileSync(join(copy, entry.path));
      Object.assign(entry, { bytes: bytes.length, sha256: await sha256(bytes) });
    }
    const sealed = await withManifestHash(manifest);
    writeFileSync(join(copy, 'manifest.json'), JSON.stringify(sealed));
    return copy;
  }

  it.each([
    [
      'a barrier',
      (_: Manifest, tensors: Change) =>
        tensors('results/barriers.safetensors', (values, name) => {
          if (name.endsWith('none.train')) values.fill(0.5);
        }),
      /barriers: conditions\.adam\.byAlignment\.none\.means\.train\.value is \S+ and comes out as 0\.5 /,
    ],
    [
      'a claim that no result makes',
      (manifest: Manifest) =>
        manifest.claims.push({
          id: 'made-up',
          analysis: 'ends',
          source: 'li2018',
          found: 'x',
          evidence: [{ what: 'x', value: 1, interval: null, unit: '' }],
          criterion: 'x',
          verdict: 'shown',
          sentence: 'x',
        }),
      /1 claims stand in the manifest where the results bear on 0/,
    ],
  ])('find %s falsified, whatever the checksums say', async (name, change, message) => {
    const copy = await falsified(`falsified ${name}`, change as Parameters<typeof falsified>[1]);
    const { status, stderr } = await askAtlas(['verify', copy]);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
  });
});

type Change = (path: string, by: (values: Float32Array, name: string) => void) => void;
