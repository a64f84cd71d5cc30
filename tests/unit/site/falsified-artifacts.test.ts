// What the site's build makes of artifacts that were changed: it ends in a sentence that names the file and the remedy.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { withManifestHash } from '../../../src/artifact/manifest-hash.ts';
import type { Manifest } from '../../../src/artifact/manifest.ts';
import { decodeFullLandscape } from '../../../src/artifact/full-tensors.ts';
import { decodeSafetensors } from '../../../src/artifact/safetensors.ts';
import { cpuExecutor } from '../../fixtures/cpu-executor.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import * as own from '../artifact/a-run.ts';
import { studyArtifact, type Files } from '../artifact/a-study.ts';

const executor = await cpuExecutor();
const folder = temporaryFolder();
const root = folder.path;
const whole = join(root, 'whole');
const data = join(root, 'public', 'data');
const place = 'in /chapters/x/';

function write(into: string, files: Files): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(into, path)), { recursive: true });
    writeFileSync(join(into, path), bytes);
  }
}

beforeAll(async () => {
  vi.spyOn(process, 'cwd').mockReturnValue(root);
  await studyArtifact(executor, join(whole, 'pace'));
  write(join(whole, 'small'), await own.artifactFiles());
});
afterAll(() => {
  vi.restoreAllMocks();
  folder.remove();
});

/** The readers as a build has them that has read nothing yet. */
async function readers() {
  vi.resetModules();
  const [artifacts, published, sources, value] = await Promise.all([
    import('../../../src/site/readers/artifacts.ts'),
    import('../../../src/site/readers/published-run.ts'),
    import('../../../src/site/readers/figure-source.ts'),
    import('../../../src/site/readers/prose-value.ts'),
  ]);
  return { ...artifacts, ...published, ...sources, ...value };
}

let build: Awaited<ReturnType<typeof readers>>;
beforeEach(async () => {
  rmSync(data, { recursive: true, force: true });
  cpSync(whole, data, { recursive: true });
  build = await readers();
});

function change(path: string, by: (text: string) => string): void {
  const text = readFileSync(join(data, path), 'latin1');
  const changed = by(text);
  expect(changed).not.toBe(text);
  writeFileSync(join(data, path), changed, 'latin1');
}

describe('the build reads artifacts as they were written:', () => {
  it('runs, studies, outlines, and what live runs are compared with', async () => {
    const { statistics } = await build.readRun('small', place);
    expect(statistics.outcomes.diverged).toBe(1);
    expect((await build.publishedRun('small')).finalLosses).toHaveLength(3);
    const study = await build.readStudy('pace', place);
    expect(Object.keys(study.results)).toEqual(['ends', 'ways', 'planes']);
    expect((await build.readOutline('pace')).study).toEqual(study.study);
    expect(Object.keys((await build.readResultData('pace', 'ways')) as object)).toContain('curves');
    expect(await build.listArtifacts()).toEqual(['pace', 'small']);
    expect(await build.listRuns()).toEqual(['small']);
    const [ends, landscape] = [
      await build.firstAndLastWeights('small'),
      await build.fullLandscape('small'),
    ];
    expect(Object.fromEntries(decodeSafetensors(ends, 'ends').tensors)).toMatchObject({
      initial: { shape: [3, 12] },
      final: { shape: [3, 12] },
    });
    expect(decodeFullLandscape({ bytes: landscape, where: 'x' })).toEqual({
      landscape: own.landscape,
      plane: own.plane,
    });
  });
});

describe('the build refuses', () => {
  const number = (text: string) => text.replace(/: ?-?\d+\.\d{3}/, (found) => `${found}1`);
  const flipped = (text: string) =>
    `${text.slice(0, -9)}${text.at(-9) === 'x' ? 'y' : 'x'}${text.slice(-8)}`;
  const ofRun = (name: 'readRun' | 'publishedRun') => () => build[name]('small', place);
  const study = () => build.readStudy('pace', place);
  const outline = () => build.readResultData('pace', 'ways');

  it.each<[string, string, (text: string) => string, () => Promise<unknown>]>([
    ['a number in the manifest of a run', 'small/manifest.json', number, ofRun('readRun')],
    ['the same where a live run asks', 'small/manifest.json', number, ofRun('publishedRun')],
    ['a curve', 'small/display/curves.safetensors.gz', flipped, ofRun('readRun')],
    ['weights', 'small/weights.safetensors', flipped, ofRun('publishedRun')],
    [
      'weights that it only copies',
      'small/results/landscape.safetensors',
      flipped,
      ofRun('readRun'),
    ],
    ['a number in the manifest of a study', 'pace/manifest.json', number, study],
    ['a number of a result', 'pace/results/ways.json', number, study],
    ['the same where a page’s outline is written', 'pace/results/ways.json', number, outline],
    ['what a figure draws', 'pace/display/planes.safetensors.gz', flipped, study],
  ])('%s, changed', async (_, path, by, read) => {
    change(path, by);
    const name = path.split('/')[0];
    const reading = read();
    await expect(reading).rejects.toThrow(
      /does not match its (own )?checksum|bytes where the manifest lists/,
    );
    await expect(reading).rejects.toThrow(`public/data/${path} `);
    await expect(reading).rejects.toThrow(
      new RegExp(`run the experiment again \\('npx atlas run ${name}'\\)\\.$`),
    );
  });

  it('an artifact of which a file is gone', async () => {
    rmSync(join(data, 'pace', 'results', 'ends.json'));
    await expect(study()).rejects.toThrow(
      "public/data/pace/results/ends.json cannot be read (ENOENT): the artifact is not whole; run the experiment again ('npx atlas run pace').",
    );
  });
});

describe('an analysis without answer', () => {
  beforeEach(async () => {
    const path = join(data, 'pace', 'manifest.json');
    const { manifestHash: _, ...fields } = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
    const isOfWays = (file: string) => /\/ways\./.test(file);
    const unanswered = { ways: 'all points coincide' };
    const claims = fields.claims.filter(({ analysis }) => analysis !== 'ways');
    const files = fields.files.filter((file) => !isOfWays(file.path));
    const changed = await withManifestHash({ ...fields, unanswered, claims, files });
    writeFileSync(path, JSON.stringify(changed));
  });

  it('fails the figure that draws it, with its place and the reason', async () => {
    const tag = { study: 'pace', analyses: 'ways' };
    await expect(build.readSource('connecting-curves', tag, place)).rejects.toThrow(
      "The analysis 'ways' of the study 'pace' was not answered (in /chapters/x/): all points coincide.",
    );
  });

  it('fails the value that is read from it, or from its claims', async () => {
    const study = await build.readStudy('pace', place);
    for (const path of ['results.ways.straight.meanBarrier.value', 'claims.curves-connect.id']) {
      expect(() => build.readPath(study, 'pace', path, place)).toThrow(
        /leads nowhere in 'pace' \(in \/chapters\/x\/\): .*; the analysis 'ways' was not answered: all points coincide\.$/,
      );
    }
    expect(build.readPath(study, 'pace', 'study.name', place)).toBe('pace');
  });

  it('leaves the others as they are', async () => {
    const study = await build.readStudy('pace', place);
    expect(Object.keys(study.results)).toEqual(['ends', 'planes']);
  });
});
