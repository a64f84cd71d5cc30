// The block, its contour lines and its paths as buffers for three.js.
import { BufferGeometry, Float32BufferAttribute } from 'three';
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js';
import { cellFacets } from './facets.ts';
import type { FacetVertex } from './facets.ts';
import type { SurfaceModel, Vector } from './surface-model.ts';
import { rimProfile } from './surface-model.ts';
import { components, levelColour, toLinear } from './shading.ts';
import type { SurfaceScene } from './surface-scene.ts';

/** Bends that smooth shading hides, as a share of the height. */
const flatEnough = 0.01;

/** Lines float this far above the ground, in world units. */
const lift = 0.003;

/** The surface, smooth, coloured by level. */
export function surfaceGeometry({ model, data }: SurfaceScene): BufferGeometry {
  const colour = levelColour(data.good);
  // A table of the scale: looking up a colour string for every vertex would be slow.
  const shades = Array.from({ length: 257 }, (_, i) => components(colour(i / 256)).map(toLinear));
  const positions: number[] = [];
  const normals: number[] = [];
  const colours: number[] = [];
  const add = ({ position, normal, level }: FacetVertex): void => {
    positions.push(...position);
    normals.push(...normal);
    colours.push(...(shades[Math.round(256 * Math.min(Math.max(level, 0), 1))] as number[]));
  };
  for (let row = 0; row < model.rows - 1; row++) {
    for (let column = 0; column < model.columns - 1; column++) {
      for (const facet of cellFacets(model, row, column, flatEnough)) {
        for (let k = 2; k < facet.length; k++) {
          add(facet[0] as FacetVertex);
          add(facet[k - 1] as FacetVertex);
          add(facet[k] as FacetVertex);
        }
      }
    }
  }
  return new BufferGeometry()
    .setAttribute('position', new Float32BufferAttribute(positions, 3))
    .setAttribute('normal', new Float32BufferAttribute(normals, 3))
    .setAttribute('color', new Float32BufferAttribute(colours, 3));
}

/** The cut faces of the block: across Z where `axis` is 'z', else across X; both sides of it. */
export function skirtGeometry(model: SurfaceModel, axis: 'x' | 'z'): BufferGeometry {
  const { columns, rows } = model;
  const positions: number[] = [];
  for (const edge of [0, 1]) {
    const rim =
      axis === 'z'
        ? Array.from({ length: columns }, (_, c) => edge * (rows - 1) * columns + c)
        : Array.from({ length: rows }, (_, r) => r * columns + edge * (columns - 1));
    const profile = rimProfile(model, rim);
    for (let i = 1; i < profile.length; i++) {
      const [a, b] = [profile[i - 1] as Vector, profile[i] as Vector];
      positions.push(...a, ...b, b[0], 0, b[2], ...a, b[0], 0, b[2], a[0], 0, a[2]);
    }
  }
  return new BufferGeometry().setAttribute('position', new Float32BufferAttribute(positions, 3));
}

/** Contour lines as plain segments. */
export function contourGeometry(lines: readonly (readonly Vector[])[]): BufferGeometry {
  const positions = lines.flatMap((points) =>
    points.slice(1).flatMap((b, i) => {
      const a = points[i] as Vector;
      return [a[0], a[1] + lift, a[2], b[0], b[1] + lift, b[2]];
    }),
  );
  return new BufferGeometry().setAttribute('position', new Float32BufferAttribute(positions, 3));
}

/** Polylines as one buffer of segments. */
export function lineGeometry(
  lines: readonly { readonly points: readonly Vector[]; readonly colour: Vector }[],
): LineSegmentsGeometry {
  const positions: number[] = [];
  const colours: number[] = [];
  for (const { points, colour } of lines) {
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1] as Vector, points[i] as Vector];
      positions.push(a[0], a[1] + lift, a[2], b[0], b[1] + lift, b[2]);
      colours.push(...colour, ...colour);
    }
  }
  return new LineSegmentsGeometry().setPositions(positions).setColors(colours);
}
