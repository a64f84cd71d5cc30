// Finds results in a study's data by the kind of the analysis that they come from, each with its own type.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { AveragesResult } from '../../landscape/analyses/averages/averages-result.ts';
import type { BarrierResult } from '../../landscape/analyses/barriers/barriers-result.ts';
import type { BoundaryHistoryResult } from '../../landscape/analyses/boundary-history/boundary-history-result.ts';
import type { ConvexityResult } from '../../landscape/analyses/convexity/convexity-result.ts';
import type { CurvatureResult } from '../../landscape/analyses/curvature/curvature-result.ts';
import type { CurveResult } from '../../landscape/analyses/curves/curves-result.ts';
import type { ForksResult } from '../../landscape/analyses/forks/forks-result.ts';
import type { FunctionSpaceResult } from '../../landscape/analyses/function-space/function-space-result.ts';
import type { AnalysisSpec } from '../../landscape/analyses/index.ts';
import type { LayerScaleResult } from '../../landscape/analyses/layer-scale/layer-scale-result.ts';
import type { OutcomesResult } from '../../landscape/analyses/outcomes/outcomes-result.ts';
import type { PrincipalCloudsResult } from '../../landscape/analyses/principal-clouds/principal-clouds-result.ts';
import type { ProjectionsResult } from '../../landscape/analyses/projections.ts';
import type { RenumberingResult } from '../../landscape/analyses/renumbering/renumbering-result.ts';
import type { RescalingResult } from '../../landscape/analyses/rescaling/rescaling-result.ts';
import type { RoadResult } from '../../landscape/analyses/road/road-result.ts';
import type { SharpnessResult } from '../../landscape/analyses/sharpness-along.ts';
import type { SlicesResult } from '../../landscape/analyses/slices/slices-result.ts';
import type { TrajectoriesResult } from '../../landscape/analyses/trajectories/trajectories-result.ts';
import type { TurnedPlanesResult } from '../../landscape/analyses/turned-planes/turned-planes-result.ts';
import type { ValleyResult } from '../../landscape/analyses/valleys/valleys-result.ts';

interface Results {
  readonly averages: AveragesResult;
  readonly barriers: BarrierResult;
  readonly 'boundary-history': BoundaryHistoryResult;
  readonly convexity: ConvexityResult;
  readonly curvature: CurvatureResult;
  readonly curves: CurveResult;
  readonly forks: ForksResult;
  readonly 'function-space': FunctionSpaceResult;
  readonly 'layer-scale': LayerScaleResult;
  readonly outcomes: OutcomesResult;
  readonly 'principal-clouds': PrincipalCloudsResult;
  readonly projections: ProjectionsResult;
  readonly renumbering: RenumberingResult;
  readonly rescaling: RescalingResult;
  readonly road: RoadResult;
  readonly 'sharpness-along': SharpnessResult;
  readonly slices: SlicesResult;
  readonly trajectories: TrajectoriesResult;
  readonly 'turned-planes': TurnedPlanesResult;
  readonly valleys: ValleyResult;
}

export type AnalysisKind = AnalysisSpec['kind'];

/** What an analysis of that kind answers. */
export type ResultOf<Kind extends AnalysisKind> = Results[Kind];

/** The first loaded result of that kind, or null: a figure then says what it misses. */
export function resultOfKind<Kind extends AnalysisKind>(
  data: StudyDisplay,
  kind: Kind,
): { readonly name: string; readonly result: ResultOf<Kind> } | null {
  for (const [name, result] of Object.entries(data.results)) {
    // The manifest names the kind of the analysis that wrote this result: here the two meet, and nowhere else.
    if (data.study.analyses[name]?.kind === kind) return { name, result: result as ResultOf<Kind> };
  }
  return null;
}
