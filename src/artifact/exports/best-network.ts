// The network to take where none is picked.
import type { TrainingHistory } from '../../learning/history.ts';

/** Of those that did not diverge, the one with the lowest training loss at the last record; 0 where all did. */
export function bestNetwork({
  networks,
  curves,
  divergedAt,
}: Pick<TrainingHistory, 'networks' | 'curves' | 'divergedAt'>): number {
  const last = (curves.steps.length - 1) * networks;
  const lossOf = (network: number): number => {
    const loss = curves.trainLoss[last + network] ?? NaN;
    return (divergedAt[network] ?? -1) >= 0 || Number.isNaN(loss) ? Infinity : loss;
  };
  let best = 0;
  for (let network = 1; network < networks; network++)
    if (lossOf(network) < lossOf(best)) best = network;
  return best;
}
