// What the gallery shows is its address, and the other way round.
import { describe, expect, it } from 'vitest';
import {
  defaults,
  formatView,
  parseView,
  placesOf,
  statesOf,
  widthOf,
  type Place,
} from '../../../src/pages/_gallery/view.ts';

const place = (name: string, states: readonly string[]): Place => ({
  name,
  chapter: name.split('/')[0]!,
  width: 640,
  states,
});
const places = [
  place('01-a/x', ['first', 'end']),
  place('01-a/y', ['first']),
  place('02-b/x', ['first']),
];
const [first] = places as [Place];

describe('an address', () => {
  it('comes back as it was given', () => {
    const hash = '#figure=02-fifty-starts/moons&state=parting&width=560&theme=dark';
    expect(formatView(parseView(hash))).toBe(hash);
  });

  it('leaves out what is as usual', () => {
    expect(parseView('')).toEqual(defaults);
    expect(formatView(defaults)).toBe('#');
    expect(parseView('#theme=purple').theme).toBe('light');
  });
});

describe('what is shown', () => {
  it('is all, a chapter, or one figure', () => {
    const names = (figure: string) => placesOf(places, figure).map(({ name }) => name);
    expect(names('')).toHaveLength(3);
    expect(names('01-a')).toEqual(['01-a/x', '01-a/y']);
    expect(names('02-b/x')).toEqual(['02-b/x']);
    expect(names('03-c')).toEqual([]);
  });

  it('is one state or all, and the first where there is none of that name', () => {
    expect(statesOf(first, { ...defaults, state: 'all' })).toEqual(['first', 'end']);
    expect(statesOf(first, { ...defaults, state: 'end' })).toEqual(['end']);
    expect(statesOf(first, { ...defaults, state: 'nowhere' })).toEqual(['first']);
  });

  it('has a width in pixels, or that of the chapter', () => {
    expect(widthOf(first, { ...defaults, width: '358' })).toBe(358);
    expect(widthOf(first, defaults)).toBe(640);
    expect(widthOf(first, { ...defaults, width: '7' })).toBe(640);
  });
});
