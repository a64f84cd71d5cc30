// Every slice, at points of its grid and where networks are marked, computed again from the stored weights.
import type { AnalysisContext, Recheck, TrainedCondition } from '../analysis.ts';
import { recheckBothParts } from '../data-parts.ts';
import type { TensorsOf } from '../derived.ts';
import type { SlicePaths } from './slice-paths.ts';
import { recheckGrid, recheckMarkers } from './slice-points-rechecks.ts';
import { markerRows, subjectAgain } from './slice-subject.ts';
import type { SlicesResult, SlicesSpec } from './slices-result.ts';

export function recheckSlices(
  context: AnalysisContext<TrainedCondition>,
  spec: SlicesSpec,
  result: SlicesResult,
): Promise<Recheck[]> {
  const { subject } = subjectAgain(context, spec, result.paths as TensorsOf<SlicePaths>);
  return recheckBothParts(context, subject.condition, async ({ part, evaluate }) => {
    const checks: Recheck[] = [];
    for (const [name, slice] of Object.entries(result.slices)) {
      const again = { name, slice, evaluate, ...subject };
      checks.push(...(await recheckGrid(again, part)));
      if (part === 'test') continue;
      const rows = markerRows(spec.slices[name]!, subject.history);
      checks.push(...(await recheckMarkers(again, rows)));
    }
    return checks;
  });
}
