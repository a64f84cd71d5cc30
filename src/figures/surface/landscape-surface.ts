// The landscape in three dimensions: loss as height over a plane through weight space, with every network's path on it.
import type { Landscape, RunDisplay } from '../../artifact/display.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber, formatPercent, formatShare } from '../kit/format.ts';
import { withGuessCaption } from '../kit/guess-caption.ts';
import { landscapeControls, landscapeTable } from '../slices/landscape-numbers.ts';
import { heightScale } from './height-scale.ts';
import { suitableHeight } from './scene.ts';
import { openSurfaceFigure, type SurfaceContent } from './surface-figure.ts';
import type { SurfaceData, SurfacePath, SurfacePoint } from './surface-data.ts';

export interface LandscapeSurfaceState {
  /** Shows the paths up to this snapshot; null for the whole way. */
  readonly until: number | null;
  readonly selected: number | null;
  readonly quantity: 'loss' | 'testLoss' | 'accuracy';
  /** 'auto' takes what shows this surface best; the picture always says which. */
  readonly scale: 'auto' | 'log' | 'linear' | 'clipped';
  /** What a reader thought that the picture would show, in their words. */
  readonly guess: string | null;
}

const quantityNames = {
  loss: 'Training loss',
  testLoss: 'Test loss',
  accuracy: 'Training accuracy',
} as const;

function directionName(landscape: Landscape, direction: 0 | 1): string {
  if (landscape.kind === 'weights') return direction === 0 ? 'Weight a' : 'Weight b';
  const share = landscape.explainedVariance[direction];
  const name = `PC ${direction + 1}`;
  return share === undefined ? name : `${name} (${formatPercent(share)} of variance)`;
}

/** The network's own height: known for the training loss alone, which is what snapshots measure. */
function pathsOf(
  run: RunDisplay,
  landscape: Landscape,
  state: LandscapeSurfaceState,
): SurfacePath[] {
  const { coordinates, trueLoss, snapshotSteps } = landscape;
  const snapshots = snapshotSteps.length;
  const networks = coordinates.length / 2 / snapshots;
  const shown = Math.min(snapshots, Math.floor(state.until ?? snapshots - 1) + 1);
  return Array.from({ length: networks }, (_, network) => {
    const points: SurfacePoint[] = [];
    for (let s = 0; s < shown; s++) {
      const i = s * networks + network;
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

function surfaceOf(run: RunDisplay, state: LandscapeSurfaceState): SurfaceData | null {
  const { landscape } = run;
  const heights = landscape?.[state.quantity];
  if (!landscape || !heights) return null;
  return {
    xs: landscape.xs,
    ys: landscape.ys,
    heights,
    paths: pathsOf(run, landscape, state),
    labels: {
      x: directionName(landscape, 0),
      y: directionName(landscape, 1),
      h: quantityNames[state.quantity],
    },
    // A share between 0 and 1 has no decades.
    heightScale: state.quantity === 'accuracy' ? 'linear' : state.scale,
    good: state.quantity === 'accuracy' ? 'high' : 'low',
  };
}

function absence(run: RunDisplay, state: LandscapeSurfaceState): string {
  if (!run.landscape) {
    return 'The surface is computed when training ends: its plane is found from all the paths.';
  }
  return state.quantity === 'testLoss'
    ? 'This run kept no test points, so there is no test loss to draw.'
    : 'This run predicts numbers, not classes, so there is no accuracy to draw.';
}

function describe(run: RunDisplay, state: LandscapeSurfaceState): string {
  const surface = surfaceOf(run, state);
  if (!surface || !run.landscape) return absence(run, state);
  const scale = heightScale(surface.heights, surface.heightScale);
  const format = state.quantity === 'accuracy' ? formatPercent : formatNumber;
  const variance = run.landscape.explainedVariance;
  const explained =
    variance.length >= 2
      ? ` The plane holds ${formatShare((variance[0] as number) + (variance[1] as number))} of the variance of all snapshots.`
      : '';
  const last = run.landscape.snapshotSteps.length - 1;
  const until = state.until === null ? last : Math.min(state.until, last);
  const selected = surface.paths.find((path) => path.network === state.selected);
  const end = selected?.points.at(-1);
  const own =
    end && Number.isFinite(end[2])
      ? ` Network ${selected?.network} is at (${formatNumber(end[0])}, ${formatNumber(end[1])}), where its own training loss is ${formatNumber(end[2])}.`
      : '';
  const [lowest, highest] = [scale.minimum, scale.maximum].map(format);
  return (
    `Surface of the ${quantityNames[state.quantity].toLowerCase()} over ${surface.labels.x} and ${surface.labels.y}, from ${lowest} to ${highest}. ` +
    `${scale.statement}. ${surface.paths.length} networks walk on it, shown up to step ${run.landscape.snapshotSteps[until]}.${explained}${own}`
  );
}

function contentOf(run: RunDisplay, state: LandscapeSurfaceState): SurfaceContent {
  const surface = surfaceOf(run, state);
  return surface
    ? { surface, selected: state.selected, label: describe(run, state) }
    : { surface: null, absence: absence(run, state) };
}

export const landscapeSurface: Figure<RunDisplay, LandscapeSurfaceState> = {
  name: 'landscape-surface',
  initial: { until: null, selected: null, quantity: 'loss', scale: 'auto', guess: null },
  height: suitableHeight,
  draw(container, data, state, environment) {
    const { picture, caption } = withGuessCaption(container);
    const handle = openSurfaceFigure({ container: picture, data, state, environment, contentOf });
    caption.set(state.guess);
    return {
      ...handle,
      update(next, nextData) {
        handle.update(next, nextData);
        caption.set(next.guess);
      },
      destroy() {
        handle.destroy();
        container.replaceChildren();
      },
    };
  },
  describe,
  table: (run, state) => landscapeTable(run, state.until),
  controls: (run) => [
    ...landscapeControls(run),
    {
      key: 'scale',
      name: 'Height',
      kind: 'choice',
      options: [
        { value: 'auto', text: 'what suits' },
        { value: 'log', text: 'log' },
        { value: 'linear', text: 'linear' },
        { value: 'clipped', text: 'linear, peaks cut' },
      ],
    },
  ],
};
