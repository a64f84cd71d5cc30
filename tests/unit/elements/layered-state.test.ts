// What lies over what in the state of a figure.
import { expect, it } from 'vitest';
import { LayeredState } from '../../../src/elements/layered-state.ts';

const author = { scale: 'log', until: 4, selected: null };

it('a phrase lies over a guess, a guess over a choice, a choice over the author', () => {
  const state = new LayeredState(author);
  state.choose({ scale: 'linear', until: 1, selected: 1 });
  state.lay('guess', { until: 2, selected: 2 });
  state.lay('phrase', { selected: 3 });
  expect(state.shown).toEqual({ scale: 'linear', until: 2, selected: 3 });
  state.lay('phrase', {});
  expect(state.shown['selected']).toBe(2);
});

it('the next step takes back what the reader chose, and leaves the guess', () => {
  const state = new LayeredState(author);
  state.choose({ scale: 'linear' });
  state.lay('guess', { guess: 0.3, revealed: true });
  state.begin({ scale: 'log', until: 8 }, false);
  expect(state.shown).toEqual({ scale: 'log', until: 8, guess: 0.3, revealed: true });
});

it('the next step lets go of what words of the text had kept, and says so', () => {
  const state = new LayeredState(author);
  state.lay('phrase', { selected: 17 });
  expect(state.begin({ ...author, until: 8 }, false)).toBe(true);
  expect(state.shown['selected']).toBe(null);
  expect(state.begin(author, false)).toBe(false);
});

it('on its way to the picture the page keeps what the words show', () => {
  const state = new LayeredState(author);
  state.lay('phrase', { selected: 17 });
  expect(state.begin({ ...author, until: 8 }, true)).toBe(false);
  expect(state.shown).toEqual({ scale: 'log', until: 8, selected: 17 });
});

it('a state that was linked to outlasts the step that the page finds', () => {
  const state = new LayeredState(author);
  state.choose({ selected: 17 });
  state.begin({ ...author, until: 8 }, true);
  expect(state.shown).toEqual({ scale: 'log', until: 8, selected: 17 });
});

it('a choice of what words hold wins, lets go of the words, and keeps the rest of what they showed', () => {
  const state = new LayeredState(author);
  state.lay('phrase', { selected: 17, until: 8 });
  expect(state.choose({ scale: 'linear' })).toBe(false);
  expect(state.choose({ selected: 3 })).toBe(true);
  expect(state.shown).toEqual({ scale: 'linear', until: 8, selected: 3 });
  expect(state.choose({ selected: 4 })).toBe(false);
});

it('only what differs from the author is a choice; a guess is not', () => {
  const state = new LayeredState(author);
  state.choose({ scale: 'log', until: 9 });
  state.lay('guess', { guess: 1 });
  state.lay('phrase', { selected: 17 });
  expect(state.chosen).toEqual({ until: 9, selected: 17 });
});
