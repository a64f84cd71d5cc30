// Truth: the points themselves.
import { expect, it } from 'vitest';
import { dataDimensions } from '../../../../src/learning/data-dimensions.ts';
import { loadDataset } from '../../../../src/learning/datasets/index.ts';
import { dataSchema } from '../../../../src/learning/experiment.ts';
import { noFiles } from '../../../fixtures/no-files.ts';

const spec = dataSchema.parse({
  kind: 'points',
  points: [
    [0.25, -1, 2],
    [1, 2, 0],
    [3, 4, 1],
    [5, 6, 0],
    [7, 8, 1],
    [9, 1e6, 2],
    [0, 0, 0],
    [0, 0, 0],
  ],
});

it('points are the data set as they were placed, whatever the seed', async () => {
  const data = await loadDataset(spec, 1, noFiles);
  expect(data).toEqual({
    kind: 'classes',
    featureNames: ['x1', 'x2'],
    classNames: ['0', '1', '2'],
    inputs: Float64Array.of(0.25, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1e6, 0, 0, 0, 0),
    labels: Int32Array.of(2, 0, 1, 0, 1, 2, 0, 0),
  });
  expect(await loadDataset(spec, 2, noFiles)).toEqual(data);
});

it('their number is known before they are prepared', () => {
  expect(dataDimensions(spec)).toEqual({ samples: 8, features: 2, outputs: 3 });
});
