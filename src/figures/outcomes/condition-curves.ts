// Training under several conditions: the middle network of each over epochs, with the middle half or every network behind it.
import type { StudyDisplay } from '../../artifact/display.ts';
import { betweenMoments } from '../kit/between-moments.ts';
import {
  conditionCurvesState,
  shownConditions,
  viewOfConditionCurves,
  type ConditionCurvesState,
} from '../kit/condition-series.ts';
import { defineFigure } from '../kit/define-figure.ts';
import { conditionCurveControls } from './condition-curves-controls.ts';
import { conditionCurvesLayers } from './condition-curves-layers.ts';
import { pickConditionCurves, placeConditionCurves } from './condition-curves-scene.ts';
import { describeConditionCurves, tableOfConditionCurves } from './condition-curves-words.ts';

function between(
  from: ConditionCurvesState,
  to: ConditionCurvesState,
  t: number,
  data: StudyDisplay,
): ConditionCurvesState | null {
  if (from.show !== to.show) return null;
  const last = (shownConditions(data, to)[0]?.series.epochs.length ?? 1) - 1;
  return betweenMoments(from, to, t, last);
}

export const conditionCurves = defineFigure({
  name: 'condition-curves',
  state: conditionCurvesState,
  height: (width) => Math.round(Math.min(440, Math.max(310, width * 0.62))),
  view: viewOfConditionCurves,
  scene: placeConditionCurves,
  layers: conditionCurvesLayers,
  picking: pickConditionCurves,
  between,
  describe: describeConditionCurves,
  table: tableOfConditionCurves,
  controls: conditionCurveControls,
});
