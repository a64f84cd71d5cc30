// Update rules as graphs over flat weights [N, P], in PyTorch's formulation (torch.optim), so that results compare.
import { add, divide, multiply, sqrt, square, subtract } from '../engine/graph/index.ts';
import type { Tensor } from '../engine/graph/index.ts';
import type { Optimiser } from './experiment.ts';
import { withDecay } from './losses.ts';

export interface OptimiserRule {
  /** How many tensors `[N, P]` of state it keeps; all start at zero. */
  readonly slots: number;
  /** How many numbers it needs at each step. */
  readonly scalars: number;
  /** Those numbers for 1-based `step` at learning rate `rate`, computed in float64. */
  schedule(step: number, rate: number): number[];
  update(
    weights: Tensor,
    gradient: Tensor,
    slots: readonly Tensor[],
    scalars: readonly Tensor[],
  ): { weights: Tensor; slots: Tensor[] };
}

type OfKind<Kind> = Extract<Optimiser, { kind: Kind }>;

/** w <- w - eta g. */
const sgd = (weightDecay: number): OptimiserRule => ({
  slots: 0,
  scalars: 1,
  schedule: (_, rate) => [rate],
  update: (weights, gradient, _, [rate]) => ({
    weights: subtract(weights, multiply(rate!, withDecay(gradient, weights, weightDecay))),
    slots: [],
  }),
});

/**
 * v <- mu v + g; w <- w - eta v (Polyak 1964), or with Nesterov's look-ahead w <- w - eta (g + mu v)
 * (Sutskever et al. 2013, as reformulated by PyTorch). From v = 0 the first step is plain descent, as PyTorch's.
 */
const heavyBall = (
  { momentum }: { momentum: number },
  nesterov: boolean,
  weightDecay: number,
): OptimiserRule => ({
  slots: 1,
  scalars: 1,
  schedule: (_, rate) => [rate],
  update: (weights, gradient, [velocity], [rate]) => {
    const slope = withDecay(gradient, weights, weightDecay);
    const next = add(multiply(momentum, velocity!), slope);
    const direction = nesterov ? add(slope, multiply(momentum, next)) : next;
    return { weights: subtract(weights, multiply(rate!, direction)), slots: [next] };
  },
});

/** s <- a s + (1 - a) g^2; w <- w - eta g / (sqrt(s) + eps) (Tieleman & Hinton 2012). */
const rmsprop = (
  { smoothing, epsilon }: OfKind<'rmsprop'>,
  weightDecay: number,
): OptimiserRule => ({
  slots: 1,
  scalars: 1,
  schedule: (_, rate) => [rate],
  update: (weights, gradient, [average], [rate]) => {
    const slope = withDecay(gradient, weights, weightDecay);
    const next = add(multiply(smoothing, average!), multiply(1 - smoothing, square(slope)));
    const step = divide(multiply(rate!, slope), add(sqrt(next), epsilon));
    return { weights: subtract(weights, step), slots: [next] };
  },
});

/**
 * Adam (Kingma & Ba 2015, algorithm 1); AdamW where `decoupled`: the decay shrinks the weights directly
 * and never enters the moments (Loshchilov & Hutter 2019, algorithm 2).
 * The scalars are eta / (1 - beta1^t), 1 / sqrt(1 - beta2^t) and eta.
 */
const adam = (
  { beta1, beta2, epsilon }: OfKind<'adam' | 'adamw'>,
  decoupled: boolean,
  weightDecay: number,
): OptimiserRule => ({
  slots: 2,
  scalars: 3,
  schedule: (step, rate) => [rate / (1 - beta1 ** step), 1 / Math.sqrt(1 - beta2 ** step), rate],
  update: (weights, gradient, [mean, variance], [stepSize, correction, rate]) => {
    const slope = decoupled ? gradient : withDecay(gradient, weights, weightDecay);
    const nextMean = add(multiply(beta1, mean!), multiply(1 - beta1, slope));
    const nextVariance = add(multiply(beta2, variance!), multiply(1 - beta2, square(slope)));
    const denominator = add(multiply(sqrt(nextVariance), correction!), epsilon);
    const shrunk =
      decoupled && weightDecay > 0
        ? subtract(weights, multiply(multiply(rate!, weightDecay), weights))
        : weights;
    return {
      weights: subtract(shrunk, divide(multiply(stepSize!, nextMean), denominator)),
      slots: [nextMean, nextVariance],
    };
  },
});

/** The rule that an experiment names. */
export function optimiserRule(optimiser: Optimiser, weightDecay: number): OptimiserRule {
  switch (optimiser.kind) {
    case 'sgd':
      return sgd(weightDecay);
    case 'momentum':
      return heavyBall(optimiser, false, weightDecay);
    case 'nesterov':
      return heavyBall(optimiser, true, weightDecay);
    case 'rmsprop':
      return rmsprop(optimiser, weightDecay);
    case 'adam':
      return adam(optimiser, false, weightDecay);
    case 'adamw':
      return adam(optimiser, true, weightDecay);
  }
}
