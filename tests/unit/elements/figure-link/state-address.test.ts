// A state goes into an address and comes back the same; what does not fit is named in a sentence.
import { describe, expect, it } from 'vitest';
import {
  findState,
  readAddress,
  stateAddress,
  stateInWords,
  type KnownStates,
} from '../../../../src/elements/figure-link/state-address.ts';
import { oneOf } from '../../../../src/figures/kit/state-fields.ts';
import { viewpointField } from '../../../../src/figures/surface/viewpoint.ts';

const known: KnownStates = {
  schema: { eye: viewpointField(), scale: oneOf(['log', 'linear'], 'log') },
  controls: [
    {
      key: 'eye',
      name: 'View',
      kind: 'choice',
      options: [
        { value: null, text: 'surface' },
        { value: 'map', text: 'map' },
      ],
    },
    {
      key: 'scale',
      name: 'Scale',
      kind: 'choice',
      options: [
        { value: 'log', text: 'log' },
        { value: 'linear', text: 'linear' },
      ],
    },
    {
      key: 'until',
      name: 'Epoch',
      kind: 'play',
      options: [0, 4, 20, null].map((value) => ({ value, text: `${value ?? 100}` })),
    },
  ],
  states: [
    { scale: 'log', until: null, selected: null, marks: 'none', guess: null, eye: null },
    { marks: ['ends', 'starts'] },
    { marks: 'all & more' },
  ],
  networks: 50,
};

const again = (state: Record<string, unknown>) => {
  const address = stateAddress('https://x.org/base/chapters/05/?old=1#there', 'map', state, 'step');
  const link = readAddress(new URL(address).search);
  return { address, link, found: findState(link!.asked, known) };
};

describe('an address', () => {
  it('names figure, state and place, keeps the base path, and drops what was there', () => {
    const { address } = again({ scale: 'linear', selected: 17 });
    expect(address).toBe(
      'https://x.org/base/chapters/05/?figure=map&scale=linear&selected=17#step',
    );
  });

  it.each([
    [{ scale: 'linear' }],
    [{ until: 4, selected: 0 }],
    [{ until: null, selected: 49 }],
    [{ marks: 'all & more' }],
    [{ marks: ['ends', 'starts'] }],
    [{ eye: 'map' }],
    [{ eye: '312,45,1.25' }],
  ])('brings back %j', (state) => {
    const { link, found } = again(state);
    expect(link!.figure).toBe('map');
    expect(found).toEqual({ state, problems: [] });
  });

  it('that names no figure asks for nothing', () => {
    expect(readAddress('?utm_source=x')).toBeNull();
    expect(readAddress('')).toBeNull();
  });
});

describe('what does not fit', () => {
  it.each([
    [{ scale: 'cubic' }, /“Scale” cannot be “cubic”: it is one of log, linear/],
    [{ until: 7 }, /“Epoch” cannot be “7”: it is one of 0, 4, 20, null/],
    [{ selected: 50 }, /“Network” cannot be “50”: networks are numbered 0 to 49/],
    [{ selected: -1 }, /“Network” cannot be “-1”/],
    [{ marks: 'anything' }, /“marks” cannot be “anything”/],
    [{ colour: 'red' }, /no “colour” to set/],
    [{ eye: '<svg>' }, /“View” cannot be/],
    [{ __proto__x: 1 }, /no “__proto__x”/],
  ])('%j is left as the author has it, and named', (state, sentence) => {
    const { found } = again(state);
    expect(found.state).toEqual({});
    expect(found.problems).toHaveLength(1);
    expect(found.problems[0]).toMatch(sentence);
  });

  it('does not take the rest with it', () => {
    const { found } = again({ scale: 'cubic', selected: 17 });
    expect(found.state).toEqual({ selected: 17 });
    expect(found.problems).toHaveLength(1);
  });
});

it('a state in words uses the names of the controls', () => {
  expect(stateInWords({ scale: 'linear', until: null, selected: 17 }, known)).toBe(
    'Scale: linear; Epoch: 100; Network: 17',
  );
  expect(stateInWords({ eye: 'map' }, known)).toBe('View: map');
  expect(stateInWords({ eye: '10,20,1' }, known)).toBe('View: turned');
});
