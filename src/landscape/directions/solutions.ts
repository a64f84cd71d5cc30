// Where networks ended, by index, and the middle of them.
import { rowIsFinite } from '../rows.ts';
import type { WeightHistory } from './fitted-snapshots.ts';
import type { Centre } from './plane-spec.ts';

/** Rows of `snapshots` `[S * N, P]` that hold network 0, 1, ... at the end of training. */
const lastRow = ({ snapshotSteps, networks }: WeightHistory, network: number): number =>
  (snapshotSteps.length - 1) * networks + network;

const rowOf = ({ snapshots, parameters: P }: WeightHistory, row: number): Float32Array =>
  snapshots.slice(row * P, (row + 1) * P);

const diverged = (history: WeightHistory, network: number): boolean =>
  history.divergedAt[network]! >= 0 ||
  !rowIsFinite(history.snapshots, history.parameters, lastRow(history, network));

/** Networks that did not diverge, by index. */
export const soundNetworksOf = (history: WeightHistory): number[] =>
  Array.from({ length: history.networks }, (_, network) => network).filter(
    (network) => !diverged(history, network),
  );

/** The weights `[P]` where a network ended. @throws RangeError where there is no such network, or it diverged. */
export function solutionOf(history: WeightHistory, network: number): Float32Array {
  if (!Number.isInteger(network) || network < 0 || network >= history.networks)
    throw new RangeError(
      `a slice names network ${network}, but there are ${history.networks}: expected 0 to ${history.networks - 1}`,
    );
  if (diverged(history, network))
    throw new RangeError(
      `a slice names network ${network}, which diverged: choose one of ${soundNetworksOf(history).slice(0, 10).join(', ') || 'another experiment'}`,
    );
  return rowOf(history, lastRow(history, network));
}

/** The mean `[P]` of where the networks that did not diverge ended. */
export function meanSolution(history: WeightHistory): Float32Array {
  const sound = soundNetworksOf(history);
  if (sound.length === 0)
    throw new RangeError('a slice through the mean of no networks: every one of them diverged');
  const sums = new Float64Array(history.parameters);
  for (const network of sound)
    for (const [p, value] of solutionOf(history, network).entries()) sums[p]! += value;
  return Float32Array.from(sums, (sum) => sum / sound.length);
}

export const centreOf = (history: WeightHistory, centre: Centre): Float32Array =>
  centre === 'mean' ? meanSolution(history) : solutionOf(history, centre.network);

/** How far training moved a network, `|end - start|`, or the networks that did not diverge on average. */
export function distanceTravelled(history: WeightHistory, centre: Centre): number {
  const networks = centre === 'mean' ? soundNetworksOf(history) : [centre.network];
  const distances = networks.map((network) => {
    const start = rowOf(history, network);
    let squares = 0;
    for (const [p, value] of solutionOf(history, network).entries())
      squares += (value - start[p]!) ** 2;
    return Math.sqrt(squares);
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}
