// The still drawing's camera against three's own, and that the whole block is on the page.
import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import {
  cameraFor,
  clampView,
  fieldOfView,
} from '../../../../src/figures/surface/surface-camera.ts';

const block = { halfWidth: 1, halfDepth: 0.7, height: 0.82 };
const corners = [-1, 1].flatMap((x) =>
  [0, 0.82].flatMap((y) => [-0.7, 0.7].map((z) => [x, y, z] as const)),
);
const viewport = { left: 12, top: 40, width: 700, height: 420 };
const padding = { horizontal: 20, vertical: 12 };

describe('the camera of the surface figures', () => {
  it.each([
    [0.62, 0.6, 1],
    [2.5, 0.2, 2],
    [-1.9, 1.4, 0.7],
    [Math.PI / 2, 0.6, 1],
  ])(
    'lands every corner where three lands it (azimuth %f, elevation %f, zoom %f)',
    (azimuth, elevation, zoom) => {
      const camera = cameraFor(block, { azimuth, elevation, zoom }, viewport, padding);
      const three = new PerspectiveCamera(fieldOfView, camera.aspect, 0.1, 100);
      three.position.set(...camera.position);
      three.lookAt(...camera.target);
      three.updateMatrixWorld();
      for (const corner of corners) {
        const ndc = new Vector3(...corner).project(three);
        const depth = -new Vector3(...corner).applyMatrix4(three.matrixWorldInverse).z;
        const [x, y, ours] = camera.project(corner);
        expect(x).toBeCloseTo(viewport.left + ((ndc.x + 1) / 2) * viewport.width, 6);
        expect(y).toBeCloseTo(viewport.top + ((1 - ndc.y) / 2) * viewport.height, 6);
        expect(ours).toBeCloseTo(depth, 6);
      }
    },
  );

  it('keeps the whole block inside the padding at zoom 1, and touches it', () => {
    let closest = Infinity;
    for (let step = 0; step < 16; step++) {
      const view = { azimuth: (step * Math.PI) / 8, elevation: 0.6, zoom: 1 };
      const camera = cameraFor(block, view, viewport, padding);
      for (const corner of corners) {
        const [x, y] = camera.project(corner);
        const room = Math.min(
          x - viewport.left - padding.horizontal,
          viewport.left + viewport.width - padding.horizontal - x,
          y - viewport.top - padding.vertical,
          viewport.top + viewport.height - padding.vertical - y,
        );
        expect(room).toBeGreaterThan(-1e-6);
        closest = Math.min(closest, room);
      }
    }
    expect(closest).toBeLessThan(0.5);
  });

  it('never looks from under the floor', () => {
    expect(clampView({ azimuth: 9, elevation: -1, zoom: 100 })).toEqual({
      azimuth: 9,
      elevation: 0.12,
      zoom: 4,
    });
  });
});
