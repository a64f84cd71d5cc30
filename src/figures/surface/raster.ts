// Triangles on a grid of pixels with a depth each: what a graphics card does, small and slow, where there is none.

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** `[height, width]`, distance along the line of sight; infinite where nothing is. */
  readonly depths: Float32Array;
}

/** A point on the page with whatever is to be drawn in between: pixels, depth, and values of the caller's own. */
export interface RasterPoints {
  /** `[points, 3]`: x, y, depth. */
  readonly places: Float64Array;
  /** `[points, count]`. */
  readonly values: Float32Array;
  readonly count: number;
}

export const raster = (width: number, height: number): Raster => ({
  width,
  height,
  depths: new Float32Array(width * height).fill(Infinity),
});

/**
 * Fills triangles, the nearest of each pixel last. Values are interpolated on the page: the triangles are only a few pixels large.
 *
 * @param triangles indices of points, three each.
 * @param paint gets the pixel and, in `values`, what lies there; false leaves the pixel as it is.
 */
export function fillTriangles(
  { width, height, depths }: Raster,
  { places, values, count }: RasterPoints,
  triangles: ArrayLike<number>,
  paint: (pixel: number, values: Float64Array) => boolean,
): void {
  const here = new Float64Array(count);
  for (let k = 0; k < triangles.length; k += 3) {
    const [a, b, c] = [triangles[k]!, triangles[k + 1]!, triangles[k + 2]!];
    const [ax, ay] = [places[3 * a]!, places[3 * a + 1]!];
    const [bx, by] = [places[3 * b]!, places[3 * b + 1]!];
    const [cx, cy] = [places[3 * c]!, places[3 * c + 1]!];
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (area === 0) continue;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
    const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
    const [za, zb, zc] = [places[3 * a + 2]!, places[3 * b + 2]!, places[3 * c + 2]!];
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) {
        const [x, y] = [column + 0.5, row + 0.5];
        const u = ((bx - x) * (cy - y) - (by - y) * (cx - x)) / area;
        const v = ((cx - x) * (ay - y) - (cy - y) * (ax - x)) / area;
        const w = 1 - u - v;
        if (u < 0 || v < 0 || w < 0) continue;
        const depth = u * za + v * zb + w * zc;
        const pixel = row * width + column;
        if (depth >= depths[pixel]!) continue;
        for (let i = 0; i < count; i++)
          here[i] =
            u * values[count * a + i]! + v * values[count * b + i]! + w * values[count * c + i]!;
        if (paint(pixel, here)) depths[pixel] = depth;
      }
  }
}
