// Truth: engines of JavaScript round exponentials and logarithms differently in the last place; pictures must not follow.
import { expect, test } from 'vitest';
import { distanceMatrix } from '../../../../src/landscape/projections/distances.ts';
import { tsne } from '../../../../src/landscape/projections/tsne.ts';
import { umap } from '../../../../src/landscape/projections/umap.ts';
import { cloud } from './blobs.ts';

const K = 50;
const distances = distanceMatrix(cloud(K, 6), K);

const methods = {
  't-SNE': (seed: number) => tsne(distances, { perplexity: 10, iterations: 300, seed }),
  UMAP: (seed: number) => umap(distances, { neighbours: 15, minDistance: 0.1, seed }),
};

/** As an engine would compute it whose `exp` and `log` are a share of themselves away from this one's. */
function onAnotherEngine<Result>(share: number, compute: () => Result): Result {
  const { exp, log } = Math;
  Math.exp = (x) => exp(x) * (1 + share);
  Math.log = (x) => log(x) * (1 - share);
  try {
    return compute();
  } finally {
    Object.assign(Math, { exp, log });
  }
}

test.each(Object.entries(methods))('%s is the same bit for bit on another engine', (_, project) => {
  for (const seed of [1, 2, 3]) {
    expect(onAnotherEngine(2 ** -52, () => project(seed))).toEqual(project(seed));
  }
});

test.each(Object.entries(methods))('%s follows what single precision can see', (_, project) => {
  expect(onAnotherEngine(2 ** -20, () => project(1))).not.toEqual(project(1));
});
