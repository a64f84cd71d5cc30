// Analyses that cannot be answered: each is told with its reason, and the others are delivered.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandError, InterruptedError } from '../../../precompute/command-error.ts';
import { asked, UnansweredError } from '../../../precompute/unanswered.ts';
import { ArtifactError } from '../../../src/artifact/artifact-error.ts';
import { encodeSafetensors, stored } from '../../../src/artifact/safetensors.ts';
import { parseManifest } from '../../../src/artifact/manifest.ts';
import { ProviderError } from '../../../src/engine/runtime/executor.ts';
import { distanceMatrix } from '../../../src/landscape/projections/distances.ts';
import { ExperimentError } from '../../../src/learning/experiment-error.ts';
import { askAtlas, runAtlas, temporaryFolder, type Outcome, type RunOptions } from './run-atlas.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const out = join(folder.path, 'data');
const cache = join(folder.path, 'cache');

const projections = { mds: { method: 'classical-scaling', qualityNeighbours: 1 } };
const layout = { kind: 'projections', condition: 'zeros', projections };
const line = {
  kind: 'slices',
  condition: 'zeros',
  slices: { two: { directions: 'two-solutions', size: 5 } },
};
const zeros = {
  name: 'zeros',
  data: { kind: 'moons', samples: 48 },
  hiddenSizes: [4],
  epochs: 2,
  initialisations: 4,
  snapshots: 3,
  conditions: [{ key: 'zeros', set: { initialiser: { kind: 'zeros' } } }, { key: 'drawn' }],
  analyses: { layout, ends: { kind: 'outcomes' }, line, barriers: { kind: 'barriers', points: 5 } },
};

interface Written {
  readonly name: string;
  readonly [setting: string]: unknown;
}

function written(content: Written): string {
  const path = join(folder.path, `${content.name}.json`);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const atlas = (args: string[], options: Partial<RunOptions> = {}): Promise<Outcome> =>
  runAtlas(args, { cache, cwd: folder.path, ...options });
const run = (content: Written, options: Partial<RunOptions> = {}) =>
  atlas(['run', written(content), '--out', out, '--provider', 'cpu'], options);
const manifestOf = (name: string) =>
  parseManifest(readFileSync(join(out, name, 'manifest.json')), name);
const warnings = ({ stderr }: Outcome): string[] =>
  stderr.split('\n').filter((line) => line.startsWith('warning: '));

const coincide = 'all 4 original points coincide: a projection has no quality then; leave it out';
const noLine =
  'direction 1 (from network 0 to network 1) is zero everywhere: expected a direction to go along';

describe('a study of networks that all start at zeros', () => {
  let first: Outcome;
  beforeAll(async () => {
    first = await run(zeros);
  });

  it('delivers what can be answered, and warns of each analysis that cannot', async () => {
    expect(first.status, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/^zeros: 2 conditions, 2 of 4 analyses answered[,;]/);
    expect(warnings(first)).toEqual([
      `warning: the analysis "layout" of zeros cannot be answered: ${coincide}`,
      `warning: the analysis "line" of zeros cannot be answered: ${noLine}`,
    ]);
    expect((await manifestOf('zeros')).unanswered).toEqual({ layout: coincide, line: noLine });
    expect(readdirSync(join(out, 'zeros', 'results'))).toEqual([
      'barriers.json',
      'barriers.safetensors',
      'ends.json',
      'ends.safetensors',
    ]);
  });

  it('warns again where nothing has changed', async () => {
    const again = await run(zeros);
    expect(again.status).toBe(0);
    expect(again.stdout).toMatch(/^zeros: unchanged/);
    expect(warnings(again)).toEqual(warnings(first));
  });

  it('is inspected with the reasons', async () => {
    const { status, stdout } = await askAtlas(['inspect', join(out, 'zeros')]);
    expect(status).toBe(0);
    expect(stdout).toContain(
      `layout: all networks laid out on a plane, and how far each layout can be trusted\n  not answered  ${coincide}\n`,
    );
    expect(stdout).toMatch(/^ends: /m);
  });

  it('is verified, and says how many analyses were not answered', async () => {
    const { status, stdout, stderr } = await askAtlas(['verify', join(out, 'zeros')]);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^ok {2}barriers: \d+ numbers computed again/m);
    expect(stdout).toMatch(
      /^ok {2}not answered: 2 of 4 analyses \(layout, line\), and so not checked$/m,
    );
  });

  it('goes on after a stop: what was answered is kept, what was not is tried again', async () => {
    const slices = { wide: { directions: 'random', size: 401, radius: 1 } };
    const wide = { kind: 'slices', condition: 'drawn', slices };
    const long = { ...zeros, name: 'long', analyses: { ends: { kind: 'outcomes' }, layout, wide } };
    const interrupted = await run(long, { onceItSays: [': wide', (interrupt) => interrupt()] });
    expect(interrupted.status, interrupted.stderr).toBe(130);
    const resumed = await run(long);
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(resumed.stderr.match(/^.*(?=: answered before)/gm)).toEqual(['ends']);
    expect(warnings(resumed)).toHaveLength(1);
    const { unanswered, files } = await manifestOf('long');
    expect(unanswered).toEqual({ layout: coincide });
    expect(files.map(({ path }) => path)).toContain('results/wide.json');
  });
});

describe('a study without a single answer', () => {
  const slice = (spec: object) => ({ kind: 'slices', condition: 'drawn', slices: { one: spec } });
  const mine = (path: string) => slice({ directions: 'user', path });

  it('is written with the reasons, and ends with status 3', async () => {
    const origin = encodeSafetensors({ origin: stored(new Float32Array(22), [22]) });
    writeFileSync(join(folder.path, 'other.safetensors'), origin);
    writeFileSync(join(folder.path, 'other.json'), '{"no": "safetensors"}');
    const analyses = {
      layout,
      far: slice({ directions: 'two-solutions', line: [0, 9] }),
      mine: mine('other.safetensors'),
      none: mine('other.json'),
    };
    const { status, stdout, stderr } = await run({ ...zeros, name: 'nothing', analyses });
    expect(status, stderr).toBe(3);
    expect(stdout).toContain('0 of 4 analyses answered');
    expect(warnings({ status, stdout, stderr })).toHaveLength(4);
    expect((await manifestOf('nothing')).unanswered).toEqual({
      layout: coincide,
      far: expect.stringMatching(/^a slice names network 9, but there are 4/),
      mine: 'other.safetensors has no float32 tensor "directions": expected one of shape [1 to 3, 22]; its tensors are origin',
      none: expect.stringMatching(/other\.json is not a usable safetensors file: its header/),
    });
    // In the folder of the files that it names, which are compared where they are found.
    expect((await atlas(['verify', join(out, 'nothing')])).status).toBe(0);
  });

  it('has its status told by the help', async () => {
    const { stdout } = await askAtlas(['run', '--help']);
    expect(stdout).toMatch(/3 not one analysis of a study could be answered/);
  });
});

describe('what is no answer, and what is a failure', () => {
  const outcomeOf = (work: () => unknown) =>
    asked((async () => work())()).catch((error: unknown) => error);
  const thrown = (error: unknown) => () => {
    throw error;
  };

  it.each<[string, () => unknown]>([
    ["the mathematics' refusal", () => distanceMatrix(Float32Array.of(NaN), 1)],
    ['settings that do not fit', thrown(new ExperimentError('size is 99: expected at most 21'))],
    ['a file of something else', thrown(new ArtifactError('x is not a usable safetensors file'))],
  ])('%s is no answer, with its reason', async (_, work) => {
    const outcome = await outcomeOf(work);
    expect(outcome).toBeInstanceOf(UnansweredError);
    expect((outcome as UnansweredError).message).toBe(
      ((outcome as UnansweredError).cause as Error).message,
    );
  });

  const deep = (depth: number): number => deep(depth + 1) + 1;
  it.each<[string, () => unknown]>([
    ['a stop', thrown(new InterruptedError())],
    ['a provider', thrown(new ProviderError('no device'))],
    ['the disk', thrown(new CommandError('cannot read the file: permission denied'))],
    ['the disk itself', thrown(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }))],
    ['a mistake in the code', () => (null as unknown as number[]).length],
    ['an endless recursion', () => deep(0)],
    ['a length that is none', () => new Float32Array(-1)],
    ['a list too long', () => Array.from({ length: 1 }).concat(new Array(-1))],
    ['memory that is not there', () => new ArrayBuffer(2 ** 52)],
    ['a copy beyond the end', () => new Float32Array(2).set([1, 2, 3])],
    ['a view beyond the end', () => new Float32Array(new ArrayBuffer(8), 16)],
    ['a view off the grid', () => new Float32Array(new ArrayBuffer(8), 1)],
    ['a read beyond the end', () => new DataView(new ArrayBuffer(2)).getFloat64(0)],
    ['a number of digits that is none', () => (1).toFixed(101)],
    ['a text too long', () => 'x'.repeat(-1)],
    ['a whole number that is none', () => BigInt(0.5)],
    ['a buffer of Node beyond its end', () => Buffer.alloc(2).readDoubleLE(0)],
  ])('%s is a failure, thrown as it is', async (_, work) => {
    const outcome = await outcomeOf(work);
    expect(outcome).toBeInstanceOf(Error);
    expect(outcome).not.toBeInstanceOf(UnansweredError);
  });
});
