// How far a flat picture can be trusted: every network's true loss beside the loss that the plane shows under it.
import { median } from 'd3';
import type { RunDisplay } from '../../artifact/display.ts';
import { defineFigure } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { landscapeControls, landscapeTable } from './landscape-numbers.ts';
import { planeFidelityLayers } from './plane-fidelity-layers.ts';
import {
  pickFidelity,
  placeFidelity,
  planeFidelityState,
  type PlaneFidelityState,
  type PlaneFidelityView,
} from './plane-fidelity-scene.ts';
import { marksOfRun } from './run-landscape.ts';

function describe({ landscape }: PlaneFidelityView, { revealed }: PlaneFidelityState): string {
  if (!revealed)
    return 'True losses against losses on the plane, before training; what training made of them is not yet shown.';
  const { snapshots, networks } = marksOfRun(landscape);
  const last = (snapshots - 1) * networks;
  const finals = (values: Float32Array): number[] => Array.from(values.slice(last));
  const ratios = finals(landscape.planeLoss)
    .map((value, n) => value / landscape.trueLoss[last + n]!)
    .filter(Number.isFinite);
  const higher = ratios.filter((ratio) => ratio > 1).length;
  return (
    `After training the plane shows a loss that is ${formatNumber(median(ratios) ?? NaN)} times the true loss (median of ${ratios.length} networks); ` +
    `it is too high for ${higher} of them. ` +
    `The networks end ${formatNumber(median(finals(landscape.offPlane).filter(Number.isFinite)) ?? NaN)} away from the plane (median), ` +
    `on a map ${formatNumber(landscape.xs.at(-1)! - landscape.xs[0]!)} wide.`
  );
}

/** What is revealed moves from where training began. */
function between(
  from: PlaneFidelityState,
  to: PlaneFidelityState,
  t: number,
  { landscape }: RunDisplay,
): PlaneFidelityState | null {
  const last = (landscape?.snapshotSteps.length ?? 1) - 1;
  const at = ({ until, revealed }: PlaneFidelityState): number => (revealed ? (until ?? last) : 0);
  const [a, b] = [at(from), at(to)];
  return a === b || !to.revealed ? null : { ...to, until: a + t * (b - a) };
}

export const planeFidelity = defineFigure({
  name: 'plane-fidelity',
  state: planeFidelityState,
  // A sticky picture on a phone has half the screen.
  height: (width) => Math.round(width < 460 ? 420 : Math.min(600, Math.max(480, width * 0.8))),
  view: (run: RunDisplay) =>
    run.landscape === null
      ? 'The comparison is drawn once training has ended.'
      : { run, landscape: run.landscape },
  scene: placeFidelity,
  layers: planeFidelityLayers,
  picking: pickFidelity,
  between,
  describe,
  table: ({ run }, { revealed, until }) => landscapeTable(run, revealed ? until : 0),
  controls: (run) => landscapeControls(run).filter(({ key }) => key === 'until'),
});
