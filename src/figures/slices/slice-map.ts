// The loss on planes through weight space, from above: one plane with its marks, or all of them in the same colours.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes } from '../kit/axes.ts';
import { drawContourLabels } from '../kit/contour-labels.ts';
import { drawDistanceBar } from '../kit/distance-bar.ts';
import type { Figure, FigureControl } from '../kit/figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { textWidth, writeAbsence, writeText, writeWrapped } from '../kit/labels.ts';
import { drawColourBar } from '../kit/legend.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import { playControl, quantitiesOf, quantityControl } from './slice-controls.ts';
import { sliceMapLayout, type OneLayout } from './slice-layout.ts';
import { drawSliceLosses } from './slice-losses.ts';
import {
  drawPanelGround,
  drawPanelMarks,
  panelShare,
  placePanel,
  shadowOf,
} from './slice-panel.ts';
import {
  rowAt,
  sliceQuantities,
  slicesOfStudy,
  sliceSurface,
  type NamedSlice,
  type SliceQuantity,
  type StudySlices,
} from './slice-planes.ts';
import { legendTitle, scaleOfPlanes } from './slice-scale.ts';
import { drawSmallPlanes } from './slice-small-planes.ts';
import {
  axisName,
  describeSlice,
  extentOf,
  markerNumbers,
  markerSentence,
  markerTable,
  planesFidelitySentences,
  planesTable,
  sliceFidelitySentences,
} from './slice-words.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';
import { scaleControl } from '../kit/common-controls.ts';
import { betweenMoments } from '../kit/between-moments.ts';

export interface SliceMapState {
  /** One plane, large, or all of them, small, in the same colours. */
  readonly view: 'one' | 'all';
  /** Name of the plane shown alone; null for the first. */
  readonly slice: string | null;
  /** Names of the planes of the view of all, in this order; null for every one. */
  readonly planes: readonly string[] | null;
  readonly quantity: SliceQuantity;
  readonly scale: 'log' | 'linear';
  /** Shows the ways up to this snapshot; null for the whole. */
  readonly until: number | null;
  readonly selected: number | null;
  /** Whether own losses are drawn beside the ground on a phone too; a sticky picture has no room for them there. */
  readonly losses: 'always' | 'wide';
}

const noSlices = 'No planes of this study were loaded.';

function shownPlanes({ planes }: StudySlices, state: SliceMapState): NamedSlice[] {
  const names = state.planes;
  if (names === null) return [...planes];
  return names.flatMap((name) => planes.find((plane) => plane.name === name) ?? []);
}

const chosenPlane = (slices: StudySlices, state: SliceMapState): NamedSlice | null =>
  slices.planes.find(({ name }) => name === state.slice) ?? shownPlanes(slices, state)[0] ?? null;

function paint(stage: Stage<StudyDisplay, SliceMapState>): Picking | null {
  const { data, state, width } = stage;
  const slices = slicesOfStudy(data);
  const slice = slices && chosenPlane(slices, state);
  const surface = slice ? sliceSurface(slice.result, state.quantity) : null;
  const isMissing = !slices || !slice || surface === null;
  stage.layer('absence', [isMissing, state.quantity], (group) => {
    if (!isMissing) return;
    const sentence = slice
      ? `This study has no ${sliceQuantities[state.quantity].toLowerCase()} of this plane.`
      : noSlices;
    writeAbsence(group, width, stage.height, sentence);
  });
  // Layers of the other view are emptied, not left under this one.
  const isAll = !isMissing && state.view === 'all';
  if (isMissing || isAll)
    for (const name of ['ground', 'labels', 'marks', 'words', 'losses'])
      stage.layer(name, ['none'], () => undefined);
  if (isMissing) {
    stage.layer('small', ['none'], () => undefined);
    return null;
  }
  if (isAll) {
    const planes = shownPlanes(slices, state).filter(
      ({ result }) => sliceSurface(result, state.quantity) !== null,
    );
    const layout = sliceMapLayout.all(width, planes.length);
    stage.setHeight(layout.height);
    const { quantity, scale, until, selected } = state;
    stage.layer('small', [data, quantity, scale, until, selected, planes.length], (group) =>
      drawSmallPlanes(group, { planes, layout, state, unit: slices.unit }),
    );
    return null;
  }
  stage.layer('small', ['none'], () => undefined);
  const layout = sliceMapLayout.one(width, panelShare(slice.result), state.losses === 'always');
  stage.setHeight(layout.height);
  return paintOne(stage, slices, slice, surface, layout);
}

function paintOne(
  stage: Stage<StudyDisplay, SliceMapState>,
  slices: StudySlices,
  slice: NamedSlice,
  surface: Float32Array,
  layout: OneLayout,
): Picking {
  const { state } = stage;
  const { result, tracks } = slice;
  const place = placePanel(result, layout.map, true);
  const { box } = place;
  const format = state.quantity === 'accuracy' ? formatPercent : formatNumber;
  const shown = [surface, state.scale];
  stage.layer('ground', shown, (group) => {
    const scale = scaleOfPlanes([slice], state);
    drawPanelGround(group, slice, surface, place, scale);
    const fits = (axis: number, room: number): boolean =>
      textWidth(axisName(slice, axis, false)) < room;
    const [xRoom, yRoom] = [layout.map.right - layout.map.left + 30, layout.map.right - 4];
    drawAxes(group, {
      box,
      x: place.x as never,
      y: place.y as never,
      xTicks: ticks(result.axes[0]!.values, (box.right - box.left) / 64),
      yTicks: ticks(result.axes[1]!.values, (box.bottom - box.top) / 44),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: axisName(slice, 0, !fits(0, xRoom)),
      yName: axisName(slice, 1, !fits(1, yRoom)),
      grid: false,
    });
    const title = legendTitle(state.quantity, scale, slices.unit);
    drawColourBar(group, { ...layout.legend, title, scale, format });
  });
  const whole = tracks.flatMap((track) => track.rows.map((row) => shadowOf(slice, place, row)));
  stage.layer('labels', shown, (group) => {
    const [xs, ys] = [result.axes[0]!.values, result.axes[1]!.values];
    const spot = (a: number, b: number): Point => [place.x(a), place.y(b)];
    const taken = whole.filter((point) => point.every(Number.isFinite));
    // Names of a few networks stand over their ends.
    const names =
      tracks.length > 6 ? [] : tracks.map(({ rows }) => shadowOf(slice, place, rows.at(-1)!));
    for (const [px, py] of names)
      for (const dx of [-36, -20, 0, 20, 36]) taken.push([px + dx, py - 11], [px + dx, py - 19]);
    const grid = { values: surface, xs, ys, place: spot, taken };
    drawContourLabels(group, grid, scaleOfPlanes([slice], state), format);
  });
  const selected = tracks.some(({ network }) => network === state.selected) ? state.selected : null;
  const moment = [result, state.until, selected];
  stage.layer('marks', moment, (group) =>
    drawPanelMarks(group, slice, place, {
      until: state.until,
      selected,
      small: false,
      named: true,
    }),
  );
  stage.layer('words', [...moment, slices.unit], (group) => {
    const track = tracks.length === 1 ? tracks[0]! : tracks.find((t) => t.network === selected);
    const { x, y, width } = layout.words;
    let top = y;
    const distance = track ? markerNumbers(slice, rowAt(track, state.until)).distance : 0;
    if (result.orthonormal && distance > 1e-4 * extentOf(slice)) {
      drawDistanceBar(group, { x, y: top - 4, unit: place.unit, distance, width });
      writeText(group, {
        x,
        y: top + 14,
        text: 'so far off the plane, to the map’s scale',
        style: 'muted small',
      });
      top += 36;
    }
    const sentence = track ? markerSentence(slice, track, state.until) : crowdSentence(slice);
    const stretched =
      place.stretch > 1.02
        ? ` The shorter side of the map is stretched ${formatNumber(place.stretch)} times.`
        : '';
    writeWrapped(group, { x, y: top, text: `${sentence}${stretched}`, style: 'muted', width });
  });
  stage.layer('losses', [...moment, slices.unit], (group) => {
    const { until } = state;
    const { unit } = slices;
    if (layout.losses !== null)
      drawSliceLosses(group, { box: layout.losses, slice, until, selected, unit });
  });

  function* spots(): Generator<[number, Point]> {
    for (const track of tracks)
      for (const row of track.rows) yield [track.network, shadowOf(slice, place, row)];
  }
  return {
    count: Math.max(...tracks.map(({ network }) => network)) + 1,
    columns: 1,
    selected,
    nearest: (px, py) => nearestNetwork(spots(), [px, py], 26),
    say: (network) => {
      const track = tracks.find((each) => each.network === network);
      return track
        ? markerSentence(slice, track, state.until)
        : `network ${network} is not on this plane`;
    },
  };
}

const crowdSentence = (slice: NamedSlice): string => {
  const { logRatio } = slice.result.fidelity;
  return logRatio.maximum < 1e-4
    ? 'The plane goes through all of them: here the ground is their own loss.'
    : `At the median mark, own loss and ground differ by a factor of ${formatNumber(Math.exp(logRatio.median))}. Pick a mark to read its own.`;
};

function ticks(values: ArrayLike<number>, count: number): number[] {
  const [low, high] = [values[0]!, values[values.length - 1]!];
  const raw = (high - low) / Math.max(2, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((digit) => digit * power >= raw) ?? 10) * power;
  const places: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++)
    places.push(Number((i * step).toPrecision(12)));
  return places;
}

function describe(data: StudyDisplay, state: SliceMapState): string {
  const slices = slicesOfStudy(data);
  const slice = slices && chosenPlane(slices, state);
  if (!slices || !slice) return noSlices;
  const words = { quantity: state.quantity, unit: slices.unit };
  if (state.view === 'one') return describeSlice(slice, words);
  const planes = shownPlanes(slices, state);
  return `${planes.length} planes through weight space in the same colours. ${planes.map((plane) => describeSlice(plane, words)).join(' ')}`;
}

function controls(data: StudyDisplay): FigureControl[] {
  const planes = slicesOfStudy(data)?.planes ?? [];
  if (planes.length === 0) return [];
  const choice: FigureControl[] =
    planes.length < 2
      ? []
      : [
          {
            key: 'view',
            name: 'Show',
            kind: 'choice',
            options: [
              { value: 'one', text: 'one plane' },
              { value: 'all', text: 'all planes' },
            ],
          },
          {
            key: 'slice',
            name: 'Plane',
            kind: 'choice',
            options: planes.map(({ name, title }) => ({ value: name, text: title })),
          },
        ];
  return [
    ...choice,
    ...quantityControl(quantitiesOf(planes)),
    scaleControl('Colours'),
    ...playControl(planes),
  ];
}

export const sliceMap: Figure<StudyDisplay, SliceMapState> = {
  name: 'slice-map',
  initial: {
    view: 'one',
    slice: null,
    planes: null,
    quantity: 'loss',
    scale: 'log',
    until: null,
    selected: null,
    losses: 'always',
  },
  height: (width) => sliceMapLayout.usual(width),
  heightFor(width, data, state) {
    const slices = slicesOfStudy(data);
    const slice = slices && chosenPlane(slices, state);
    if (!slices || !slice) return sliceMapLayout.usual(width);
    return state.view === 'all'
      ? sliceMapLayout.all(width, shownPlanes(slices, state).length).height
      : sliceMapLayout.one(width, panelShare(slice.result), state.losses === 'always').height;
  },
  draw: (container, data, state, environment) =>
    openStage({
      name: 'slice-map',
      container,
      data,
      state,
      environment,
      describe,
      paint,
      between(from, to, t) {
        const slices = slicesOfStudy(data);
        const slice = slices && chosenPlane(slices, to);
        if (!slice || from.slice !== to.slice || from.view !== to.view) return null;
        const last = Math.max(...slice.tracks.map(({ rows }) => rows.length)) - 1;
        return betweenMoments(from, to, t, last);
      },
    }),
  describe,
  table(data, state) {
    const slices = slicesOfStudy(data);
    const slice = slices && chosenPlane(slices, state);
    if (!slices || !slice) return { columns: [], rows: [] };
    return state.view === 'all'
      ? planesTable(shownPlanes(slices, state), state.quantity)
      : markerTable(slice, slices.unit);
  },
  controls,
  fidelity(data, state) {
    const slices = slicesOfStudy(data);
    const slice = slices && chosenPlane(slices, state);
    if (!slices || !slice) return [];
    const scale = `Colours are ${state.scale === 'log' && state.quantity !== 'accuracy' ? 'logarithmic' : 'linear'}; heights are the ${sliceQuantities[state.quantity].toLowerCase()}, marks' own losses the training loss.`;
    if (state.view === 'one') return [...sliceFidelitySentences(slice, slices), scale];
    return [...planesFidelitySentences(shownPlanes(slices, state), slices), scale];
  },
};
