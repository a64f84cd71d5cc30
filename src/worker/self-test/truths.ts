// The exact truths that a reader can have tested in the page: what each compares, and how far apart the two may be.

export const truths = [
  {
    id: 'two-weight-loss',
    title: 'Loss of the two-weight network',
    what: 'The engine’s loss on 25 pairs of weights, against the formula ½(ab − 1)².',
    tolerance: 1e-6,
  },
  {
    id: 'two-weight-gradient',
    title: 'Its gradient',
    what: 'The derivative that the compiler found by itself, against ((ab − 1)b, (ab − 1)a).',
    tolerance: 1e-6,
  },
  {
    id: 'two-weight-hessian',
    title: 'Its Hessian',
    what: 'Products of the Hessian with both axes, against the second derivatives written by hand.',
    tolerance: 1e-6,
  },
  {
    id: 'two-weight-descent',
    title: 'Its descent, step by step',
    what: 'Where eight starts end after 40 steps of the real trainer, against the same steps in double precision.',
    tolerance: 1e-5,
  },
  {
    id: 'deep-linear',
    title: 'A deep linear network learns its modes',
    what: 'Strengths of two modes while a network of two layers learns, against the sigmoid of Saxe et al.; two step sizes, extrapolated to none.',
    tolerance: 2e-3,
  },
  {
    id: 'gradient-difference',
    title: 'Gradient against finite differences',
    what: 'Slopes along three directions at the start of network 17, against differences of two losses.',
    tolerance: 1e-3,
  },
  {
    id: 'hessian-difference',
    title: 'Curvature against differences of gradients',
    what: 'The product of network 17’s Hessian with a random vector, against the difference of two gradients.',
    tolerance: 2e-3,
  },
  {
    id: 'hessian-symmetry',
    title: 'The Hessian is symmetric',
    what: 'u · Hv against v · Hu for random vectors u and v, though the compiler never forms H.',
    tolerance: 1e-4,
  },
  {
    id: 'unit-symmetry',
    title: 'Hidden units can change places',
    what: 'All answers of network 17, against those of the same network with its hidden units shuffled and turned.',
    tolerance: 1e-5,
  },
  {
    id: 'same-start',
    title: 'Network 17 is the same network',
    what: 'First weights drawn here, against the published ones, bit for bit; the SHA-256 of network 17 is shown.',
    tolerance: 0,
  },
  {
    id: 'first-steps',
    title: 'The first steps of training',
    what: 'Losses of all fifty networks after the first steps taken here, against those in the published run.',
    tolerance: 1e-4,
  },
  {
    id: 'final-losses',
    title: 'What the trained networks lose',
    what: 'Losses of the fifty published trained networks, computed here, against the published losses.',
    tolerance: 1e-4,
  },
  {
    id: 'surface-points',
    title: 'Heights of the published map',
    what: 'The loss at 36 points of the map of the fifty, computed here, against the published surface.',
    tolerance: 1e-4,
  },
] as const satisfies readonly TruthFacts[];

export type TruthId = (typeof truths)[number]['id'];

export interface TruthFacts {
  readonly id: string;
  readonly title: string;
  readonly what: string;
  /** Largest allowed error. */
  readonly tolerance: number;
}

/** What a truth compares at the place where the two are farthest apart. */
export interface Comparison {
  readonly expected: number | string;
  readonly measured: number | string;
  /** Largest difference over the largest expected size; for bits, how many numbers differ. */
  readonly error: number;
}

export interface TruthResult {
  readonly id: TruthId;
  readonly passed: boolean;
  /** Null where it could not be tested. */
  readonly comparison: Comparison | null;
  /** Why it could not, one sentence; else null. */
  readonly problem: string | null;
}

/** Two lists of numbers, place by place. Whatever is not a number anywhere makes the error infinite. */
export function compare(expected: ArrayLike<number>, measured: ArrayLike<number>): Comparison {
  if (expected.length !== measured.length || expected.length === 0)
    throw new RangeError(
      `${measured.length} numbers were measured where ${expected.length} were expected: the two cannot be compared`,
    );
  let [worst, difference, size] = [0, -1, 0];
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs(expected[i]! - measured[i]!);
    const own = Number.isFinite(gap) ? gap : Infinity;
    if (own > difference) [worst, difference] = [i, own];
    size = Math.max(size, Math.abs(expected[i]!));
  }
  return {
    expected: expected[worst]!,
    measured: measured[worst]!,
    error: difference === 0 ? 0 : difference / (size || 1),
  };
}
