// Four measures of curvature as the figure reads them: conditions in rows by weight decay and series by batch size.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { ConditionCurvature } from '../../landscape/analyses/curvature/curvature-result.ts';
import { batchName, decayName } from '../kit/setting-names.ts';
import { pickedNetwork, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export const hessianMeasuresState = { selected: pickedNetwork() };
export type HessianMeasuresState = StateOf<typeof hessianMeasuresState>;

export type Measure = 'largestEigenvalue' | 'trace' | 'filterNormalised' | 'adaptive';

export const measures: readonly {
  readonly key: Measure;
  readonly name: string;
  readonly short: string;
}[] = [
  { key: 'largestEigenvalue', name: 'Largest eigenvalue', short: 'Largest eigenvalue' },
  { key: 'trace', name: 'Trace: the sum of all eigenvalues', short: 'Trace' },
  {
    key: 'filterNormalised',
    name: 'Along filter-normalised directions',
    short: 'Filter-normalised',
  },
  { key: 'adaptive', name: 'Adaptive sharpness', short: 'Adaptive' },
];

export interface MeasuredCondition {
  readonly key: string;
  readonly title: string;
  /** Row: which weight decay; series: which batch size. */
  readonly row: number;
  readonly series: number;
  readonly curvature: ConditionCurvature;
}

export interface MeasureGrid {
  readonly rows: readonly string[];
  readonly series: readonly string[];
  readonly cells: readonly MeasuredCondition[];
}

export function measureGridOf(data: StudyDisplay): MeasureGrid | string {
  const conditions = resultOfKind(data, 'curvature')?.result.conditions ?? {};
  const rows: string[] = [];
  const series: string[] = [];
  const placeIn = (names: string[], name: string): number => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const cells = data.study.conditions.flatMap(({ key, title, experiment }): MeasuredCondition[] => {
    const curvature = conditions[key];
    if (curvature === undefined) return [];
    const row = placeIn(rows, decayName(experiment));
    return [{ key, title, row, series: placeIn(series, batchName(experiment)), curvature }];
  });
  return cells.length === 0 ? 'This study measured no curvature.' : { rows, series, cells };
}

/** Each network's own value. */
export function valuesOf(
  { top, trace, filterNormalised, adaptive }: ConditionCurvature,
  measure: Measure,
): number[] {
  if (measure !== 'largestEigenvalue')
    return Array.from({ trace, filterNormalised, adaptive }[measure].values);
  const each = top.shape[1] ?? 1;
  return Array.from(top.values).filter((_, index) => index % each === 0);
}
