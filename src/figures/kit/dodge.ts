// Dots that do not overlap: each keeps its place along the axis and rises only as far as it must.

/**
 * Heights of equal dots on a line, in the order given; the first row is 0.
 *
 * Dots are placed from left to right, each at the lowest height where no dot placed before is nearer than `diameter`.
 */
export function dodge(places: readonly number[], diameter: number): number[] {
  const order = places.map((_, index) => index).sort((a, b) => places[a]! - places[b]! || a - b);
  const heights = new Array<number>(places.length).fill(0);
  const placed: number[] = [];
  for (const index of order) {
    const x = places[index]!;
    const near = placed.filter((other) => x - places[other]! < diameter - 1e-9);
    const clearance = (other: number): number =>
      Math.sqrt(diameter ** 2 - (x - places[other]!) ** 2);
    const candidates = [0, ...near.map((other) => heights[other]! + clearance(other))];
    const isFree = (height: number): boolean =>
      near.every((other) => Math.abs(heights[other]! - height) >= clearance(other) - 1e-6);
    heights[index] = candidates.sort((a, b) => a - b).find(isFree) ?? 0;
    placed.push(index);
  }
  return heights;
}
