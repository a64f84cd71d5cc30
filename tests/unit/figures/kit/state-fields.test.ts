// What a figure's state may hold: fields take their values and no other, and a wrong one is named with what was expected.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figures } from '../../../../src/figures/index.ts';
import {
  inMotion,
  index,
  initialState,
  listOf,
  moment,
  number,
  oneOf,
  orNull,
  stateProblems,
  text,
  truth,
} from '../../../../src/figures/kit/state-fields.ts';

const schema = {
  scale: oneOf(['log', 'linear'], 'log'),
  until: moment(),
  selected: orNull(index(0)),
  revealed: truth(false),
  planes: orNull(listOf(text(''), [])),
  radius: number(1, { from: 0.5 }),
  passing: inMotion<{ t: number }>(),
};

it('begins with the initial value of each field, in their order', () => {
  const initial = {
    scale: 'log',
    until: null,
    selected: null,
    revealed: false,
    planes: null,
    radius: 1,
    passing: null,
  };
  expect(Object.entries(initialState(schema))).toEqual(Object.entries(initial));
});

describe('a state that does not fit', () => {
  it.each([
    [{ scale: 'lgo' }, `"scale" is "lgo": expected one of 'log', 'linear'`],
    [{ until: -1 }, '"until" is -1: expected a number of at least 0, or null'],
    [{ selected: 1.5 }, '"selected" is 1.5: expected a whole number of at least 0, or null'],
    [{ revealed: 'yes' }, '"revealed" is "yes": expected true or false'],
    [
      { planes: ['path', 3] },
      '"planes" is ["path",3]: expected a list, each entry a text, or null',
    ],
    [{ radius: 0.1 }, '"radius" is 0.1: expected a number of at least 0.5'],
    [{ passing: { t: 0.5 } }, '"passing" is {"t":0.5}: expected nothing: only a motion sets it'],
    [{ toString: 1 }, 'there is no "toString": expected one of scale, until, selected'],
  ])('is named: %j', (state, problem) => {
    expect(stateProblems(schema, state).join()).toContain(problem);
  });

  it('is none where every key fits, or is left out', () => {
    expect(stateProblems(schema, {})).toEqual([]);
    expect(stateProblems(schema, initialState(schema))).toEqual([]);
    expect(stateProblems(schema, { planes: ['path'], selected: 17, until: 2.5 })).toEqual([]);
  });
});

it('takes one of its values, and nothing else in the world', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(schema.scale.takes(value)).toBe(value === 'log' || value === 'linear');
      expect(schema.revealed.takes(value)).toBe(typeof value === 'boolean');
    }),
  );
});

describe.each(Object.keys(figures))('%s', (name) => {
  it('begins in a state that its own schema takes', async () => {
    const { schema: own = {}, initial } = await figures[name]!.load();
    if (Object.keys(own).length > 0) expect(stateProblems(own, initial as object)).toEqual([]);
  });
});
