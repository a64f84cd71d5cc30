// The trace of the Hessian from products with random signs.
import { randomStream } from '../../learning/random.ts';
import type { Derivatives } from './derivatives.ts';
import { expectWhole } from './expectations.ts';
import { writeProbe } from './probes.ts';
import { meansOfRows, quadraticForms } from './quadratic-forms.ts';

export interface TraceOptions {
  /** Random vectors for each network, at least 2: one alone has no error. */
  readonly probes: number;
  readonly seed: number;
  /** Index of the first network, 0 unless told: one computed alone by its index gets the probes it had among others. */
  readonly first?: number | undefined;
}

export interface TraceEstimate {
  /** `[M]`. */
  readonly trace: Float64Array;
  /** `[M]`, over the probes. */
  readonly standardError: Float64Array;
  readonly probes: number;
}

/**
 * tr(H) of M networks, `weights` `[M, P]`: the mean of z'Hz over vectors z of random signs (Hutchinson 1990).
 * Unbiased; the variance of one probe is `2 sum_(i != j) H_ij^2`, so a diagonal H is exact with a single one.
 * Each network has its own probes, and so errors that are independent of the others'.
 */
export async function hessianTrace(
  derivatives: Derivatives,
  weights: Float32Array,
  options: TraceOptions,
): Promise<TraceEstimate> {
  return scaledTrace(derivatives, weights, options, () => 1);
}

/** tr(D H D), D diagonal: `scale` gives entry p of network m, `i = m P + p` being its place in `weights`. */
export async function scaledTrace(
  derivatives: Derivatives,
  weights: Float32Array,
  { probes, seed, first = 0 }: TraceOptions,
  scale: (i: number) => number,
): Promise<TraceEstimate> {
  expectWhole(probes, 2, Infinity, 'probes');
  expectWhole(first, 0, Infinity, 'first');
  const P = derivatives.parameters;
  const streams = Array.from({ length: weights.length / P }, (_, m) =>
    randomStream(seed, 'trace-probes', first + m),
  );
  const forms = await quadraticForms(derivatives, weights, probes, (network, _, into) => {
    // Probe after probe of one network is asked for in order, so that its stream can run on.
    writeProbe('rademacher', streams[network]!, into);
    for (let p = 0; p < P; p++) into[p]! *= scale(network * P + p);
  });
  const { mean, standardError } = meansOfRows(forms, probes);
  return { trace: mean, standardError, probes };
}
