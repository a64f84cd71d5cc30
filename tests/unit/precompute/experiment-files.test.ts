import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  expandNames,
  experimentNames,
  loadExperiment,
  profiles,
} from '../../../precompute/experiment-files.ts';
import { temporaryFolder } from './run-atlas.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

function written(name: string, text: string | Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

const outline = [
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
  'two-weights',
  'widths',
];

describe("the project's experiments", () => {
  it('are those of the outline', async () => {
    expect(await experimentNames()).toEqual(outline);
    expect(await expandNames(['fifty', 'all'])).toEqual([
      'fifty',
      ...outline.filter((name) => name !== 'fifty'),
    ]);
  });

  it.each(outline)('%s is valid in every profile', async (name) => {
    for (const profile of profiles) {
      const loaded = await loadExperiment(name, profile);
      expect(loaded.study.name).toBe(name);
      expect(loaded.profile).toBe(profile);
    }
    const [published, quick] = [await loadExperiment(name), await loadExperiment(name, 'quick')];
    expect(quick.study.base.epochs).toBeLessThan(published.study.base.epochs);
  });

  it('train what the chapters say', async () => {
    const { study } = await loadExperiment('fifty');
    expect(study.base).toMatchObject({
      data: { kind: 'moons' },
      hiddenSizes: [64],
      learningRate: 0.01,
      epochs: 100,
      initialisations: 50,
      grid: { size: 101 },
    });
  });
});

describe('an experiment by file', () => {
  it('takes its name from the file, and settings come last', async () => {
    const path = written(
      'My Spirals.json',
      '{"data": {"kind": "spirals"}, "epochs": 7, "quick": {"epochs": 2}}',
    );
    const loaded = await loadExperiment(path, 'published', ['epochs=9', 'activation=relu']);
    expect(loaded.profile).toBe('file');
    expect(loaded.study.base).toMatchObject({ name: 'my-spirals', epochs: 9, activation: 'relu' });
    expect((await loadExperiment(path, 'quick')).study.base.epochs).toBe(2);
  });

  const study = {
    epochs: 7,
    conditions: [{ key: 'a' }, { key: 'b', set: { seed: 1 } }],
    analyses: {
      ends: { kind: 'outcomes', records: 50 },
      lines: { kind: 'barriers', points: 9, networks: 20 },
    },
  };
  const withQuick = (quick: object) => written('s.json', JSON.stringify({ ...study, quick }));

  it('replaces single settings of single analyses in the quick profile, and whole fields besides', async () => {
    const path = withQuick({
      epochs: 2,
      conditions: [{ key: 'b', set: { seed: 3 } }],
      analyses: { lines: { points: 5 } },
    });
    const quick = (await loadExperiment(path, 'quick')).study;
    expect(quick.analyses).toEqual({
      ends: { kind: 'outcomes', records: 50 },
      lines: { kind: 'barriers', points: 5, networks: 20, alignments: ['none', 'weights'] },
    });
    expect(quick.conditions.map(({ key, experiment }) => [key, experiment.epochs])).toEqual([
      ['b', 2],
    ]);
    const published = (await loadExperiment(path)).study;
    expect(published.analyses['lines']).toMatchObject({ points: 9, networks: 20 });
    expect(published.conditions.map(({ experiment }) => experiment.seed)).toEqual([42, 1]);
  });

  it('lets settings reach every condition, single conditions and single analyses', async () => {
    const settings = ['epochs=3', 'conditions.1.set.seed=9', 'analyses.lines.points=11'];
    const { study: changed } = await loadExperiment(withQuick({}), 'published', settings);
    expect(changed.conditions.map(({ experiment: e }) => [e.epochs, e.seed])).toEqual([
      [3, 42],
      [3, 9],
    ]);
    expect(changed.analyses['lines']).toMatchObject({ points: 11, networks: 20 });
    const refused = (setting: string) => loadExperiment(withQuick({}), 'published', [setting]);
    await expect(refused('analyses.lines.points=1')).rejects.toThrow(
      /analyses\.lines\.points is 1: expected at least 3/,
    );
    await expect(refused('conditions.1.set.epochs=0')).rejects.toThrow(
      /epochs is 0: expected at least 1 \(.*s\.json, condition b\)/,
    );
    await expect(refused('analyses=3')).rejects.toThrow(/analyses is 3: expected/);
  });

  it.each([
    ['of an analysis that is none', { analyses: { more: { points: 3 } } }, /analyses\.more\.kind/],
    ['of analyses that are no object', { analyses: 3 }, /analyses is 3: expected/],
    [
      'of analyses in a list',
      { analyses: [{ kind: 'outcomes' }] },
      /analyses is a list of 1: expected an object/,
    ],
    ['of an analysis that is no object', { analyses: { ends: 3 } }, /analyses\.ends is 3/],
    ['unknown to the analysis', { analyses: { ends: { points: 3 } } }, /analyses\.ends\.points/],
  ])('is refused with quick settings %s', async (_, quick, message) => {
    await expect(loadExperiment(withQuick(quick), 'quick')).rejects.toThrow(message);
  });

  it('is as strict about analyses in the quick profile as in the published one', async () => {
    for (const analyses of [[{ kind: 'outcomes' }], 3, null, '', false]) {
      const path = written('t.json', JSON.stringify({ ...study, analyses, quick: {} }));
      for (const profile of profiles)
        await expect(loadExperiment(path, profile)).rejects.toThrow(/analyses is /);
    }
  });

  it.each([
    ['nothing', '', /is not JSON at line 1, column 1/],
    ['a comma too many', '{\n  "epochs": 3,\n}', /x.json is not JSON at line 3, column 1/],
    ['a word without quotes', '{\n  "data": moons\n}', /line 2, column 11/],
    ['a comment', '{ // fifty\n "epochs": 3 }', /line 1, column 3/],
    ['brackets without end', '['.repeat(200_000), /is not JSON/],
    ['deep nesting', `{"data":${'['.repeat(5000)}${']'.repeat(5000)}}`, /nested/],
    ['a list', '[1]', /is not an experiment: expected an object/],
    ['a number', '3', /is not an experiment/],
    ['a quick that is no object', '{"quick": 3}', /quick is not an object/],
    ['a setting nobody knows', '{"epoch": 3}', /epoch is not a setting: did you mean "epochs"\?/],
    ['no units', '{"hiddenSizes": [64, 0]}', /hiddenSizes\[1\] is 0/],
    ['negative epochs', '{"epochs": -5}', /epochs is -5: expected at least 1/],
    [
      'a huge size',
      '{"hiddenSizes": [1e9]}',
      /hiddenSizes\[0\] is 1000000000: expected at most 4096/,
    ],
    [
      'an unknown analysis',
      '{"analyses": {"a": {"kind": "barrier"}}}',
      /did you mean "barriers"\?/,
    ],
    ['an analysis of no kind', '{"analyses": {"a": {}}}', /analyses\.a\.kind is/],
    [
      'a condition without a key',
      '{"conditions": [{"set": {}}]}',
      /conditions\[0\]\.key is missing: expected text/,
    ],
    [
      'a condition with a wrong setting',
      '{"conditions": [{"key": "a", "set": {"epochs": -1}}], "analyses": {"b": {"kind": "outcomes"}}}',
      /epochs is -1: expected at least 1 \(.*x\.json, condition a\)/,
    ],
    [
      'an analysis of a condition that is not there',
      '{"conditions": [{"key": "a"}], "analyses": {"b": {"kind": "projections", "condition": "c", "projections": {"p": {"method": "pca"}}}}}',
      /there is no condition "c": expected one of a \(.*x\.json, analyses\.b\)/,
    ],
    ['a reach for the prototype', '{"__proto__": {"epochs": 3}}', /__proto__/],
    ['a name that is a path', '{"name": "../../etc"}', /name is "\.\.\/\.\.\/etc"/],
  ])('with %s is refused in one sentence', async (_, text, message) => {
    const error = await loadExperiment(written('x.json', text)).then(
      () => null,
      (thrown: Error) => thrown,
    );
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain('\n');
    expect(error?.message.length).toBeLessThan(400);
  });

  it('that is not a text, too large, a folder or absent is refused', async () => {
    const load = (path: string) => loadExperiment(path);
    await expect(load(written('b.json', Uint8Array.of(0xff, 0xfe, 0)))).rejects.toThrow(
      /not a text in UTF-8/,
    );
    await expect(load(written('l.json', ' '.repeat(1_000_001)))).rejects.toThrow(
      /has 1,000,001 bytes or more, and expected are at most 1,000,000/,
    );
    mkdirSync(join(folder.path, 'folder.json'));
    await expect(load(join(folder.path, 'folder.json'))).rejects.toThrow(/it is a folder/);
    await expect(load('nowhere/x.json')).rejects.toThrow(
      /cannot read the experiment nowhere\/x.json: it does not exist/,
    );
  });
});

describe('an experiment by a name that is none', () => {
  it.each([
    ['fift', /no experiment "fift": did you mean "fifty"\?/],
    ['twoweights', /did you mean "two-weights"\?/],
    ['Digits', /did you mean "digits"\?/],
    [
      'landscape-of-my-own',
      /expected one of averages, batches, curve, depth, .*, two-weights, widths or a .json file/,
    ],
  ])('%s is told what there is', async (name, message) => {
    await expect(loadExperiment(name)).rejects.toThrow(message);
  });
});
