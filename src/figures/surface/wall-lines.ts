// Level lines across a cut face of the block.
import type { SurfaceModel, Vector } from './surface-model.ts';

/** The parts of a face, by the ends of each, where its rim is higher than a level; `rim` are its grid points in order. */
export function wallLines(
  { positions, levels, height }: SurfaceModel,
  rim: readonly number[],
  level: number,
): [Vector, Vector][] {
  const lines: [Vector, Vector][] = [];
  let begun: Vector | null = null;
  const at = (i: number): Vector => [positions[3 * i]!, level * height, positions[3 * i + 2]!];
  const between = (i: number, k: number): Vector => {
    const t = (level - levels[i]!) / (levels[k]! - levels[i]!);
    const [a, b] = [at(i), at(k)];
    return [a[0] + t * (b[0] - a[0]), a[1], a[2] + t * (b[2] - a[2])];
  };
  rim.forEach((i, k) => {
    const isIn = levels[i]! > level;
    const before = rim[k - 1];
    if (isIn && begun === null)
      begun = before !== undefined && Number.isFinite(levels[before]!) ? between(before, i) : at(i);
    if (!isIn && begun !== null) {
      lines.push([begun, Number.isFinite(levels[i]!) ? between(before!, i) : at(before!)]);
      begun = null;
    }
  });
  if (begun !== null) lines.push([begun, at(rim[rim.length - 1]!)]);
  return lines;
}
