// Forward, backward and update as graphs: several optimiser steps, and a measurement without one.
import { concat, input, reshape, slice, sqrt } from '../engine/graph/index.ts';
import type { Tensor } from '../engine/graph/index.ts';
import { gradients } from '../engine/autodiff/gradients.ts';
import type { Loss } from './experiment.ts';
import { accuracyOf, lossOf, squaredNorm } from './losses.ts';
import { networkOutputs, packWeights, unpackWeights } from './network.ts';
import { parameterCount } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';
import type { OptimiserRule } from './optimisers.ts';

/** Inputs and targets `[1, count, ...]` that all networks share, cut from a batch of steps. */
const rowOf = (x: Tensor, step: number): Tensor => slice(x, 0, step, step + 1);

/** Loss `[N]` and its gradient with respect to the flat weights `[N, P]`. */
export function lossAndGradient(
  network: NetworkShape,
  loss: Loss,
  weights: Tensor,
  inputs: Tensor,
  targets: Tensor,
): { loss: Tensor; outputs: Tensor; gradient: Tensor } {
  const parts = unpackWeights(network, weights);
  const outputs = networkOutputs(network, parts, inputs);
  const value = lossOf(loss, outputs, targets);
  return { loss: value, outputs, gradient: packWeights(gradients(value, parts)) };
}

/** The names under which a chunk's state enters a step; it leaves as `next-<name>`. */
export const stateNames = (rule: OptimiserRule): string[] => [
  'weights',
  ...Array.from({ length: rule.slots }, (_, k) => `slot-${k}`),
];

/**
 * `steps` optimiser steps of `networks` networks in one graph.
 * In: the state `[N, P]` each, `inputs` `[b, batch, features]`, `targets` `[b, batch, outputs]` where b is
 * `steps`, or 1 where every step sees the same full batch, and `scalars` `[steps, rule.scalars]`.
 * Out: the next state, and `loss` `[steps, N]`, each before its step.
 */
export function trainingSteps(options: {
  readonly network: NetworkShape;
  readonly loss: Loss;
  readonly rule: OptimiserRule;
  readonly networks: number;
  readonly batch: number;
  readonly steps: number;
  readonly sameBatch: boolean;
}): Record<string, Tensor> {
  const { network, rule, networks, batch, steps, sameBatch } = options;
  const [features, outputs] = [network.sizes[0] as number, network.sizes.at(-1) as number];
  const batches = sameBatch ? 1 : steps;
  const names = stateNames(rule);
  const inputs = input('inputs', [batches, batch, features]);
  const targets = input('targets', [batches, batch, outputs]);
  const scalars = input('scalars', [steps, rule.scalars]);
  let state = names.map((name) => input(name, [networks, parameterCount(network)]));
  const losses: Tensor[] = [];
  for (let step = 0; step < steps; step++) {
    const row = sameBatch ? 0 : step;
    const [weights, ...slots] = state as [Tensor, ...Tensor[]];
    const { loss, gradient } = lossAndGradient(
      network,
      options.loss,
      weights,
      rowOf(inputs, row),
      rowOf(targets, row),
    );
    const numbers = Array.from({ length: rule.scalars }, (_, k) =>
      reshape(slice(rowOf(scalars, step), 1, k, k + 1), []),
    );
    const next = rule.update(weights, gradient, slots, numbers);
    state = [next.weights, ...next.slots];
    losses.push(reshape(loss, [1, networks]));
  }
  return {
    ...Object.fromEntries(names.map((name, k) => [`next-${name}`, state[k] as Tensor])),
    loss: concat(losses, 0),
  };
}

/** What is recorded of `networks` networks as they are: everything `[N]`. */
export function measurement(options: {
  readonly network: NetworkShape;
  readonly loss: Loss;
  readonly networks: number;
  readonly trainCount: number;
  readonly testCount: number;
  readonly classes: boolean;
}): Record<string, Tensor> {
  const { network, networks, trainCount, testCount, classes } = options;
  const [features, outputs] = [network.sizes[0] as number, network.sizes.at(-1) as number];
  const samples = (part: string, count: number): [Tensor, Tensor] => [
    input(`${part}-inputs`, [1, count, features]),
    input(`${part}-targets`, [1, count, outputs]),
  ];
  const weights = input('weights', [networks, parameterCount(network)]);
  const [trainInputs, trainTargets] = samples('train', trainCount);
  const train = lossAndGradient(network, options.loss, weights, trainInputs, trainTargets);
  const measured: Record<string, Tensor> = {
    trainLoss: train.loss,
    gradientNorm: sqrt(squaredNorm(train.gradient)),
  };
  if (classes) measured.trainAccuracy = accuracyOf(train.outputs, trainTargets);
  if (testCount === 0) return measured;
  const [testInputs, testTargets] = samples('test', testCount);
  const answers = networkOutputs(network, unpackWeights(network, weights), testInputs);
  measured.testLoss = lossOf(options.loss, answers, testTargets);
  if (classes) measured.testAccuracy = accuracyOf(answers, testTargets);
  return measured;
}
