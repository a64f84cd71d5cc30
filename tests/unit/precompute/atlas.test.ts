// The whole command, on real (quick) runs: what it writes, what it says, how it ends.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataHash, diskFiles, diskSources } from '../../../precompute/data-sources.ts';
import { experimentNames, loadExperiment, profiles } from '../../../precompute/experiment-files.ts';
import { artifactsFolder } from '../../../precompute/paths.ts';
import { trainingVersion } from '../../../precompute/source-hash.ts';
import { sha256 } from '../../../src/artifact/checksum.ts';
import { trainingKey } from '../../../src/artifact/content-hash.ts';
import { parseManifest, type Manifest } from '../../../src/artifact/manifest.ts';
import { openArtifact } from '../../../src/artifact/checked-artifact.ts';
import { withManifestHash } from '../../../src/artifact/manifest-hash.ts';
import { loadWhole, runOf } from '../../../src/artifact/load.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../src/artifact/safetensors.ts';
import { verifyArtifact } from '../../../src/artifact/verify.ts';
import { answeredStudy } from '../../../src/landscape/study.ts';
import { createNodeExecutor } from '../../../src/engine/runtime/node.ts';
import type { Experiment } from '../../../src/learning/experiment.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { askAtlas, runAtlas, temporaryFolder, type Outcome, type RunOptions } from './run-atlas.ts';

const folder = temporaryFolder();
const out = join(folder.path, 'data');
const cache = join(folder.path, 'cache');
afterAll(folder.remove);

const atlas = (args: string[], options: Partial<RunOptions> = {}) =>
  runAtlas(args, { cache, ...options });
const quick = (...more: string[]) =>
  atlas(['run', 'all', '--profile', 'quick', '--out', out, '--provider', 'cpu', ...more]);
/** One experiment, into a folder that no other test reads. */
const quickly = (name: string, ...more: string[]) => {
  const elsewhere = join(folder.path, 'forced');
  return atlas([
    'run',
    name,
    '--profile',
    'quick',
    '--out',
    elsewhere,
    '--provider',
    'cpu',
    ...more,
  ]);
};
/** Experiments without conditions. */
const names = ['averages', 'digits', 'fifty', 'gauge', 'two-weights'];
/** Experiments with analyses of their authors'. */
const studies = [
  'averages',
  'batches',
  'curve',
  'depth',
  'digits',
  'edge-of-stability',
  'fifty',
  'gauge',
  'initialisers',
  'optimisers',
  'random-walk',
  'road',
  'widths',
];
const all = [...new Set([...names, ...studies])].sort();

/** A copy of an artifact, for a test to damage. */
function copyOf(name: string, to: string): string {
  const copy = join(folder.path, to, name);
  cpSync(join(out, name), copy, { recursive: true });
  return copy;
}

/** One sentence on stderr, nothing on stdout, and no stack. */
function expectRefusal({ status, stdout, stderr }: Outcome, message: RegExp, expected = 1) {
  const lines = stderr.trim().split('\n');
  expect(lines.at(-1)).toMatch(message);
  expect(lines.at(-1)).toMatch(/^atlas: /);
  expect(lines.filter((line) => line.startsWith('atlas: '))).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe('');
  expect(status).toBe(expected);
}

const readFrom = (parent: string) => (path: string) =>
  Promise.resolve(new Uint8Array(readFileSync(join(parent, path))));

/** As a page may fetch them without making anybody wait. */
function expectSmall(display: string): void {
  const sizes = readdirSync(display).map((file) => [file, statSync(join(display, file)).size]);
  expect(sizes.filter(([, bytes]) => Number(bytes) >= 200_000)).toEqual([]);
}

/** What the store of trained networks calls those of an experiment. */
const storedAs = async (experiment: Experiment): Promise<string> => {
  const context = { provider: 'cpu', trainingVersion: await trainingVersion() };
  const key = await trainingKey(experiment, {
    ...context,
    dataHash: await dataHash(experiment.data),
  });
  return key.slice(0, 32);
};

let first: Outcome;
let trainedFirst: string[];
beforeAll(async () => {
  first = await quick();
  trainedFirst = readdirSync(join(cache, 'training')).sort();
});

describe('atlas run', () => {
  it('writes an artifact for each experiment, and names stages on the way', () => {
    expect(first.status, first.stderr).toBe(0);
    expect(readdirSync(out).sort()).toEqual(all);
    for (const name of names)
      expect(first.stdout).toMatch(new RegExp(`^${name}: \\d+ converged`, 'm'));
    for (const stage of ['data', 'training', 'landscape', 'boundaries', 'writing']) {
      expect(first.stderr).toMatch(new RegExp(`fifty \\(\\d+ of ${all.length}\\): ${stage}`));
    }
    for (const name of studies) {
      expect(first.stdout).toMatch(
        new RegExp(`^${name}: \\d+ con.*[,;] \\d+ analys[ei]s.*written in`, 'm'),
      );
    }
    for (const analysis of ['slices', 'barriers', 'curvature']) {
      expect(first.stderr).toMatch(new RegExp(`fifty \\(\\d+ of ${all.length}\\): ${analysis}`));
    }
  });

  it('trains once what several runs and conditions train alike', async () => {
    const wanted: string[] = [];
    for (const name of await experimentNames()) {
      const { study } = await loadExperiment(name, 'quick');
      if (!study.compares) wanted.push(await storedAs(study.base));
      else for (const { experiment } of study.conditions) wanted.push(await storedAs(experiment));
    }
    const distinct = [...new Set(wanted)].sort();
    expect(distinct.length).toBeLessThan(wanted.length);
    expect(trainedFirst).toEqual(distinct);
  });

  it.each(profiles)('%s curves lie between the networks of fifty', async (profile) => {
    const [{ study: curve }, { study: fifty }] = await Promise.all([
      loadExperiment('curve', profile),
      loadExperiment('fifty', profile),
    ]);
    const moons = curve.conditions.find(({ key }) => key === 'moons');
    expect(await storedAs(moons!.experiment)).toBe(await storedAs(fifty.base));
  });

  it('keeps of finished runs nothing but the networks they trained and the answers about them', () => {
    expect(readdirSync(cache)).toEqual(['CACHEDIR.TAG', 'answers', 'training']);
  });

  it.each(names)('writes a %s whose figures have their data, under 200 KB each', async (name) => {
    const run = runOf(await loadWhole(await openArtifact(readFrom(join(out, name)), name)));
    expect(run.curves.trainLoss.length).toBe(
      run.curves.steps.length * run.experiment.initialisations,
    );
    expect(run.landscape?.loss.length).toBe(run.experiment.grid.size ** 2);
    expect(run.boundaries === null).toBe(!['averages', 'fifty', 'gauge'].includes(name));
    expectSmall(join(out, name, 'display'));
  });

  it.each(studies)(
    'writes a study %s whose pages have their results, under 200 KB each',
    async (name) => {
      const { study, results, conditions } = await loadWhole(
        await openArtifact(readFrom(join(out, name)), name),
      );
      const { study: asked } = await loadExperiment(name, 'quick');
      expect(conditions.map(({ key }) => key)).toEqual(asked.conditions.map(({ key }) => key));
      expect(study.conditions).toEqual(asked.conditions);
      expect(study).toEqual(answeredStudy(asked));
      expect(study.analyses).toMatchObject(asked.analyses);
      expect(Object.keys(results)).toEqual(Object.keys(study.analyses));
      expectSmall(join(out, name, 'display'));
    },
  );

  const published = existsSync(artifactsFolder) ? readdirSync(artifactsFolder) : [];
  it.runIf(published.length > 0)(
    'published artifacts, where there are any, stay under 200 KB a figure',
    () => {
      for (const name of published.filter((each) => !each.startsWith('.'))) {
        expectSmall(join(artifactsFolder, name, 'display'));
      }
    },
  );

  it('does not run again what is unchanged', async () => {
    const times = () => readdirSync(out).map((name) => [name, statSync(join(out, name)).mtimeMs]);
    const before = times();
    const again = await quick();
    expect(again.status).toBe(0);
    for (const name of all) expect(again.stdout).toContain(`${name}: unchanged`);
    expect(times()).toEqual(before);
  });

  it('runs again what has changed, and gives the same bytes for the same experiment', async () => {
    const elsewhere = join(folder.path, 'changed');
    const args = ['run', 'fifty', '--profile', 'quick', '--out', elsewhere, '--provider', 'cpu'];
    const { stderr } = await atlas(args);
    expect(stderr.match(/these networks have been trained before/g)).toHaveLength(1);
    const files = (path: string) =>
      (JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) as Manifest).files;
    expect(files(join(elsewhere, 'fifty'))).toEqual(files(join(out, 'fifty')));
    const changed = await atlas([...args, '--set', 'seed=7']);
    expect(changed.stdout).toMatch(/^fifty: \d+ converged/);
    expect(files(join(elsewhere, 'fifty'))).not.toEqual(files(join(out, 'fifty')));
  });

  it('trains anew where it is forced to', async () => {
    const forced = await quickly('fifty', '--force');
    expect(forced.stdout).toMatch(/^fifty: \d+ converged.*; \d+ analyses/m);
    expect(forced.stderr).not.toContain('these networks have been trained before');
  });

  it('notices a damaged artifact and does it again', async () => {
    const copy = copyOf('two-weights', 'damaged');
    truncateSync(join(copy, 'weights.safetensors'), 100);
    const parent = join(folder.path, 'damaged');
    const args = ['run', 'two-weights', '--profile', 'quick', '--out', parent, '--provider', 'cpu'];
    const { status, stderr, stdout } = await atlas(args);
    expect(status).toBe(0);
    expect(stderr).toMatch(/weights.safetensors has 100 bytes where the manifest lists \d+/);
    expect(stdout).toMatch(/^two-weights: \d+ converged/);
    expect(readFileSync(join(copy, 'weights.safetensors'))).toEqual(
      readFileSync(join(out, 'two-weights', 'weights.safetensors')),
    );
  });

  it('stops at Ctrl-C with nothing half written, and goes on from the last finished stage', async () => {
    const target = join(folder.path, 'interrupted');
    const ownCache = join(folder.path, 'interrupted-cache');
    const args = ['run', 'fifty', '--profile', 'quick', '--set', 'grid.size=401'];
    args.push('--out', target, '--provider', 'cpu');
    const interrupted = await atlas(args, {
      cache: ownCache,
      onceItSays: [': landscape', (interrupt) => interrupt()],
    });
    expect(interrupted.status, interrupted.stderr).toBe(130);
    expect(interrupted.stderr).toMatch(/atlas: stopped; finished stages are kept/);
    expect(readdirSync(target)).toEqual([]);
    const resumed = await atlas(args, { cache: ownCache });
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(resumed.stderr).toContain('training: these networks have been trained before');
    expect(resumed.stderr).not.toContain('landscape: answered before');
    expect(readdirSync(target).sort()).toEqual(['fifty']);
    expect(readdirSync(ownCache)).toEqual(['CACHEDIR.TAG', 'answers', 'training']);
  });

  it('runs an experiment of somebody else on a CSV file by path', async () => {
    const csv = join(folder.path, 'own.csv');
    const rows = Array.from(
      { length: 24 },
      (_, i) => `${i % 5},${(i * 7) % 11},${i % 2 ? 'b' : 'a'}`,
    );
    writeFileSync(csv, `width,height,kind\n${rows.join('\n')}\n`);
    const file = join(folder.path, 'own.json');
    const own = {
      data: { kind: 'csv', path: csv },
      hiddenSizes: [3],
      epochs: 4,
      initialisations: 3,
    };
    writeFileSync(file, JSON.stringify({ ...own, snapshots: 3, grid: { size: 5 } }));
    const target = join(folder.path, 'own');
    const { status, stderr } = await atlas(['run', file, '--out', target, '--provider', 'cpu']);
    expect(status, stderr).toBe(0);
    const manifest = await parseManifest(readFileSync(join(target, 'own', 'manifest.json')), '');
    expect(manifest.conditions[0]!.training!.data).toMatchObject({
      featureNames: ['width', 'height'],
      classNames: ['a', 'b'],
      trainCount: 18,
      testCount: 6,
    });
    expect((await askAtlas(['verify', join(target, 'own')])).status).toBe(0);
    writeFileSync(csv, 'width,height,kind\n1,2,a\n3,tall,b\n');
    expectRefusal(
      await askAtlas(['run', file, '--out', target]),
      /line 3, column 2 \("height"\) is "tall": .*\(.*own\.csv\)$/,
    );
    writeFileSync(file, `{"data":${'{"a":'.repeat(6000)}1${'}'.repeat(6001)}`);
    expectRefusal(
      await askAtlas(['run', file, '--set', 'epochs=2', '--out', target]),
      /is nested 8 levels deep/,
    );
  });

  it('will not replace a folder that is no artifact', async () => {
    const mine = join(folder.path, 'mine', 'fifty');
    mkdirSync(mine, { recursive: true });
    writeFileSync(join(mine, 'thesis.txt'), 'irreplaceable');
    const parent = join(folder.path, 'mine');
    const refused = await atlas(['run', 'fifty', '--profile', 'quick', '--out', parent, '--force']);
    expectRefusal(
      refused,
      /fifty holds files that are not an artifact of Loss Atlas \(thesis.txt\), and nothing was touched/,
    );
    expect(readFileSync(join(mine, 'thesis.txt'), 'utf8')).toBe('irreplaceable');
  });

  it.each([
    ['an unknown experiment', ['run', 'fift'], /no experiment "fift": did you mean "fifty"\?/],
    [
      'a file that is not there',
      ['run', 'no/such.json'],
      /cannot read the experiment no\/such.json: it does not exist/,
    ],
    [
      'an unknown setting',
      ['run', 'fifty', '--set', 'epoch=3'],
      /epoch is not a setting: did you mean "epochs"\?/,
    ],
    [
      'a setting without a value',
      ['run', 'fifty', '--set', 'epochs'],
      /"epochs" is not a setting: expected key=value/,
    ],
    ['zero epochs', ['run', 'fifty', '--set', 'epochs=0'], /epochs is 0: expected at least 1/],
    [
      'a folder that cannot be written',
      ['run', 'fifty', '--out', '/dev/null/x'],
      /cannot write to \/dev\/null\/x: a part of the path is not a folder, so nothing was computed; choose another folder with --out/,
    ],
    [
      'what cannot fit in memory',
      ['run', 'fifty', '--set', 'hiddenSizes=[4096,4096]', '--set', 'initialisations=1000'],
      /needs at least [\d.]+ TB, of which [\d.]+ TB for 21 snapshots of 1000 networks/,
    ],
    [
      'a CSV file that is not there',
      ['run', 'fifty', '--set', 'data={"kind":"csv","path":"no.csv"}'],
      /cannot read the data from .*no.csv: it does not exist/,
    ],
  ])('refuses %s', async (_, args, message) => {
    const withOut = args.includes('--out')
      ? args
      : [...args, '--out', join(folder.path, 'refused')];
    expectRefusal(await askAtlas(withOut), message);
  });

  it.each([
    [
      'an unknown provider',
      ['run', 'fifty', '--provider', 'abacus'],
      /'abacus' is invalid. Allowed choices are auto, cuda, webgpu, cpu/,
    ],
    [
      'threads that are no number',
      ['run', 'fifty', '--threads', '0'],
      /expected a whole number from 1 to 1024/,
    ],
    ['an unknown command', ['rn'], /unknown command 'rn' \(Did you mean run\?\)/],
    [
      'an unknown option',
      ['run', 'fifty', '--forse'],
      /unknown option '--forse' \(Did you mean --force\?\)/,
    ],
    ['no experiment', ['run'], /missing required argument 'experiments'/],
  ])('answers %s as misuse', async (_, args, message) => {
    expectRefusal(await askAtlas(args), message, 2);
  });

  it('ends as a process with the status and the sentence of what it refuses', async () => {
    expectRefusal(await atlas(['run', 'fift']), /did you mean "fifty"\?/, 1);
    expectRefusal(await atlas(['rn']), /Did you mean run\?/, 2);
    expectRefusal(await atlas(['inspect', 'nowhere']), /there is no artifact nowhere/, 1);
    expectRefusal(await atlas(['verify', 'nowhere']), /there is no artifact nowhere/, 1);
  });

  it('refuses CUDA where its libraries are missing, with the fix', async () => {
    const { stdout } = await atlas(['providers']);
    if (/^cuda\s+available/m.test(stdout)) return;
    const args = ['run', 'two-weights', '--provider', 'cuda', '--out', join(folder.path, 'cuda')];
    expectRefusal(await atlas(args), /'cuda' cannot run here: .*npm run setup:cuda/);
  });
});

describe('atlas list and providers', () => {
  it('shows every experiment and the state of its artifact', async () => {
    const { status, stdout } = await askAtlas(['list']);
    expect(status).toBe(0);
    for (const name of [...names, ...studies]) expect(stdout).toMatch(new RegExp(`^${name} `, 'm'));
    expect(stdout).toMatch(/^ {2}compares: moons, digits$/m);
    expect(stdout).toMatch(/^ {2}analyses: .*slices.*barriers/m);
    expect(stdout.match(/^ {2}artifact: (absent|current|stale|damaged)/gm)).toHaveLength(
      all.length,
    );
  });

  it('says of each provider whether it runs, and else why not and what to do', async () => {
    const { status, stdout } = await atlas(['providers']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^cuda\s+(available|not available: .+\. .+)$/m);
    expect(stdout).toMatch(/^webgpu\s+(available|not available: .+\. .+)$/m);
    expect(stdout).toMatch(/^cpu\s+available$/m);
  });
});

describe('atlas inspect', () => {
  it('reports configuration, provider, statistics, explained variance with its null, and files', async () => {
    const { status, stdout } = await askAtlas(['inspect', join(out, 'fifty')]);
    expect(status).toBe(0);
    const bytes = readFileSync(join(out, 'fifty/manifest.json'));
    const { files, conditions } = await parseManifest(bytes, '');
    const { statistics } = conditions[0]!.training!;
    expect(stdout).toContain('6 networks, moons, hidden 8 tanh, adam at 0.01');
    expect(stdout).toMatch(/provider\s+cpu/);
    expect(stdout).toContain(`mean ${Number(statistics.trainLoss.mean.toPrecision(4))}`);
    expect(stdout).toMatch(/snapshots\s+first two \d+\.\d%/);
    expect(stdout).toMatch(/null\s+first two \d+\.\d%/);
    for (const { path } of files) expect(stdout).toContain(path);
  });

  it('has nothing to project where the weights are the plane', async () => {
    const { stdout } = await askAtlas(['inspect', join(out, 'two-weights')]);
    expect(stdout).toContain('the two weights themselves: nothing is lost');
  });

  it.each([
    [
      'a truncated tensor file',
      (path: string) => truncateSync(join(path, 'results/landscape.safetensors'), 64),
      /landscape.safetensors has 64 bytes where the manifest lists \d+: it is truncated/,
    ],
    [
      'a truncated manifest',
      (path: string) => truncateSync(join(path, 'manifest.json'), 64),
      /manifest.json is not JSON/,
    ],
    [
      'a foreign manifest',
      (path: string) => writeFileSync(join(path, 'manifest.json'), '{"name":"x"}'),
      /is not a Loss Atlas manifest of version 3/,
    ],
  ])('rejects %s in a sentence', async (name, damage, message) => {
    const copy = copyOf('two-weights', name.replaceAll(' ', '-'));
    damage(copy);
    expectRefusal(await askAtlas(['inspect', copy]), message);
  });

  it('says where there is no artifact', async () => {
    expectRefusal(await askAtlas(['inspect', 'nowhere']), /there is no artifact nowhere/);
    const manifest = join(out, 'fifty', 'manifest.json');
    expectRefusal(
      await askAtlas(['inspect', manifest]),
      /is a file: expected the folder of an artifact/,
    );
  });
});

describe('atlas verify', () => {
  it.each(names)('finds %s as it was computed', async (name) => {
    const { status, stdout, stderr } = await askAtlas(['verify', join(out, name)]);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/ok {2}manifest/);
    expect(stdout).toMatch(/ok {2}networks: initial and final losses of all \d+ evaluated again/);
    expect(stdout).toMatch(/ok {2}landscape: \d+ numbers computed again/);
    expect(stdout).toMatch(/ok {2}files: \d+ files/);
  });

  it('finds every study as it was computed', async () => {
    const executor = await createNodeExecutor({ provider: 'cpu' });
    try {
      for (const name of studies) {
        const findings = await verifyArtifact({
          read: readFrom(join(out, name)),
          where: name,
          executor,
          prepare: async (experiment) => ({
            data: await prepareData(experiment, diskSources),
            dataHash: await dataHash(experiment.data),
          }),
          readTensors: diskFiles().tensors,
          fileHash: () => Promise.resolve(null),
          signal: new AbortController().signal,
        });
        const { study } = await loadExperiment(name, 'quick');
        for (const analysis of Object.keys(study.analyses)) {
          const again = new RegExp(`^${analysis}: [1-9]\\d* numbers computed again`);
          expect(
            findings.filter((finding) => again.test(finding)),
            analysis,
          ).toHaveLength(1);
        }
      }
    } finally {
      executor.dispose();
    }
  });

  it('finds a falsified surface by evaluating it again, whatever its checksums say', async () => {
    const copy = copyOf('fifty', 'falsified');
    await rewrite(copy, 'results/landscape.safetensors', 'loss', (loss) => loss * 1.001);
    expectRefusal(
      await askAtlas(['verify', copy, '--provider', 'cpu']),
      /training loss at surface point \d+ is \S+ and comes out as \S+ when computed again/,
    );
  });

  it('finds statistics that are not those of the curves', async () => {
    const copy = copyOf('fifty', 'flattered');
    await rewriteManifest(
      copy,
      ({ conditions }) => (conditions[0]!.training!.statistics.trainLoss.mean /= 2),
    );
    expectRefusal(
      await askAtlas(['verify', copy]),
      /the statistic trainLoss does not follow from the curves/,
    );
  });

  it('finds a number of the manifest that was changed by hand', async () => {
    const copy = copyOf('fifty', 'by-hand');
    const path = join(copy, 'manifest.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/"timings": \{\s+"\w+": /, '$&1'));
    for (const command of ['verify', 'inspect']) {
      expectRefusal(
        await askAtlas([command, copy]),
        /by-hand\/fifty\/manifest\.json does not match its own checksum: it was damaged or changed; run the experiment again$/,
      );
    }
  });

  it('finds initial weights that are not those of the seed', async () => {
    const copy = copyOf('fifty', 'other-start');
    for (const name of ['snapshots', 'initial'])
      await rewrite(copy, 'weights.safetensors', name, (weight, i) => (i === 3 ? -weight : weight));
    expectRefusal(
      await askAtlas(['verify', copy]),
      /weight 3 of network 0 starts at \S+ where seed 42 gives/,
    );
  });

  it('finds a configuration that is not the one that was run', async () => {
    const copy = copyOf('fifty', 'renamed');
    await rewriteManifest(copy, ({ study }) =>
      Object.assign(study.conditions[0]!.experiment, { learningRate: 0.02 }),
    );
    expectRefusal(await askAtlas(['verify', copy]), /the content hash does not follow/);
  });
});

/** Changes the manifest, and its own hash with it. */
async function rewriteManifest(folderOfRun: string, change: (manifest: Manifest) => unknown) {
  const path = join(folderOfRun, 'manifest.json');
  const { manifestHash: _, ...manifest } = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  change(manifest as Manifest);
  writeFileSync(path, JSON.stringify(await withManifestHash(manifest)));
}

/** Changes every value of a stored tensor, and the checksum with it. */
async function rewrite(
  folderOfRun: string,
  path: string,
  name: string,
  change: (value: number, index: number) => number,
) {
  const { tensors, metadata } = decodeSafetensors(readFileSync(join(folderOfRun, path)), path);
  const values = tensors.get(name)?.values as Float32Array;
  values.forEach((value, i) => (values[i] = change(value, i)));
  const bytes = encodeSafetensors(Object.fromEntries(tensors), Object.fromEntries(metadata));
  writeFileSync(join(folderOfRun, path), bytes);
  const hash = await sha256(bytes);
  await rewriteManifest(folderOfRun, ({ files }) => {
    const entry = files.find((file) => file.path === path);
    Object.assign(entry ?? {}, { bytes: bytes.length, sha256: hash });
  });
}
