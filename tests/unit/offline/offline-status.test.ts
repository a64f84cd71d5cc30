// The switch says how much is kept, what goes without a network, and why something is not kept, each in plain sentences.
import { describe, expect, it } from 'vitest';
import type { OfflineState, Phase } from '../../../src/offline/service-worker-client.ts';
import { wordsFor } from '../../../src/offline/offline-status.ts';

const state = (part: Partial<OfflineState>): OfflineState => ({
  phase: 'kept',
  reason: null,
  stock: { bytes: 6_849_999, runtimeBytes: 14_400_000, hasRuntime: false, isWhole: true },
  isFetchingRuntime: false,
  runtimeFailure: null,
  hasNewEdition: false,
  ...part,
});

it('what is kept is said in megabytes, with what it is good for', () => {
  expect(wordsFor(state({}))).toBe(
    '6.8 MB are kept; pages, figures and search open without a network. ' +
      'Training does too, once its engine has been used or kept.',
  );
  const stock = { ...state({}).stock!, bytes: 21_249_999, hasRuntime: true };
  expect(wordsFor(state({ stock }))).toBe(
    '21.2 MB are kept; pages, figures, search and training work without a network.',
  );
});

it.each<[Phase, RegExp]>([
  ['off', /^Nothing is kept/],
  ['waiting', /asks to save data/],
  ['fetching', /^Being fetched in the background/],
  ['unsupported', /secure address \(https\)/],
])('in phase %s it says so', (phase, words) => {
  expect(wordsFor(state({ phase, stock: null }))).toMatch(words);
});

describe('a failure', () => {
  it.each([
    ['storage', /no room/],
    ['network', /broke off/],
    ['replaced', /new edition/],
    ['altered', /this host changes the pages/],
    ['wrong', /did not come as it was published/],
  ] as const)('for want of %s is said, and what happens next', (reason, words) => {
    const said = wordsFor(state({ phase: 'failed', stock: null, reason }));
    expect(said).toMatch(words);
    expect(said).toMatch(/next visit/);
  });

  it('of a new edition or of the engine leaves the words about what is kept', () => {
    expect(wordsFor(state({ reason: 'storage' }))).toMatch(
      /^6\.8 MB .* no room for the new edition\.$/,
    );
    expect(wordsFor(state({ reason: 'altered' }))).toMatch(
      /^6\.8 MB .* new edition, which cannot be kept, since this host changes the pages/,
    );
    expect(wordsFor(state({ runtimeFailure: 'wrong' }))).toMatch(
      /^6\.8 MB .* engine did not come as it was published/,
    );
    expect(wordsFor(state({ runtimeFailure: 'network' }))).toMatch(
      /^6\.8 MB .* could not be fetched/,
    );
  });
});

it('a new edition is announced', () => {
  expect(wordsFor(state({ hasNewEdition: true }))).toMatch(/A new edition is ready\.$/);
});
