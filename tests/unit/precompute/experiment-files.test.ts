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
  'batches',
  'curve',
  'depth',
  'digits',
  'edge-of-stability',
  'fifty',
  'initialisers',
  'optimisers',
  'random-walk',
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
      /has 1000001 bytes/,
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
      /expected one of batches, curve, depth, .*, two-weights, widths or a .json file/,
    ],
  ])('%s is told what there is', async (name, message) => {
    await expect(loadExperiment(name)).rejects.toThrow(message);
  });
});
