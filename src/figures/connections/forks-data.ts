// Forks of runs as the figure reads them: losses between two copies, and how far apart they end.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { ForksResult } from '../../landscape/analyses/forks/forks-result.ts';
import { index, orNull, pickedNetwork, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';
import { classesOf, uniformLoss } from './uniform-loss.ts';

export const forksState = {
  /** Which fork is drawn, in the order of their epochs; null for all. */
  fork: orNull(index(0)),
  selected: pickedNetwork(),
};
export type ForksState = StateOf<typeof forksState>;

export interface ForksView {
  /** Of a classifier that knows nothing. */
  readonly uniformLoss: number;
  readonly result: ForksResult;
  /** `[C]`: the lines drawn, each `[T]`, and whose they are. */
  readonly copies: readonly { readonly network: number; readonly losses: Float32Array }[];
  readonly strangers: readonly { readonly network: number; readonly losses: Float32Array }[];
  /** The fork drawn alone. */
  readonly fork: number | null;
}

export function viewOfForks(data: StudyDisplay, state: ForksState): ForksView | string {
  const found = resultOfKind(data, 'forks');
  if (!found) return 'No run of this study was forked.';
  const { result } = found;
  const { losses, strangers, networks } = result;
  const [F, M, T] = losses.shape as [number, number, number];
  const fork = state.fork === null ? null : Math.min(F - 1, state.fork);
  const row = (values: Float32Array, line: number) => values.subarray(line * T, (line + 1) * T);
  const lines = Array.from({ length: F * M }, (_, line) => line).filter(
    (line) => fork === null || Math.floor(line / M) === fork,
  );
  const spec = data.study.analyses[found.name];
  return {
    uniformLoss: uniformLoss(classesOf(data, spec?.kind === 'forks' ? spec.condition : undefined)),
    result,
    fork,
    copies: lines.map((line) => ({
      network: networks[line % M]!,
      losses: row(losses.values, line),
    })),
    strangers: networks.map((network, m) => ({ network, losses: row(strangers.values, m) })),
  };
}
