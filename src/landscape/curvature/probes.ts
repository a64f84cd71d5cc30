// Random vectors that an operator's trace and density are read by.
import type { RandomStream } from '../../learning/random.ts';

/** Entries +1 or -1 with equal chance, or standard normal; E[z z'] = I for both. */
export const probeKinds = ['rademacher', 'gaussian'] as const;
export type ProbeKind = (typeof probeKinds)[number];

const draw: Readonly<Record<ProbeKind, (stream: RandomStream) => number>> = {
  rademacher: (stream) => (stream.integer(2) === 0 ? -1 : 1),
  gaussian: (stream) => stream.normal(),
};

export function writeProbe(kind: ProbeKind, stream: RandomStream, into: Float32Array): void {
  for (let p = 0; p < into.length; p++) into[p] = draw[kind](stream);
}
