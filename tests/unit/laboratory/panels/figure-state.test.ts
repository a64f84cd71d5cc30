// A figure is drawn in a state that it knows, whatever a link says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FigureControl } from '../../../../src/figures/kit/figure.ts';
import { moment, oneOf } from '../../../../src/figures/kit/state-fields.ts';
import { viewpointField } from '../../../../src/figures/surface/viewpoint.ts';
import { figureState } from '../../../../src/laboratory/panels/figure-state.ts';

const scale: FigureControl = {
  key: 'scale',
  name: 'Scale',
  kind: 'choice',
  options: [
    { value: 'log', text: 'log' },
    { value: 'linear', text: 'linear' },
  ],
};
const until: FigureControl = {
  key: 'until',
  name: 'Epoch',
  kind: 'play',
  options: [
    { value: 0, text: '0' },
    { value: 5, text: '5' },
    { value: null, text: '10' },
  ],
};
const eye: FigureControl = {
  key: 'eye',
  name: 'View',
  kind: 'choice',
  options: [
    { value: null, text: 'surface' },
    { value: 'map', text: 'map' },
  ],
};
const initial = { scale: 'log', until: null, selected: null };
const schema = { scale: oneOf(['log', 'linear'], 'log'), until: moment() };
const usual = {
  schema,
  initial,
  controls: [scale, until],
  written: {},
  selected: null,
  networks: 10,
};

describe('the state of a figure', () => {
  it('takes what its controls offer, and a moment between two records', () => {
    const written = { scale: 'linear', until: 3 };
    expect(figureState({ ...usual, written })).toEqual({ ...initial, ...written });
  });

  it('holds only known keys with values that the controls take, for thousands of written ones', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.anything(), (some, any) => {
        const written = { ...some, scale: any, until: any, selected: any, eye: any };
        const state = figureState({ ...usual, written });
        expect(Object.keys(state).sort()).toEqual(['scale', 'selected', 'until']);
        expect(['log', 'linear']).toContain(state['scale']);
        const moment = state['until'];
        expect(moment === null || (Number(moment) >= 0 && Number(moment) <= 5)).toBe(true);
        expect(state['selected']).toBeNull();
      }),
    );
  });

  it('takes a way of looking only where there is a surface, and only one that reads as such', () => {
    const surface = { schema: { ...schema, eye: viewpointField() }, controls: [scale, eye] };
    const look = (value: unknown, own = {}) =>
      figureState({ ...usual, ...surface, ...own, written: { eye: value } })['eye'];
    expect(look('30,40,1.2')).toBe('30,40,1.2');
    expect(look('map')).toBe('map');
    expect(look('down')).toBeUndefined();
    expect(look('30,40,1.2', { schema, controls: [scale] })).toBeUndefined();
  });

  it('picks no network that the run does not have, or that the figure does not offer', () => {
    const picked = (selected: number, controls: readonly FigureControl[] = []) =>
      figureState({ ...usual, controls, selected })['selected'];
    expect(picked(9)).toBe(9);
    expect(picked(10)).toBeNull();
    const own: FigureControl = {
      key: 'selected',
      name: 'Network',
      kind: 'choice',
      options: [{ value: 0, text: '0' }],
    };
    expect(picked(0, [own])).toBe(0);
    expect(picked(5, [own])).toBeNull();
  });
});
