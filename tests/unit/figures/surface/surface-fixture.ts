// A small valley with known heights, for tests of the surface figures.
import { parseHTML } from 'linkedom';
import type { SurfaceData, SurfacePath } from '../../../../src/figures/surface/surface-data.ts';

export const container = (): HTMLElement =>
  parseHTML('<!doctype html><html><body><div></div></body></html>').document.querySelector(
    'div',
  ) as unknown as HTMLElement;

const axis = (from: number, to: number, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

export function surfaceOf(
  height: (x: number, y: number) => number,
  options: Partial<SurfaceData> & { size?: number } = {},
): SurfaceData {
  const size = options.size ?? 21;
  const xs = axis(-4, 4, size);
  const ys = axis(-3, 3, size);
  return {
    xs,
    ys,
    heights: Float64Array.from({ length: size * size }, (_, i) =>
      height(xs[i % size] as number, ys[Math.floor(i / size)] as number),
    ),
    paths: [],
    labels: { x: 'PC 1', y: 'PC 2', h: 'Training loss' },
    heightScale: 'auto',
    good: 'low',
    ...options,
  };
}

export const bowl = (x: number, y: number): number => 1 + 0.1 * (x * x + y * y);

export const pathAlong = (
  network: number,
  points: readonly (readonly [number, number])[],
  diverged = false,
): SurfacePath => ({
  network,
  diverged,
  points: points.map(([x, y]) => [x, y, bowl(x, y)]),
});
