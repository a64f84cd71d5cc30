// A run's landscape as a surface: the plane of all its snapshots, with every network's path on it.
import type { Landscape, RunDisplay } from '../../artifact/display.ts';
import { formatNumber, formatPercent, formatShare } from '../kit/format.ts';
import { landscapeTable } from '../slices/landscape-numbers.ts';
import { quantityNames } from '../slices/landscape-quantity.ts';
import { directionName, marksOfRun } from '../slices/run-landscape.ts';
import { heightScale } from './height-scale.ts';
import type { SurfaceData, SurfacePath, SurfacePoint } from './surface-data.ts';
import { heightOptions, type LandscapeSurfaceState, type SurfaceView } from './surface-view.ts';

/** The network's own height: known for the training loss alone, which is what snapshots measure. */
function pathsOf(
  run: RunDisplay,
  landscape: Landscape,
  state: LandscapeSurfaceState,
): SurfacePath[] {
  const { coordinates, trueLoss, snapshotSteps } = landscape;
  const { snapshots, networks, row } = marksOfRun(landscape);
  const shown = Math.min(snapshots, Math.floor(state.until ?? snapshots - 1) + 1);
  return Array.from({ length: networks }, (_, network) => {
    const points: SurfacePoint[] = [];
    for (let s = 0; s < shown; s++) {
      const i = row(s, network);
      const [x, y] = [coordinates[2 * i] as number, coordinates[2 * i + 1] as number];
      // After a divergence there are no weights, and so no place on the plane.
      if (!Number.isFinite(x) || !Number.isFinite(y)) break;
      points.push([x, y, state.quantity === 'loss' ? (trueLoss[i] as number) : NaN]);
    }
    const divergedAt = run.statistics.divergedAt[network] ?? -1;
    const reached = snapshotSteps[shown - 1] as number;
    return { points, network, diverged: divergedAt >= 0 && divergedAt <= reached };
  });
}

function describe(landscape: Landscape, surface: SurfaceData, state: LandscapeSurfaceState) {
  const scale = heightScale(surface.heights, surface.heightScale);
  const format = state.quantity === 'accuracy' ? formatPercent : formatNumber;
  const [first, second] = landscape.explainedVariance;
  const explained =
    first === undefined || second === undefined
      ? ''
      : ` The plane holds ${formatShare(first + second)} of the variance of all snapshots.`;
  const last = landscape.snapshotSteps.length - 1;
  const until = state.until === null ? last : Math.min(state.until, last);
  const selected = surface.paths.find((path) => path.network === state.selected);
  const end = selected?.points.at(-1);
  const own =
    end && Number.isFinite(end[2])
      ? ` Network ${selected?.network} is at (${formatNumber(end[0])}, ${formatNumber(end[1])}), where its own training loss is ${formatNumber(end[2])}.`
      : '';
  const [lowest, highest] = [scale.minimum, scale.maximum].map(format);
  return (
    `Surface of the ${surface.labels.h.toLowerCase()} over ${surface.labels.x} and ${surface.labels.y}, from ${lowest} to ${highest}. ` +
    `${scale.statement}. ${surface.paths.length} networks walk on it, shown up to step ${landscape.snapshotSteps[until]}.${explained}${own}`
  );
}

export function surfaceOfRun(run: RunDisplay, state: LandscapeSurfaceState): SurfaceView | string {
  const { landscape } = run;
  if (!landscape)
    return 'The surface is computed when training ends: its plane is found from all the paths.';
  const heights = landscape[state.quantity];
  if (!heights)
    return state.quantity === 'testLoss'
      ? 'This run kept no test points, so there is no test loss to draw.'
      : 'This run predicts numbers, not classes, so there is no accuracy to draw.';
  const surface: SurfaceData = {
    xs: landscape.xs,
    ys: landscape.ys,
    heights,
    paths: pathsOf(run, landscape, state),
    labels: {
      x: directionName(landscape, 0, true),
      y: directionName(landscape, 1, true),
      h: quantityNames[state.quantity],
    },
    ...heightOptions(state),
  };
  return {
    surface,
    describe: () => describe(landscape, surface, state),
    table: () => landscapeTable(run, state.until),
    fidelity: () => [],
  };
}
