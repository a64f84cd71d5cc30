// The training of curves as a graph: several optimiser steps on the points between two networks.
import { concat, input, multiply, reshape, slice, sum } from '../../engine/graph/index.ts';
import type { Tensor } from '../../engine/graph/index.ts';
import { gradients } from '../../engine/autodiff/gradients.ts';
import type { Loss } from '../../learning/experiment.ts';
import { lossOf } from '../../learning/losses.ts';
import { networkOutputs, packWeights, unpackWeights } from '../../learning/network.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import type { OptimiserRule } from '../../learning/optimisers.ts';
import { stateNames } from '../../learning/training-graph.ts';

export interface CurveGraphOptions {
  readonly network: NetworkShape;
  readonly loss: Loss;
  readonly rule: OptimiserRule;
  /** C curves at once. */
  readonly curves: number;
  readonly bends: number;
  readonly batch: number;
  readonly steps: number;
  /** Every step sees the same full batch. */
  readonly sameBatch: boolean;
}

/**
 * Descent on `L(phi(t))`, t drawn anew for each step and curve, with respect to the bends theta: in expectation the
 * mean loss over t (Garipov et al. 2018, arXiv:1802.10026, section 3, with t uniform).
 *
 * In: `from` and `to` `[C, P]`; the state of `stateNames`, bends as `weights` `[C, bends * P]`; `shares`
 * `[C, steps * (bends + 2)]`, how much each point counts (`curveWeights`) at each step; `inputs`, `targets` and
 * `scalars` as `trainingSteps` has them. Out: the next state, and `loss` `[C, steps]`, each before its step.
 */
export function curveSteps(options: CurveGraphOptions): Record<string, Tensor> {
  const { network, rule, curves, bends, batch, steps, sameBatch } = options;
  const P = parameterCount(network);
  const [features, outputs] = [network.sizes[0] as number, network.sizes.at(-1) as number];
  const batches = sameBatch ? 1 : steps;
  const names = stateNames(rule);
  const inputs = input('inputs', [batches, batch, features]);
  const targets = input('targets', [batches, batch, outputs]);
  const scalars = input('scalars', [steps, rule.scalars]);
  const shares = input('shares', [curves, steps * (bends + 2)]);
  const ends = ['from', 'to'].map((name) => reshape(input(name, [curves, P]), [curves, 1, P]));
  let state = names.map((name) => input(name, [curves, bends * P]));
  const losses: Tensor[] = [];
  for (let step = 0; step < steps; step++) {
    const row = sameBatch ? 0 : step;
    const [theta, ...slots] = state as [Tensor, ...Tensor[]];
    const points = concat(
      [ends[0] as Tensor, reshape(theta, [curves, bends, P]), ends[1] as Tensor],
      1,
    );
    const own = slice(shares, 1, step * (bends + 2), (step + 1) * (bends + 2));
    const weights = sum(multiply(reshape(own, [curves, bends + 2, 1]), points), [1]);
    const parts = unpackWeights(network, weights);
    const answers = networkOutputs(network, parts, slice(inputs, 0, row, row + 1));
    const loss = lossOf(options.loss, answers, slice(targets, 0, row, row + 1));
    // dL/dtheta_k = share_k dL/dphi, so that the network is differentiated by its parts, as in training.
    const byPoint = reshape(packWeights(gradients(loss, parts)), [curves, 1, P]);
    const ownBends = reshape(slice(own, 1, 1, bends + 1), [curves, bends, 1]);
    const gradient = reshape(multiply(ownBends, byPoint), [curves, bends * P]);
    const numbers = Array.from({ length: rule.scalars }, (_, k) =>
      reshape(slice(slice(scalars, 0, step, step + 1), 1, k, k + 1), []),
    );
    const next = rule.update(theta, gradient, slots, numbers);
    state = [next.weights, ...next.slots];
    losses.push(reshape(loss, [curves, 1]));
  }
  return {
    ...Object.fromEntries(names.map((name, k) => [`next-${name}`, state[k] as Tensor])),
    loss: concat(losses, 1),
  };
}
