// An eigen-decomposition that shares no code with ml-matrix, for the tests to judge by: cyclic Jacobi.

/** Eigenvalues of a symmetric `[n, n]` matrix, largest first, with unit eigenvectors (Golub and Van Loan, section 8.5). */
export function jacobiEigen(matrix: Float64Array, n: number) {
  const A = Float64Array.from(matrix);
  const V = new Float64Array(n * n);
  for (let i = 0; i < n; i++) V[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = 0; q < p; q++) off += A[p * n + q]! ** 2;
    if (off < 1e-26) break;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (A[p * n + q] === 0) continue;
        const theta = (A[q * n + q]! - A[p * n + p]!) / (2 * A[p * n + q]!);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < n; k++) rotate(A, k * n + p, k * n + q, c, s);
        for (let k = 0; k < n; k++) rotate(A, p * n + k, q * n + k, c, s);
        for (let k = 0; k < n; k++) rotate(V, k * n + p, k * n + q, c, s);
      }
  }
  return Array.from({ length: n }, (_, i) => ({
    value: A[i * n + i]!,
    vector: Array.from({ length: n }, (_, k) => V[k * n + i]!),
  })).sort((a, b) => b.value - a.value);
}

function rotate(values: Float64Array, i: number, j: number, c: number, s: number) {
  const [a, b] = [values[i]!, values[j]!];
  values[i] = c * a - s * b;
  values[j] = s * a + c * b;
}
