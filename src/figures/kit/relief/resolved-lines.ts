// Which of the lowest contour lines a grid can bear: those that ring only a point or two are beads of the sampling, not pits.

/** A ring around fewer grid points than this, on average, is not resolved. */
const fewestPoints = 6;

/** How many separate patches of a grid (neighbours along rows and columns) lie below a value, and their points in all. */
export function patchesBelow(
  values: ArrayLike<number>,
  columns: number,
  limit: number,
): { readonly patches: number; readonly points: number } {
  const isSeen = new Uint8Array(values.length);
  let [patches, points] = [0, 0];
  for (let start = 0; start < values.length; start++) {
    if (isSeen[start] || !(values[start]! < limit)) continue;
    patches += 1;
    const waiting = [start];
    isSeen[start] = 1;
    while (waiting.length > 0) {
      const i = waiting.pop()!;
      points += 1;
      const column = i % columns;
      const neighbours = [
        column > 0 ? i - 1 : -1,
        column < columns - 1 ? i + 1 : -1,
        i - columns,
        i + columns,
      ];
      for (const next of neighbours) {
        if (next < 0 || next >= values.length || isSeen[next] || !(values[next]! < limit)) continue;
        isSeen[next] = 1;
        waiting.push(next);
      }
    }
  }
  return { patches, points };
}

/**
 * The contour values that the grid resolves, rising. Where a valley is narrower than a cell, its floor is sampled now
 * near its bottom, now on its flank, and the lowest lines break into rings around single points. Such lines are left
 * out from below: a lone ring stays, since one narrow pit is what it shows.
 *
 * @param values `[rows, columns]`, in the scale that the lines are drawn in.
 * @param lines rising.
 */
export function resolvedLines<Line extends { readonly height: number }>(
  values: ArrayLike<number>,
  columns: number,
  lines: readonly Line[],
): readonly Line[] {
  const first = lines.findIndex(({ height }) => {
    const { patches, points } = patchesBelow(values, columns, height);
    return patches <= 2 || points >= fewestPoints * patches;
  });
  return first < 0 ? [] : lines.slice(first);
}
