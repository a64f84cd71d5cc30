// How the experiment's settings stand in the laboratory's form, and which of them are set elsewhere.
import type { Facts } from './describe-schema.ts';
import type { Layout } from './form-html.ts';

/** A setting that no group names stands under the last title. */
export const experimentLayout: Layout = {
  groups: [
    {
      title: 'Data',
      isFolded: false,
      keys: ['data', 'testFraction'],
      rare: ['normalise', 'dataSeed', 'splitSeed'],
    },
    {
      title: 'Networks',
      isFolded: false,
      keys: ['initialisations', 'hiddenSizes', 'activation', 'seed'],
      rare: ['initialiser', 'residual', 'bias', 'startSeed', 'start'],
    },
    {
      title: 'Descent',
      isFolded: false,
      keys: ['optimiser', 'learningRate', 'epochs', 'batchSize'],
      rare: ['schedule', 'loss', 'weightDecay', 'orderSeed', 'rateChanges'],
    },
    {
      title: 'What is recorded',
      isFolded: true,
      keys: ['recordEvery', 'snapshots', 'converged'],
      rare: [],
    },
    { title: 'Surface', isFolded: true, keys: ['directions', 'grid'], rare: [] },
    { title: 'Name', isFolded: true, keys: ['name', 'title'], rare: [] },
  ],
  rest: 'More settings',
};

export const experimentFacts: Facts = new Map([
  ['data.points', 'Draw points below, under “The data”.'],
  ['data.path', 'Choose a file below, under “The data”.'],
  ['rateChanges', 'Made by changing the rate while training.'],
  ['start', 'Made by opening weights under “The data”, or by a fork.'],
]);

export const experimentFolds: ReadonlyMap<string, string> = new Map([
  ['optimiser', 'More: optimiser'],
]);
