// Keys and wheel on a surface: what turns it, and what it leaves to the page.
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { attachOrbit } from '../../../../src/figures/surface/orbit-control.ts';
import {
  initialView,
  zoomRange,
  type View,
} from '../../../../src/figures/surface/surface-camera.ts';

function open() {
  const { document, Event } = parseHTML('<!doctype html><canvas></canvas>');
  const canvas = document.querySelector('canvas') as unknown as HTMLCanvasElement;
  const said: string[] = [];
  let view: View = initialView;
  attachOrbit(
    canvas,
    {
      view: () => view,
      moved: (next) => (view = next),
      returned: () => said.push('home'),
      picked: () => said.push('pick'),
      stepped: (by) => said.push(`step ${by}`),
    },
    new AbortController().signal,
  );
  /** True where the page was kept from doing what it does with it. */
  const dispatch = (type: string, properties: object): boolean => {
    const event = Object.assign(new Event(type, { cancelable: true }), properties);
    return !canvas.dispatchEvent(event);
  };
  return { canvas, said, dispatch, view: () => view };
}

describe('keys on a surface', () => {
  it('turn it by 7.5 degrees, and back', () => {
    const { dispatch, view } = open();
    const step = (7.5 * Math.PI) / 180;
    expect(dispatch('keydown', { key: 'ArrowRight' })).toBe(true);
    expect(view().azimuth).toBeCloseTo(initialView.azimuth + step, 12);
    dispatch('keydown', { key: 'ArrowUp' });
    expect(view().elevation).toBeCloseTo(initialView.elevation + step, 12);
    dispatch('keydown', { key: 'ArrowLeft' });
    dispatch('keydown', { key: 'ArrowDown' });
    expect(view().azimuth).toBeCloseTo(initialView.azimuth, 12);
    expect(view().elevation).toBeCloseTo(initialView.elevation, 12);
  });

  it('zoom, never beyond the range', () => {
    const { dispatch, view } = open();
    dispatch('keydown', { key: '+' });
    expect(view().zoom).toBeCloseTo(1.15, 12);
    dispatch('keydown', { key: '-' });
    expect(view().zoom).toBeCloseTo(1, 12);
    for (let press = 0; press < 50; press++) dispatch('keydown', { key: '=' });
    expect(view().zoom).toBe(zoomRange[1]);
  });

  it('ask for home and for the networks', () => {
    const { dispatch, said } = open();
    for (const key of ['0', ',', '.']) dispatch('keydown', { key });
    expect(said).toEqual(['home', 'step -1', 'step 1']);
  });

  it('are left to the browser with a modifier, and where they mean nothing here', () => {
    const { dispatch, view, said } = open();
    expect(dispatch('keydown', { key: '+', ctrlKey: true })).toBe(false);
    expect(dispatch('keydown', { key: 'ArrowLeft', altKey: true })).toBe(false);
    expect(dispatch('keydown', { key: '0', metaKey: true })).toBe(false);
    expect(dispatch('keydown', { key: 'Tab' })).toBe(false);
    expect(view()).toBe(initialView);
    expect(said).toEqual([]);
  });
});

describe('the wheel on a surface', () => {
  it('scrolls the page, and zooms with Ctrl', () => {
    const { dispatch, view } = open();
    expect(dispatch('wheel', { deltaY: -100, ctrlKey: false })).toBe(false);
    expect(view()).toBe(initialView);
    expect(dispatch('wheel', { deltaY: -100, ctrlKey: true })).toBe(true);
    expect(view().zoom).toBeCloseTo(Math.exp(0.5), 12);
  });
});

it('leaves vertical swipes to the page', () => {
  expect(open().canvas.style.touchAction).toBe('pan-y');
});
