// In which order the rows of a matrix stand: by number, or like beside like.

/**
 * Order of the rows of a symmetric matrix of dissimilarities `[N, N]` by average linkage: the two groups that are most
 * alike on average are joined first, each time so that their nearer ends touch.
 */
export function orderAlike(matrix: ArrayLike<number>, N: number): number[] {
  const between = (a: readonly number[], b: readonly number[]): number => {
    let sum = 0;
    for (const i of a) for (const j of b) sum += finite(matrix[i * N + j]!);
    return sum / (a.length * b.length);
  };
  let groups: number[][] = Array.from({ length: N }, (_, i) => [i]);
  // Means between groups, kept up by Lance and Williams' rule for average linkage.
  const means = groups.map((a) => groups.map((b) => between(a, b)));
  while (groups.length > 1) {
    let [first, second] = [0, 1];
    for (let a = 0; a < groups.length; a++)
      for (let b = a + 1; b < groups.length; b++)
        if (means[a]![b]! < means[first]![second]!) [first, second] = [a, b];
    const [left, right] = [groups[first]!, groups[second]!];
    const [p, q] = [left.length, right.length];
    for (let c = 0; c < groups.length; c++) {
      const mean = (p * means[first]![c]! + q * means[second]![c]!) / (p + q);
      means[first]![c] = means[c]![first] = mean;
    }
    means.splice(second, 1);
    for (const row of means) row.splice(second, 1);
    groups[first] = joined(left, right, matrix, N);
    groups = groups.filter((_, index) => index !== second);
  }
  return groups[0] ?? [];
}

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.MAX_VALUE / 1e6);

/** Of the four ways to put two rows end to end, the one whose touching ends are most alike. */
function joined(left: number[], right: number[], matrix: ArrayLike<number>, N: number): number[] {
  const arrangements = [left, [...left].reverse()].flatMap((a) =>
    [right, [...right].reverse()].map((b) => [...a, ...b]),
  );
  const seam = (row: readonly number[]): number =>
    finite(matrix[row[left.length - 1]! * N + row[left.length]!]!);
  return arrangements.reduce((best, row) => (seam(row) < seam(best) ? row : best));
}
