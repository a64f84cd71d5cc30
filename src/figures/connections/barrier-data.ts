// Barriers as figures read them: which alignments a result has, their names, and the pairs of a matrix.
import type { StudyDisplay } from '../../artifact/display.ts';
import type {
  Barriers,
  ConditionBarriers,
} from '../../landscape/analyses/barriers/barriers-result.ts';
import { resultOfKind } from '../kit/study-results.ts';

/** How the second network's hidden units were put in order before the line was drawn. */
export const alignmentNames = ['raw', 'weights', 'activations'] as const;
export type AlignmentName = (typeof alignmentNames)[number];

const keys = { raw: 'none', weights: 'weights', activations: 'activations' } as const;

export const alignmentTexts: Readonly<Record<AlignmentName, string>> = {
  raw: 'as trained',
  weights: 'aligned by weights',
  activations: 'aligned by activations',
};

export const barriersOf = (
  condition: ConditionBarriers,
  alignment: AlignmentName,
): Barriers | null => condition.byAlignment[keys[alignment]] ?? null;

export interface NamedCondition {
  readonly key: string;
  readonly barriers: ConditionBarriers;
}

/** Conditions of the study's barriers in the study's order; none where the analysis is not loaded. */
export function conditionsWithBarriers(data: StudyDisplay): readonly NamedCondition[] {
  const conditions = resultOfKind(data, 'barriers')?.result.conditions ?? {};
  return Object.entries(conditions).map(([key, barriers]) => ({ key, barriers }));
}

/** Of a symmetric matrix, the entries above the diagonal. */
export function pairValues(matrix: ArrayLike<number>, N: number): number[] {
  const values: number[] = [];
  for (let i = 0; i < N; i++) for (let j = i + 1; j < N; j++) values.push(matrix[i * N + j]!);
  return values;
}

/** Each network's mean over its pairs with the others, those that are finite. */
export function meanWithOthers(matrix: ArrayLike<number>, N: number): number[] {
  return Array.from({ length: N }, (_, i) => {
    let [sum, count] = [0, 0];
    for (let j = 0; j < N; j++) {
      const value = matrix[i * N + j]!;
      if (i === j || !Number.isFinite(value)) continue;
      sum += value;
      count += 1;
    }
    return count > 0 ? sum / count : NaN;
  });
}
