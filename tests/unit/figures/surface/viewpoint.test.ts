// Where a reader stands before a surface, as text and back.
import { describe, expect, it } from 'vitest';
import { initialView } from '../../../../src/figures/surface/surface-camera.ts';
import {
  viewpointIn,
  viewpointOf,
  viewOfViewpoint,
} from '../../../../src/figures/surface/viewpoint.ts';

describe('where a reader stands', () => {
  it('comes back to half a degree', () => {
    for (const azimuth of [-3, -0.4, 0, 0.62, 2, 7]) {
      const view = { azimuth, elevation: 0.9, zoom: 1.37 };
      const back = viewOfViewpoint(viewpointOf(view, initialView), initialView);
      const halfDegree = Math.PI / 360 + 1e-9;
      expect(Math.abs(Math.sin((back.azimuth - azimuth) / 2) * 2)).toBeLessThan(halfDegree);
      expect(Math.abs(back.elevation - 0.9)).toBeLessThan(halfDegree);
      expect(back.zoom).toBe(1.37);
    }
  });

  it('is nothing to say at home', () => {
    expect(viewpointOf(initialView, initialView)).toBeNull();
    expect(
      viewpointOf({ ...initialView, azimuth: initialView.azimuth + 2 * Math.PI }, initialView),
    ).toBeNull();
  });

  it('never leads below the floor or out of sight, whatever a text says', () => {
    const { elevation, zoom } = viewOfViewpoint('0,-80,99', initialView);
    expect(elevation).toBeGreaterThan(0);
    expect(zoom).toBeLessThanOrEqual(4);
    expect(viewOfViewpoint('map', initialView)).toBe(initialView);
    expect(viewOfViewpoint('1,2', initialView)).toBe(initialView);
    expect(viewOfViewpoint('a,b,c', initialView)).toBe(initialView);
  });

  it('is read from states that say it, and null from others', () => {
    expect(viewpointIn({ eye: 'map' })).toBe('map');
    expect(viewpointIn({ selected: 1 })).toBeNull();
    expect(viewpointIn({ eye: 3 })).toBeNull();
  });
});
