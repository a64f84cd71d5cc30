// The mark of a class: a shape as well as a colour, so that classes are told apart without either.
import { classColours } from '../../figures/kit/palette.ts';

const round = (value: number): string => String(Math.round(value * 10) / 10);

/** Shapes round the origin that cover about the same area, as corners on a circle of radius 1. */
const polygons: readonly (readonly (readonly [number, number])[])[] = [
  [
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ],
  [
    [0, -1.2],
    [1.1, 0.8],
    [-1.1, 0.8],
  ],
  [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
  [
    [0, 1.2],
    [1.1, -0.8],
    [-1.1, -0.8],
  ],
  [
    [-0.4, -1.2],
    [0.4, -1.2],
    [0.4, -0.4],
    [1.2, -0.4],
    [1.2, 0.4],
    [0.4, 0.4],
    [0.4, 1.2],
    [-0.4, 1.2],
    [-0.4, 0.4],
    [-1.2, 0.4],
    [-1.2, -0.4],
    [-0.4, -0.4],
  ],
  [
    [0, -1.15],
    [1.1, -0.3],
    [0.7, 1],
    [-0.7, 1],
    [-1.1, -0.3],
  ],
  [
    [-1.2, -0.5],
    [1.2, -0.5],
    [1.2, 0.5],
    [-1.2, 0.5],
  ],
  [
    [-0.5, -1.2],
    [0.5, -1.2],
    [0.5, 1.2],
    [-0.5, 1.2],
  ],
];

/** Shapes come round sooner than colours, so that no two of the first twenty classes share both. */
export function markPath(label: number, x: number, y: number, radius: number): string {
  const shape = label % (polygons.length + 1);
  if (shape === 0) {
    const [r, d] = [round(radius), round(2 * radius)];
    return `M${round(x - radius)},${round(y)}a${r},${r} 0 1,0 ${d},0a${r},${r} 0 1,0 -${d},0z`;
  }
  const corners = polygons[shape - 1] as (typeof polygons)[number];
  return `M${corners.map(([a, b]) => `${round(x + a * radius)},${round(y + b * radius)}`).join('L')}z`;
}

export const markColour = (label: number): string =>
  classColours[label % classColours.length] as string;
