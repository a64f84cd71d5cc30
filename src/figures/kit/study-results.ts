// Finds results in a study's data by the kind of the analysis that they come from.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { AnalysisSpec } from '../../landscape/analyses/index.ts';

/** The first loaded result of that kind, or null: a figure then says what it misses. */
export function resultOfKind<Result>(
  data: StudyDisplay,
  kind: AnalysisSpec['kind'],
): { readonly name: string; readonly result: Result } | null {
  for (const [name, result] of Object.entries(data.results)) {
    if (data.study.analyses[name]?.kind === kind) return { name, result: result as Result };
  }
  return null;
}
