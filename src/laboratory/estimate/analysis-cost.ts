// What an analysis will take where that is simple to count: losses evaluated on a grid, a line, or between pairs.
import type { AnalysisSpec } from '../../landscape/analyses/index.ts';
import type { DataDimensions } from '../../learning/data-dimensions.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { assumedSpeed, costOf, formatDuration, sizeOf } from './run-cost.ts';

/** Times that a loss of one network on all points is evaluated; null where that depends on what is found. */
export function evaluationsOf(
  spec: AnalysisSpec,
  { initialisations }: Pick<Experiment, 'initialisations'>,
): number | null {
  switch (spec.kind) {
    case 'slices': {
      const points = Object.values(spec.slices).map((slice) => {
        const dimensions = 'dimensions' in slice ? slice.dimensions : lengthOf[slice.directions];
        return dimensions === undefined ? NaN : slice.size ** dimensions;
      });
      const all = points.reduce((sum, count) => sum + count, 0);
      return Number.isFinite(all) ? all : null;
    }
    case 'barriers': {
      const networks = Math.min(spec.networks, initialisations);
      return ((networks * (networks - 1)) / 2) * spec.points * spec.alignments.length;
    }
    default:
      return null;
  }
}

const lengthOf: Partial<Record<string, number>> = { 'two-solutions': 1, 'three-solutions': 2 };

/** A sentence, or null where nothing simple can be said. */
export function estimateAnalysis(
  spec: AnalysisSpec,
  experiment: Experiment,
  dimensions: DataDimensions | null,
  speed: number | null,
): string | null {
  const evaluations = evaluationsOf(spec, experiment);
  if (evaluations === null || !dimensions) return null;
  const { weights } = costOf(experiment, sizeOf(experiment, dimensions));
  const seconds = (evaluations * weights * dimensions.samples) / (speed ?? assumedSpeed);
  const times = evaluations.toLocaleString('en');
  const source = speed === null ? 'assumed' : 'as measured on this machine';
  return `The loss is evaluated ${times} times: ${formatDuration(seconds)} (${source}).`;
}
