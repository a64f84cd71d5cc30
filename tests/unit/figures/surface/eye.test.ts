// Where a reader stands before a surface, as text and back.
import { describe, expect, it } from 'vitest';
import { initialView } from '../../../../src/figures/surface/camera.ts';
import { eyeOf, eyeOfView, viewOfEye } from '../../../../src/figures/surface/eye.ts';

describe('where a reader stands', () => {
  it('comes back to half a degree', () => {
    for (const azimuth of [-3, -0.4, 0, 0.62, 2, 7]) {
      const view = { azimuth, elevation: 0.9, zoom: 1.37 };
      const back = viewOfEye(eyeOfView(view, initialView), initialView);
      const halfDegree = Math.PI / 360 + 1e-9;
      expect(Math.abs(Math.sin((back.azimuth - azimuth) / 2) * 2)).toBeLessThan(halfDegree);
      expect(Math.abs(back.elevation - 0.9)).toBeLessThan(halfDegree);
      expect(back.zoom).toBe(1.37);
    }
  });

  it('is nothing to say at home', () => {
    expect(eyeOfView(initialView, initialView)).toBeNull();
    expect(
      eyeOfView({ ...initialView, azimuth: initialView.azimuth + 2 * Math.PI }, initialView),
    ).toBeNull();
  });

  it('never leads below the floor or out of sight, whatever a text says', () => {
    const { elevation, zoom } = viewOfEye('0,-80,99', initialView);
    expect(elevation).toBeGreaterThan(0);
    expect(zoom).toBeLessThanOrEqual(4);
    expect(viewOfEye('map', initialView)).toBe(initialView);
    expect(viewOfEye('1,2', initialView)).toBe(initialView);
    expect(viewOfEye('a,b,c', initialView)).toBe(initialView);
  });

  it('is read from states that say it, and null from others', () => {
    expect(eyeOf({ eye: 'map' })).toBe('map');
    expect(eyeOf({ selected: 1 })).toBeNull();
    expect(eyeOf({ eye: 3 })).toBeNull();
  });
});
