// What `atlas verify` finds of a study that says something else than was computed, one falsification at a time.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskSources } from '../../../precompute/data-sources.ts';
import { ArtifactError } from '../../../src/artifact/artifact-error.ts';
import { sha256 } from '../../../src/artifact/checksum.ts';
import type { Manifest } from '../../../src/artifact/manifest.ts';
import { verifyArtifact } from '../../../src/artifact/verify.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { cpuExecutor } from '../../fixtures/cpu-executor.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { falsified, studyArtifact, type Files, type Tampering, type Told } from './a-study.ts';

const folder = temporaryFolder();
const executor = await cpuExecutor();
let files: Files;
beforeAll(async () => {
  files = await studyArtifact(executor, join(folder.path, 'pace'));
});
afterAll(() => folder.remove());

const verify = (artifact: Files, signal = new AbortController().signal) =>
  verifyArtifact({
    read: (path) => {
      const bytes = artifact.get(path);
      return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`no file ${path}`));
    },
    where: 'pace',
    executor,
    prepare: async (experiment) => ({
      data: await prepareData(experiment, diskSources),
      dataHash: await sha256(''),
    }),
    readTensors: () => Promise.reject(new Error('no file is named')),
    fileHash: () => Promise.resolve(null),
    signal,
  });

describe('a study as it was computed', () => {
  it('is found to hold: files, starts, every analysis, claims and what the page shows', async () => {
    const findings = (await verify(files)).join('\n');
    expect(findings).toContain('10 files, sizes and SHA-256 as listed');
    expect(findings).toContain('starts: those of the seed in all 2 conditions, bit for bit');
    expect(findings).toMatch(/ends: \d+ numbers computed again \(212 that follow from tensors/);
    expect(findings).toMatch(/ways: \d+ numbers computed again .* 54 of tensors: loss, accuracy/);
    expect(findings).toMatch(/planes: \d+ numbers computed again .* 54 of tensors: loss, accur/);
    expect(findings).toContain('claims: all 2 follow from the results');
    expect(findings).toContain("display: the page's copies show the results");
  });

  it('is checked no further when the user stops', async () => {
    const stopped = AbortSignal.abort(new Error('stop'));
    await expect(verify(files, stopped)).rejects.toThrow('stop');
  });
});

const claimOf = ({ claims }: Manifest) => claims[0] as Manifest['claims'][number];
const conditionOf = ({ conditions }: Manifest) => conditions[1] as Manifest['conditions'][number];
const waysOf = ({ results }: Told) =>
  results['ways'] as {
    straight: { meanBarrier: { value: number } };
    curves: Record<string, Record<string, unknown>>;
  };

describe('a study that says something else', () => {
  it.each<[string, Tampering, RegExp]>([
    [
      'a loss on a slice',
      { tensors: ['results/planes.safetensors', /around\.loss$/, (loss) => loss * 1.01] },
      /planes: loss at a point of slice around is \S+ and comes out as \S+ when computed again/,
    ],
    [
      'a loss on a curve',
      { tensors: ['results/ways.safetensors', /chain\.loss$/, (loss) => loss / 2] },
      /ways: curves\.chain\.barrier\[\d\] is \S+ and comes out as \S+ when computed again/,
    ],
    [
      'a curve',
      { tensors: ['results/ways.safetensors', /bezier\.bends$/, (weight) => weight + 1] },
      /ways: curves\.bezier\.detour\[0\] is \S+ and comes out as \S+ when computed again/,
    ],
    [
      'where training began',
      { tensors: ['weights.safetensors', /adam\.initial/, (w, i) => (i === 3 ? w + 1 : w)] },
      /condition adam: weight 3 of network 0 starts at \S+ where seed 42 gives/,
    ],
    [
      'where training ended',
      { tensors: ['weights.safetensors', /sgd\.final/, (weight) => weight * 1.2] },
      /ends: final training loss of network 0 of sgd is \S+ and comes out as/,
    ],
    [
      'networks that did not diverge',
      { tensors: ['weights.safetensors', /sgd\.final/, (w, i) => (i === 0 ? NaN : w)] },
      /condition sgd: 0 of 4 networks diverged where the weights of 1 are not finite/,
    ],
    [
      'more diverged networks than there are',
      { manifest: (manifest) => Object.assign(conditionOf(manifest), { diverged: 5 }) },
      /condition sgd: 5 of 4 networks diverged/,
    ],
    [
      'other layers',
      { manifest: (manifest) => Object.assign(conditionOf(manifest), { sizes: [2, 5, 2] }) },
      /condition sgd: sizes are 2,5,2 where 2,4,2 were expected/,
    ],
    [
      'fewer weights',
      { manifest: (manifest) => Object.assign(conditionOf(manifest), { parameters: 21 }) },
      /condition sgd: parameters are 21 where 22 were expected/,
    ],
    [
      'fewer networks',
      { manifest: (manifest) => Object.assign(conditionOf(manifest), { networks: 3 }) },
      /condition sgd: networks are 3 where 4 were expected/,
    ],
    [
      'other data',
      {
        manifest: (manifest) => Object.assign(conditionOf(manifest), { dataHash: '0'.repeat(64) }),
      },
      /condition sgd was computed from other data than are here now/,
    ],
    [
      'another seed',
      {
        manifest: ({ study }) => Object.assign(study.conditions[0]!.experiment, { seed: 7 }),
      },
      /condition adam: weight 0 of network 0 starts at \S+ where seed 7 gives/,
    ],
    [
      'a verdict',
      {
        manifest: (manifest) =>
          Object.assign(claimOf(manifest), {
            verdict: claimOf(manifest).verdict === 'shown' ? 'opposite' : 'shown',
          }),
      },
      /the claim "curves-connect-bezier" does not follow from the result of ways/,
    ],
    [
      'a sentence',
      { manifest: (manifest) => Object.assign(claimOf(manifest), { sentence: 'It is proven.' }) },
      /the claim "curves-connect-bezier" does not follow from the result of ways/,
    ],
    [
      'an interval',
      {
        manifest: (manifest) => Object.assign(claimOf(manifest).evidence[0]!, { interval: [0, 1] }),
      },
      /the claim "curves-connect-bezier" does not follow from the result of ways/,
    ],
    [
      'a number that a claim is made of',
      {
        manifest: (manifest) => (waysOf(manifest).straight.meanBarrier.value = 3),
      },
      /ways: straight\.meanBarrier\.value is 3 and comes out as/,
    ],
    [
      'a claim less',
      { manifest: ({ claims }) => claims.pop() },
      /the claim "curves-connect-chain" does not follow from the result of ways/,
    ],
    [
      'a claim twice',
      { manifest: (manifest) => manifest.claims.push(claimOf(manifest)) },
      /3 claims stand in the manifest where the results bear on 2/,
    ],
    [
      'to the page what is not so',
      { tensors: ['display/ways.safetensors.gz', /chain\.loss$/, (loss) => loss * 0.999] },
      /display\/ways\.safetensors\.gz: the page would show \S+ at curves\.chain\.loss\[0\] where the result has/,
    ],
    [
      'to the page what is not so, in rounded numbers',
      { tensors: ['display/planes.safetensors.gz', /around\.loss$/, (code) => code + 300] },
      /the page would show \S+ at slices\.around\.loss\[0\] where the result has/,
    ],
    [
      "one tensor in another's place",
      {
        manifest: (manifest) =>
          Object.assign(waysOf(manifest).curves['chain']!, {
            testLoss: { tensor: 'curves.bezier.testLoss' },
          }),
      },
      /the tensor curves\.bezier\.testLoss stands in the place of curves\.chain\.testLoss/,
    ],
    [
      "another analysis's result",
      {
        manifest: ({ results }) => (results['ways'] = { slices: {} }),
      },
      /the result of ways cannot be checked \(.*\): it is damaged or another analysis's/,
    ],
    [
      'a result without bottom',
      {
        manifest: (manifest) => {
          let deep: unknown = 1;
          for (let i = 0; i < 40; i++) deep = [deep];
          Object.assign(waysOf(manifest), { deep });
        },
      },
      /results\/ways\.safetensors: its result is nested more than 32 levels deep/,
    ],
  ])('%s is found out, whatever checksums and hash say', async (_, tampering, message) => {
    const failing = verify(await falsified(files, tampering));
    await expect(failing).rejects.toThrow(message);
    await expect(failing).rejects.toBeInstanceOf(ArtifactError);
    await expect(failing).rejects.toThrow(/^pace[^\n]*run the experiment again$/);
  });

  const flipped = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 400 ? byte ^ 1 : byte));
  it.each<[string, Tampering, RegExp]>([
    [
      'a bit',
      { leaves: true, bytes: ['weights.safetensors', flipped] },
      /weights\.safetensors does not match its checksum/,
    ],
    [
      'a file that was cut short',
      { leaves: true, bytes: ['results/ends.safetensors', (bytes) => bytes.slice(0, -4)] },
      /results\/ends\.safetensors has \d+ bytes where the manifest lists \d+/,
    ],
    [
      'a page file that is no gzip to its end',
      { bytes: ['display/ends.safetensors.gz', (bytes) => bytes.slice(0, -20)] },
      /display\/ends\.safetensors\.gz is not whole: it cannot be unzipped/,
    ],
    [
      'a configuration',
      {
        leaves: true,
        manifest: ({ study }) =>
          Object.assign(study.conditions[0]!.experiment, { learningRate: 0.02 }),
      },
      /the content hash does not follow from study, data and engine version/,
    ],
    [
      'an engine',
      { leaves: true, manifest: (manifest) => (manifest.engineVersion = 'a'.repeat(64)) },
      /the content hash does not follow/,
    ],
  ])('%s changed is found out by checksums and hash', async (_, tampering, message) => {
    await expect(verify(await falsified(files, tampering))).rejects.toThrow(message);
  });
});
