// A run's landscape as the map draws it: the plane of all its snapshots, with every network's path.
import { median, ticks } from 'd3';
import type { Landscape, RunDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { formatNumber, formatPercent, formatShare } from '../kit/format.ts';
import { networkColour } from '../kit/palette.ts';
import { landscapeTable } from './landscape-numbers.ts';
import { quantityNames, type LandscapeQuantity } from './landscape-quantity.ts';
import type {
  LandscapeMapState,
  LandscapeMarks,
  LandscapeView,
  LandscapeWords,
  PlacedLandscape,
} from './landscape-view.ts';
import { placePlane, type Plane } from './plane.ts';
import type { TrackLook } from './plane-marks.ts';

const surfaceName = (quantity: LandscapeQuantity): string =>
  `${quantityNames[quantity]} on the plane`;

/** Networks and snapshots of a landscape, and the row of one at another. */
export function marksOfRun({ snapshotSteps, trueLoss }: Landscape) {
  const snapshots = snapshotSteps.length;
  const networks = trueLoss.length / snapshots;
  return { snapshots, networks, row: (s: number, n: number): number => s * networks + n };
}

export function planeOfRun(landscape: Landscape): Plane {
  const { snapshots, networks, row } = marksOfRun(landscape);
  return {
    xs: landscape.xs,
    ys: landscape.ys,
    coordinates: landscape.coordinates,
    tracks: Array.from({ length: networks }, (_, n) => ({
      network: n,
      rows: Array.from({ length: snapshots }, (_, s) => row(s, n)),
      colour: networkColour(n),
      title: `network ${n}`,
    })),
    // While a run goes on, its networks may leave the plane that was laid before it began.
    isOpen: true,
  };
}

/** Name of a plane direction, with the share of variance that it carries. */
export function directionName(landscape: Landscape, direction: 0 | 1, isShort: boolean): string {
  if (landscape.kind === 'weights') return direction === 0 ? 'Weight a' : 'Weight b';
  const share = landscape.explainedVariance[direction];
  const name = `PC ${direction + 1}`;
  if (share === undefined) return name;
  const variance = `${formatPercent(share)} of variance`;
  return isShort ? `${name} (${variance})` : `${name} (${variance}; distance in weight space)`;
}

const name = { over: 12, under: 22 };
const crowdLook: TrackLook = {
  line: 1.4,
  casing: 0,
  startRadius: 2.6,
  endRadius: 3.4,
  endOutline: 1,
  name: null,
};
const aloneLook: TrackLook = { ...crowdLook, line: 2, casing: 1.6, startRadius: 4, endRadius: 5 };
const selectedLook: TrackLook = {
  line: 2.75,
  casing: 1.6,
  startRadius: 4.5,
  endRadius: 5.5,
  endOutline: 1.5,
  name,
};

/** All networks together, and the picked one once more on top. */
function marksOn({ tracks }: Plane, selected: number | null): LandscapeMarks {
  const picked = tracks.find(({ network }) => network === selected);
  return {
    under: [
      {
        tracks,
        opacity: picked ? 0.45 : 0.9,
        look: tracks.length > 1 ? crowdLook : aloneLook,
      },
    ],
    selected: picked ? { tracks: [picked], opacity: null, look: selectedLook } : null,
    key: picked !== undefined,
    named: [],
  };
}

function place(landscape: Landscape, width: number, height: number): PlacedLandscape {
  const isNarrow = width < 460;
  const footHeight = isNarrow ? 162 : 170;
  const left = isNarrow ? 4 : 44;
  const footWidth = width - left - 12;
  const within: Box = { left: 44, right: width - 12, top: 28, bottom: height - footHeight };
  const placed = placePlane(landscape, within);
  const { box } = placed;
  const ticksOf = (low: number, high: number, count: number): number[] =>
    ticks(low, high, Math.max(3, Math.floor(count)));
  const { xs, ys } = landscape;
  return {
    place: placed,
    height: box.bottom + footHeight,
    axes: {
      xName: directionName(landscape, 0, isNarrow),
      yName: directionName(landscape, 1, isNarrow),
      xTicks: ticksOf(xs[0]!, xs.at(-1)!, (box.right - box.left) / 80),
      yTicks: ticksOf(ys[0]!, ys.at(-1)!, (box.bottom - box.top) / 60),
    },
    legend: { x: left, y: box.bottom + 46, width: Math.min(320, footWidth - 10) },
    words: { x: left, y: box.bottom + 118, width: footWidth },
    losses: null,
  };
}

/** Of the snapshot nearest to the moment that is shown. */
function snapshotAt({ snapshotSteps }: Landscape, until: number | null): number {
  const last = snapshotSteps.length - 1;
  return Math.round(Math.min(until ?? last, last));
}

function wordsOf(
  landscape: Landscape,
  { words: { y } }: PlacedLandscape,
  selected: number | null,
  until: number | null,
): LandscapeWords {
  if (landscape.kind === 'weights') {
    const text =
      'The axes are the two weights themselves: nothing is off this plane, and every height is exact.';
    return { bar: null, caption: null, sentence: { y: y + 6, text } };
  }
  const { networks, row } = marksOfRun(landscape);
  const at = (n: number): number => row(snapshotAt(landscape, until), n);
  const distances = Array.from({ length: networks }, (_, n) => landscape.offPlane[at(n)]!);
  const typical = median(distances.filter(Number.isFinite)) ?? 0;
  const distance = selected === null ? typical : distances[selected]!;
  const text =
    selected === null
      ? `median distance of the networks from this plane, to scale: ${formatNumber(typical)}`
      : `network ${selected} is ${formatNumber(distance)} away from this plane: its true loss is ` +
        `${formatNumber(landscape.trueLoss[at(selected)]!)}, under it the plane shows ` +
        `${formatNumber(landscape.planeLoss[at(selected)]!)}`;
  return { bar: { y, distance }, caption: null, sentence: { y: y + 18, text } };
}

function say(landscape: Landscape, network: number, until: number | null): string {
  const row = marksOfRun(landscape).row(snapshotAt(landscape, until), network);
  return (
    `network ${network}: true loss ${formatNumber(landscape.trueLoss[row]!)}, ` +
    `loss on the plane ${formatNumber(landscape.planeLoss[row]!)}, ` +
    `${formatNumber(landscape.offPlane[row]!)} off the plane`
  );
}

function describe(landscape: Landscape, surface: Float32Array, quantity: LandscapeQuantity) {
  const { snapshots, networks } = marksOfRun(landscape);
  const lastMedian = (values: Float32Array): string =>
    formatNumber(
      median(Array.from(values.slice((snapshots - 1) * networks)).filter(Number.isFinite)) ?? NaN,
    );
  const format = quantity === 'accuracy' ? formatPercent : formatNumber;
  const finite = Array.from(surface).filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const [first, second] = landscape.explainedVariance;
  const variance =
    first === undefined || second === undefined
      ? ''
      : ` The plane holds ${formatShare(first + second)} of the variance.`;
  return (
    `Contours of ${surfaceName(quantity).toLowerCase()}, from ${format(low)} to ${format(high)}, ` +
    `and the paths of ${networks === 1 ? 'one network' : `${networks} networks`}, start hollow, end solid.${variance} ` +
    `At the end the median true loss is ${lastMedian(landscape.trueLoss)}, ` +
    `the median loss on the plane ${lastMedian(landscape.planeLoss)}, ` +
    `the median distance off the plane ${lastMedian(landscape.offPlane)}.`
  );
}

/** Height that suits a width, before the plane's proportions are known. */
export const runMapHeight = (width: number): number =>
  Math.round(width < 460 ? 0.72 * width + 176 : Math.min(640, 0.9 * width));

export function viewOfRun(run: RunDisplay, state: LandscapeMapState): LandscapeView | string {
  const { landscape } = run;
  if (landscape === null) return 'The landscape is computed once training has ended.';
  const { quantity } = state;
  const surface = landscape[quantity];
  if (surface === null) return `This run has no ${surfaceName(quantity).toLowerCase()}.`;
  const plane = planeOfRun(landscape);
  const unit = run.experiment.loss === 'cross-entropy' ? 'nats' : 'squared error';
  return {
    quantity,
    unit,
    one: {
      plane,
      surface,
      isToScale: true,
      inputs: [landscape.coordinates, landscape.xs, landscape.offPlane, landscape.trueLoss],
      legendTitle: ({ logarithmic }) =>
        quantity === 'accuracy'
          ? surfaceName(quantity)
          : `${surfaceName(quantity)} (${unit}${logarithmic ? '; log scale' : ''})`,
      place: (width, height) => place(landscape, width, height),
      marks: (selected) => marksOn(plane, selected),
      words: (placed, selected, until) => wordsOf(landscape, placed, selected, until),
      say: (network, until) => say(landscape, network, until),
      losses: null,
    },
    all: null,
    heightAt: runMapHeight,
    describe: () => describe(landscape, surface, quantity),
    table: () => landscapeTable(run, state.until),
    fidelity: () => [],
  };
}
