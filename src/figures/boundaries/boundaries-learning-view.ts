// What the picture of boundaries beside curves shows of a run: the curves, and the boundaries over time.
import type { RunDisplay } from '../../artifact/display.ts';
import type { BoundaryHistoryResult } from '../../landscape/analyses/boundary-history/boundary-history-result.ts';
import {
  viewOfCurves,
  type LossCurvesState,
  type LossCurvesView,
} from '../outcomes/loss-curves-view.ts';

export interface LearningView extends LossCurvesView {
  readonly history: BoundaryHistoryResult;
}

/** The view, or a sentence where the run has not kept this. */
export function viewOfLearning(run: RunDisplay, state: LossCurvesState): LearningView | string {
  const curves = viewOfCurves(run, state);
  if (typeof curves === 'string') return curves;
  const history = run.boundaryHistory ?? null;
  if (history === null) return 'The boundaries of this run were not kept over time.';
  return { ...curves, history };
}
