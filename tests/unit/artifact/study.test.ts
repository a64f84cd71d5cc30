// A study's manifest and files: complete or refused in one sentence, whatever was done to them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArtifactError } from '../../../src/artifact/artifact-error.ts';
import { sha256 } from '../../../src/artifact/checksum.ts';
import { openArtifact } from '../../../src/artifact/checked-artifact.ts';
import { load, loadWhole } from '../../../src/artifact/load.ts';
import { withManifestHash } from '../../../src/artifact/manifest-hash.ts';
import { formatManifest, parseManifest, type Manifest } from '../../../src/artifact/manifest.ts';
import { outlineOf } from '../../../src/artifact/outline.ts';
import { decodeResult, encodeResult, resultFiles } from '../../../src/artifact/result-files.ts';
import { decodeEnds, encodeEnds } from '../../../src/artifact/weights-file.ts';
import { decodeShownTensors } from '../../../src/artifact/result-tensors.ts';
import { joinResult } from '../../../src/artifact/result-tree.ts';
import { numericArray, onLogScale } from '../../../src/landscape/analyses/numeric-array.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';

const hash = await sha256('');
const experiment = parseExperiment({ name: 'pace', initialisations: 2, epochs: 5 }, 'a test');
const result = {
  barrier: numericArray([2], [0.5, NaN]),
  curve: onLogScale(
    [3000],
    Float32Array.from({ length: 3000 }, (_, i) => Math.exp(-i / 300)),
  ),
  mean: { value: 0.25, interval: [NaN, 1] },
};
const encoded = encodeResult(result);
const claim = {
  id: 'falls',
  analysis: 'ends',
  source: 'li2018',
  found: 'it falls',
  evidence: [{ what: 'fall', value: NaN, interval: [NaN, 1] as const, unit: '' }],
  criterion: 'below 0',
  verdict: 'not shown',
  sentence: 'It does not.',
};
const weights = encodeEnds([
  {
    key: 'a',
    experiment,
    initial: Float32Array.of(1, 2, 3, 4),
    final: Float32Array.of(5, 6, 7, 8),
  },
]);
const files = new Map<string, Uint8Array>([
  ['weights.safetensors', weights],
  ...(await resultFiles(new Map([['ends', encoded]]))),
]);
const manifest = {
  format: 'loss-atlas-artifact',
  schemaVersion: 3,
  name: 'pace',
  profile: 'file',
  study: {
    name: 'pace',
    title: '',
    conditions: [{ key: 'a', title: 'a', experiment }],
    analyses: { ends: { kind: 'outcomes', records: 11 } },
  },
  provider: 'cpu',
  providerReason: 'a test',
  versions: { node: '24' },
  sourcesHash: hash,
  engineVersion: hash,
  contentHash: hash,
  conditions: [
    { key: 'a', dataHash: hash, sizes: [2, 2], parameters: 2, networks: 2, diverged: 0 },
  ],
  inputs: [],
  timings: { training: 1 },
  unanswered: {} as Record<string, string>,
  claims: [claim],
  files: await Promise.all(
    [...files].map(async ([path, bytes]) => ({
      path,
      bytes: bytes.length,
      sha256: await sha256(bytes),
      purpose: '',
    })),
  ),
};
const text = formatManifest(await withManifestHash(manifest));

/** Another manifest, with a hash that fits it. */
const changed = async (change: (copy: never) => void): Promise<string> => {
  const { manifestHash: _, ...copy } = JSON.parse(text);
  change(copy as never);
  return JSON.stringify(await withManifestHash(copy));
};

describe('the manifest of a study', () => {
  it('is read as it was written, numbers that are none included', async () => {
    const read = await parseManifest(text, 'x');
    expect(read.claims[0]!.evidence[0]).toEqual({ ...claim.evidence[0], interval: [NaN, 1] });
    expect(read.study.conditions[0]!.experiment).toEqual(experiment);
    expect(decodeResult(encoded.json, encoded.full, 'x')).toMatchObject({
      mean: { value: 0.25, interval: [NaN, 1] },
    });
  });

  it.each<[string, (copy: never) => void, RegExp]>([
    [
      'another version',
      (copy: { schemaVersion: number }) => (copy.schemaVersion = 9),
      /schemaVersion/,
    ],
    ['another format', (copy: { format: string }) => (copy.format = 'loss-atlas'), /format/],
    [
      'an unknown analysis',
      (copy: typeof manifest) => Object.assign(copy.study.analyses.ends, { kind: 'x' }),
      /study\.analyses\.ends\.kind/,
    ],
    [
      'a verdict of its own',
      (copy: typeof manifest) => (copy.claims[0]!.verdict = 'proven'),
      /claims\.0\.verdict/,
    ],
    [
      'a file outside',
      (copy: typeof manifest) => (copy.files[0]!.path = '../x.safetensors'),
      /files\.0\.path/,
    ],
    ['a field too many', (copy: object) => Object.assign(copy, { extra: 1 }), /the whole/],
    [
      'a name that is not its study’s',
      (copy: typeof manifest) => (copy.name = 'peace'),
      /name: expected that of its study, pace/,
    ],
    [
      'conditions that are not its study’s',
      (copy: typeof manifest) => (copy.conditions[0]!.key = 'b'),
      /conditions: expected those of its study, a\)/,
    ],
    ['a condition less', (copy: typeof manifest) => copy.conditions.pop(), /conditions: Too small/],
    [
      'files of an analysis that has no answer',
      (copy: typeof manifest) => Object.assign(copy, { unanswered: { ends: 'x' }, claims: [] }),
      /files: expected weights\.safetensors\)/,
    ],
    [
      'no answer to an analysis of another study',
      (copy: typeof manifest) => Object.assign(copy.unanswered, { more: 'x' }),
      /unanswered: expected some of its analyses: ends\)/,
    ],
    [
      'an analysis without answer and without reason',
      (copy: typeof manifest) => Object.assign(copy.unanswered, { ends: '' }),
      /unanswered\.ends: /,
    ],
    [
      'a claim of no analysis',
      (copy: typeof manifest) => (copy.claims[0]!.analysis = 'more'),
      /claims: expected claims of the analyses with a result: ends\)/,
    ],
    [
      'a claim of an analysis without answer',
      (copy: typeof manifest) => Object.assign(copy.unanswered, { ends: 'x' }),
      /claims: expected claims of the analyses with a result: none\)/,
    ],
    [
      'a file that is not listed, and so has no checksum',
      (copy: typeof manifest) => copy.files.pop(),
      /files: expected weights\.safetensors, results\/ends\.json, results\/ends\.safetensors, display\/ends\.safetensors\.gz\)/,
    ],
    [
      'JSON that is no result',
      (copy: typeof manifest) => (copy.files[0]!.path = 'display/ends.json'),
      /files\.0\.path: expected a safetensors file of the artifact, or the JSON of a result\)/,
    ],
    [
      'a file listed twice',
      (copy: typeof manifest) => copy.files.push(copy.files[0]!),
      /files: expected each file once/,
    ],
  ] as never)('with %s is refused in one sentence', async (_, change, message) => {
    const parsing = parseManifest(await changed(change as never), 'x/manifest.json');
    await expect(parsing).rejects.toBeInstanceOf(ArtifactError);
    await expect(parsing).rejects.toThrow(message);
    await expect(parsing).rejects.toThrow(
      /^x\/manifest.json is not a Loss Atlas manifest of version 3 .* run the experiment again$/,
    );
  });

  it('of version 1, with its results inside, is told to be run again', async () => {
    const old = { ...manifest, schemaVersion: 1, results: { ends: encoded.json } };
    await expect(parseManifest(JSON.stringify(old), 'x')).rejects.toThrow(
      /^x is not a Loss Atlas manifest of version 3 \(schemaVersion: .*\): run the experiment again$/,
    );
  });

  it('is refused by nothing but an ArtifactError, whatever is in it', async () => {
    const parts = Object.keys(manifest) as (keyof typeof manifest)[];
    const hostile = fc
      .tuple(fc.constantFrom(...parts), fc.jsonValue())
      .map(([key, value]) => JSON.stringify({ ...manifest, [key]: value }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostile, fc.json(), fc.string()), async (content) => {
        const refused = await parseManifest(content, 'x').catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(ArtifactError);
        expect((refused as Error).message).toMatch(
          /^x (is not|does not match) .* run the experiment again$/s,
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the tensors of a result', () => {
  const full = encoded.full;
  const mutations = (whole: Uint8Array) =>
    fc.oneof(
      fc
        .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
        .map((changes) => {
          const bytes = whole.slice();
          for (const [index, value] of changes) bytes[index] = value;
          return bytes;
        }),
      fc.nat(whole.length).map((length) => whole.slice(0, length)),
      fc.uint8Array({ maxLength: 100 }),
    );

  /** Whatever comes out is a result of plain numbers; what does not is told in one sentence. */
  const tells = (work: () => unknown): void => {
    try {
      const { barrier, curve } = work() as Partial<typeof result>;
      for (const tensor of [barrier, curve]) {
        if (!tensor) continue;
        expect(tensor.shape.reduce((a, b) => a * b, 1)).toBe(tensor.values.length);
      }
    } catch (error) {
      expect(error).toBeInstanceOf(ArtifactError);
      expect((error as Error).message).toMatch(/^x\b[^\n]*$/);
    }
  };

  it('changed at random are read, or refused by nothing but an ArtifactError', () => {
    fc.assert(
      fc.property(mutations(full), (bytes) => tells(() => decodeResult(encoded.json, bytes, 'x'))),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(mutations(encoded.shown), (bytes) =>
        tells(() => joinResult(encoded.json, decodeShownTensors(bytes, 'x'), 'x')),
      ),
      { numRuns: 1000 },
    );
  });

  it('are asked for by any JSON, and found, or refused by nothing but an ArtifactError', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.string(), (json, tensor) =>
        tells(() => ({ all: decodeResult([json, { tensor }], full, 'x') })),
      ),
      { numRuns: 1000 },
    );
    const bottomless = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    expect(() => decodeResult(bottomless, full, 'x')).toThrow(/nested more than 32 levels deep/);
    expect(() => decodeResult(undefined, full, 'x')).toThrow('x lacks a result');
  });
});

describe('a study loaded for figures and prose', () => {
  const read =
    (manifestText = text) =>
    async (path: string) => {
      if (path === 'manifest.json') return new TextEncoder().encode(manifestText);
      const bytes = files.get(path);
      if (!bytes) throw new Error(`no file ${path}`);
      return bytes;
    };
  const open = (manifestText = text) => openArtifact(read(manifestText), 'pace');

  it('has its results with their tensors, and claims by name', async () => {
    const study = await loadWhole(await open());
    const { barrier, curve, mean } = study.results['ends'] as typeof result;
    expect([...barrier.values]).toEqual([0.5, NaN]);
    expect(curve.values[1500]! / Math.exp(-5)).toBeCloseTo(1, 3);
    expect(mean).toEqual(result.mean);
    expect(study.claims['falls']!.sentence).toBe('It does not.');
    expect(study.unanswered).toEqual({});
  });

  const site = async (path: string): Promise<Uint8Array> => {
    const { manifest: told } = await open();
    if (path === 'pace/outline.json')
      return new TextEncoder().encode(JSON.stringify(outlineOf(told)));
    return path === 'pace/outline/ends.json'
      ? read()('results/ends.json')
      : read()(path.slice('pace/'.length));
  };

  it('is read by a page from outlines, and of the analyses that it draws alone', async () => {
    const seen: string[] = [];
    const fetched = (path: string) => (seen.push(path), site(path));
    const { unanswered: _, ...built } = await loadWhole(await open());
    expect(JSON.stringify(await load('pace', fetched, ['ends']))).toBe(JSON.stringify(built));
    expect(seen).toEqual([
      'pace/outline.json',
      'pace/outline/ends.json',
      'pace/display/ends.safetensors.gz',
    ]);
  });

  it('has what two analyses claim alike under two names', async () => {
    const { manifest: told, read: own } = await open();
    const twice = { ...told.claims[0]!, analysis: 'more', sentence: 'It rises.' };
    const { claims } = await loadWhole({
      manifest: { ...told, claims: [...told.claims, twice] } as Manifest,
      read: own,
    });
    expect(claims['falls']!.sentence).toBe('It does not.');
    expect(claims['more/falls']!.sentence).toBe('It rises.');
  });

  it.each([...files.keys()].filter((path) => path !== 'weights.safetensors'))(
    'is refused where a byte of %s is another',
    async (path) => {
      const damaged = async (asked: string) => {
        const bytes = await read()(asked);
        return asked === path ? bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) : bytes;
      };
      const opened = await openArtifact(damaged, 'pace');
      await expect(opened.read(path)).rejects.toThrow(
        `pace/${path} does not match its checksum: it was damaged or changed; run the experiment again`,
      );
    },
  );

  it('has no other files than those of its manifest', async () => {
    await expect((await open()).read('results/more.json')).rejects.toThrow(
      'pace/results/more.json is not among the files that the manifest lists: run the experiment again',
    );
  });

  it('is refused by a page where a file was cut short, or is none', async () => {
    const path = 'pace/display/ends.safetensors.gz';
    const loading = (change: (bytes: Uint8Array) => Uint8Array) =>
      load('pace', async (asked) => (asked === path ? change(await site(asked)) : site(asked)), [
        'ends',
      ]);
    await expect(loading((bytes) => bytes.slice(0, -20))).rejects.toThrow(
      `${path} is not whole: it cannot be unzipped; run the experiment again`,
    );
    await expect(loading(() => Uint8Array.of(1, 2))).rejects.toThrow(
      `${path} is not a usable safetensors file`,
    );
  });

  it.each([
    ['not JSON', '{', /pace\/outline\.json is not JSON: run the experiment again/],
    [
      'of another version',
      text.replace('"schemaVersion": 3', '"schemaVersion": 2'),
      /is not that of a Loss Atlas artifact of version 3/,
    ],
  ])('is refused by a page where its outline is %s', async (_, content, message) => {
    const fetched = async () => new TextEncoder().encode(content);
    await expect(load('pace', fetched, ['ends'])).rejects.toThrow(message);
  });
});

it('weights come back by condition, and are refused where their sizes are others', () => {
  const facts = { networks: 2, parameters: 2 };
  const { initial, final } = decodeEnds(weights, 'w', facts, 'a.');
  expect([[...initial], [...final]]).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
  expect(() => decodeEnds(weights, 'w', { ...facts, networks: 4 }, 'a.')).toThrow(
    /w: tensor "a\.initial" is F32 \[2, 2\] where F32 \[4, 2\] was expected/,
  );
  expect(() => decodeEnds(weights, 'w', facts, 'b.')).toThrow(/w lacks the tensor "b\.initial"/);
});
