// The faces of the surface: grid cells as flat polygons, cut exactly where the picture's ceiling cuts them.
import type { SurfaceModel, Vector } from './surface-model.ts';

export interface FacetVertex {
  readonly position: Vector;
  readonly normal: Vector;
  /** 0 at the floor, 1 at the ceiling. */
  readonly level: number;
}
export type Facet = readonly FacetVertex[];

const vertex = (array: Float32Array, k: number): Vector => [
  array[3 * k] as number,
  array[3 * k + 1] as number,
  array[3 * k + 2] as number,
];

const between = (a: Vector, b: Vector, t: number): Vector => [
  a[0] + t * (b[0] - a[0]),
  a[1] + t * (b[1] - a[1]),
  a[2] + t * (b[2] - a[2]),
];

/**
 * The faces of one cell, each convex: the cell itself where it is nearly flat, else two triangles along the
 * diagonal whose ends are closer in height; cut in two at the ceiling. None where a corner is missing.
 *
 * @param bend A cell whose corners are further than this from one plane, as a share of the height, is not flat.
 */
export function cellFacets(
  model: SurfaceModel,
  row: number,
  column: number,
  bend: number,
): Facet[] {
  const a = row * model.columns + column;
  const corners = [a, a + 1, a + 1 + model.columns, a + model.columns] as const;
  const [h0, h1, h2, h3] = corners.map((k) => model.levels[k] as number) as [
    number,
    number,
    number,
    number,
  ];
  const lowest = Math.min(h0, h1, h2, h3);
  const highest = Math.max(h0, h1, h2, h3);
  if (Number.isNaN(lowest)) return [];
  const [p, q, r, s] = corners;
  let shapes: (readonly number[])[] = [corners];
  const isCut = lowest < 1 && highest > 1;
  if (isCut || (Math.abs(h0 - h1 + h2 - h3) > bend && lowest < 1)) {
    shapes =
      Math.abs(h0 - h2) <= Math.abs(h1 - h3)
        ? [
            [p, q, r],
            [p, r, s],
          ]
        : [
            [p, q, s],
            [q, r, s],
          ];
  }
  return shapes.flatMap((shape) => {
    // Uncut: heights as the grid has them, above the ceiling too.
    const raw = shape.map((k): FacetVertex => {
      const [x, , z] = vertex(model.positions, k);
      const level = model.levels[k] as number;
      return { position: [x, level * model.height, z], normal: vertex(model.normals, k), level };
    });
    if (highest <= 1) return [raw];
    const below = clipped(raw, (level) => level <= 1);
    const above = clipped(raw, (level) => level > 1).map(({ position: [x, , z] }): FacetVertex => ({
      position: [x, model.height, z],
      normal: [0, 1, 0],
      level: 1,
    }));
    return [below, above].filter((facet) => facet.length > 2);
  });
}

/** Sutherland and Hodgman: the part of a polygon on one side of the ceiling. */
function clipped(polygon: Facet, inside: (level: number) => boolean): FacetVertex[] {
  return polygon.flatMap((from, i) => {
    const to = polygon[(i + 1) % polygon.length] as FacetVertex;
    const kept = inside(from.level) ? [from] : [];
    if (inside(from.level) === inside(to.level)) return kept;
    const t = (1 - from.level) / (to.level - from.level);
    return [
      ...kept,
      {
        position: between(from.position, to.position, t),
        normal: between(from.normal, to.normal, t),
        level: 1,
      },
    ];
  });
}
