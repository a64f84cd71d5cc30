// What authors write becomes a complete description, or one sentence.
import { expect, test } from 'vitest';
import { sliceSpecSchema } from '../../../../src/landscape/directions/plane-spec.ts';
import { parseBySchema } from '../../../../src/learning/parse-by-schema.ts';

const parse = (value: unknown) => parseBySchema(sliceSpecSchema, value, 'study.json', 'the slice');

test('defaults: a filter-normalised random plane around the first network', () => {
  expect(parse({ directions: 'random' })).toEqual({
    directions: 'random',
    dimensions: 2,
    normalise: 'filter',
    biases: 'zero',
    draw: 0,
    centre: { network: 0 },
    size: 61,
    radius: 'auto',
  });
  expect(parse({ directions: 'pca' })).toMatchObject({ of: 'all-runs', centre: 'mean' });
  expect(parse({ directions: 'two-solutions' })).toMatchObject({ line: [0, 1] });
  expect(parse({ directions: 'three-solutions', plane: [4, 0, 2] })).toMatchObject({
    plane: [4, 0, 2],
  });
  expect(parse({ directions: 'hessian', which: 'top-bottom' })).toMatchObject({
    dimensions: 2,
    normalise: 'none',
  });
  expect(parse({ directions: 'random', dimensions: 3, size: 81 })).toMatchObject({ size: 81 });
});

test.each([
  [{ directions: 'randon' }, 'did you mean "random"?'],
  [{}, 'expected one of "random", "pca", "two-solutions", "three-solutions", "hessian", "user"'],
  [{ directions: 'user' }, 'path is missing: expected text'],
  [{ directions: 'random', dimensions: 4 }, 'dimensions is 4: expected 1, 2 or 3'],
  [{ directions: 'random', dimensions: 3, size: 101 }, 'size is 101: a volume has size^3 points'],
  [{ directions: 'random', radius: 0 }, 'radius is 0: expected more than 0'],
  [{ directions: 'random', radius: 'wide' }, 'radius is "wide": expected "auto"'],
  [{ directions: 'random', centre: 3 }, 'centre is 3: expected "mean" or a network'],
  [{ directions: 'random', radus: 1 }, 'radus is not a setting: did you mean "radius"?'],
  [{ directions: 'pca', of: 'one' }, 'of is "one"'],
  [{ directions: 'two-solutions', line: [3, 3] }, 'expected networks that differ from each other'],
  [
    { directions: 'hessian', which: 'top-bottom', dimensions: 3 },
    'dimensions is 3: "top-bottom" is one eigenvector of either end: expected 2',
  ],
])('%j is told in a sentence', (value, sentence) => {
  expect(() => parse(value)).toThrow(sentence);
  expect(() => parse(value)).toThrow('(study.json)');
});

test('every setting has a label for forms', () => {
  for (const option of sliceSpecSchema.options)
    for (const [name, setting] of Object.entries(option.shape))
      if (name !== 'directions') expect(setting.meta()?.['label'], name).toBeTruthy();
});
