// The planes of a study's slices as the map draws them: one with its marks and their own losses, or all in the same colours.
import type { StudyDisplay } from '../../artifact/display.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth } from '../kit/labels.ts';
import { quantityNames } from './landscape-quantity.ts';
import type {
  LandscapeMapState,
  LandscapeView,
  LandscapeWords,
  OnePlaneView,
  PlacedLandscape,
} from './landscape-view.ts';
import { placePlane, planeShare } from './plane.ts';
import { marksOfStudy } from './slice-marks.ts';
import { sliceMapLayout } from './slice-layout.ts';
import {
  rowAt,
  slicesOfStudy,
  sliceSurface,
  type NamedPlane,
  type NamedSlice,
  type StudySlices,
} from './slice-planes.ts';
import { legendTitle } from './slice-scale.ts';
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

function shownPlanes(
  { planes }: StudySlices,
  { planes: names }: Pick<LandscapeMapState, 'planes'>,
): NamedPlane[] {
  if (names === null) return [...planes];
  return names.flatMap((name) => planes.find((plane) => plane.name === name) ?? []);
}

/** The plane that a state names; the first where it names none. */
export const chosenPlane = (
  slices: StudySlices,
  state: { readonly slice: string | null; readonly planes?: LandscapeMapState['planes'] },
): NamedPlane | null =>
  slices.planes.find(({ name }) => name === state.slice) ??
  shownPlanes(slices, { planes: state.planes ?? null })[0] ??
  null;

function place(plane: NamedPlane, width: number, keepsLosses: boolean): PlacedLandscape {
  const share = planeShare(plane);
  const layout = sliceMapLayout.one(width, share, keepsLosses);
  const placed = placePlane(plane, layout.map, { isCentred: true, share });
  const { box } = placed;
  const nameWithin = (axis: number, pixels: number): string =>
    axisName(plane, axis, textWidth(axisName(plane, axis, false)) >= pixels);
  return {
    ...layout,
    place: placed,
    axes: {
      xName: nameWithin(0, layout.map.right - layout.map.left + 30),
      yName: nameWithin(1, layout.map.right - 4),
      xTicks: ticksIn(plane.xs, (box.right - box.left) / 64),
      yTicks: ticksIn(plane.ys, (box.bottom - box.top) / 44),
    },
  };
}

function ticksIn(values: ArrayLike<number>, count: number): number[] {
  const [low, high] = [values[0]!, values[values.length - 1]!];
  const raw = (high - low) / Math.max(2, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((digit) => digit * power >= raw) ?? 10) * power;
  const places: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++)
    places.push(Number((i * step).toPrecision(12)));
  return places;
}

function wordsOf(
  plane: NamedPlane,
  { place: { stretch }, words: { y } }: PlacedLandscape,
  selected: number | null,
  until: number | null,
): LandscapeWords {
  const { tracks, result } = plane;
  const track = tracks.length === 1 ? tracks[0]! : tracks.find((t) => t.network === selected);
  const distance = track ? markerNumbers(plane, rowAt(track, until)).distance : 0;
  const isOff = result.orthonormal && distance > 1e-4 * extentOf(plane);
  const stretched =
    stretch > 1.02
      ? ` The shorter side of the map is stretched ${formatNumber(stretch)} times.`
      : '';
  const own = track ? markerSentence(plane, track, until) : crowdSentence(plane);
  return {
    bar: isOff ? { y: y - 4, distance } : null,
    caption: isOff ? { y: y + 14, text: 'so far off the plane, to the map’s scale' } : null,
    sentence: { y: isOff ? y + 36 : y, text: `${own}${stretched}` },
  };
}

const crowdSentence = ({ result: { fidelity } }: NamedSlice): string =>
  fidelity.logRatio.maximum < 1e-4
    ? 'The plane goes through all of them: here the ground is their own loss.'
    : `At the median mark, own loss and ground differ by a factor of ${formatNumber(Math.exp(fidelity.logRatio.median))}. Pick a mark to read its own.`;

function oneOf(
  plane: NamedPlane,
  surface: Float32Array,
  { unit }: StudySlices,
  { quantity, losses }: LandscapeMapState,
): OnePlaneView {
  return {
    plane,
    surface,
    isToScale: plane.result.orthonormal,
    inputs: [plane.result, unit],
    legendTitle: (scale) => legendTitle(quantity, scale, unit),
    place: (width) => place(plane, width, losses === 'always'),
    marks: (selected) => marksOfStudy(plane, selected),
    words: (placed, selected, until) => wordsOf(plane, placed, selected, until),
    say: (network, until) => {
      const track = plane.tracks.find((each) => each.network === network);
      return track
        ? markerSentence(plane, track, until)
        : `network ${network} is not on this plane`;
    },
    losses: plane,
  };
}

export function viewOfStudy(data: StudyDisplay, state: LandscapeMapState): LandscapeView | string {
  const slices = slicesOfStudy(data);
  const plane = slices && chosenPlane(slices, state);
  if (!slices || !plane) return 'No planes of this study were loaded.';
  const { quantity } = state;
  const surface = sliceSurface(plane.result, quantity);
  if (surface === null)
    return `This study has no ${quantityNames[quantity].toLowerCase()} of this plane.`;
  const { unit } = slices;
  const planes = shownPlanes(slices, state);
  const isAll = state.view === 'all';
  const drawn = planes.filter(({ result }) => sliceSurface(result, quantity) !== null);
  const words = { quantity, unit };
  const scale = `Colours are ${state.scale === 'log' && quantity !== 'accuracy' ? 'logarithmic' : 'linear'}; heights are the ${quantityNames[quantity].toLowerCase()}, marks' own losses the training loss.`;
  return {
    quantity,
    unit,
    one: isAll ? null : oneOf(plane, surface, slices, state),
    all: isAll ? { planes: drawn } : null,
    heightAt: (width) =>
      isAll
        ? sliceMapLayout.all(width, planes.length, state.losses === 'wide').height
        : sliceMapLayout.one(width, planeShare(plane), state.losses === 'always').height,
    describe: () =>
      isAll
        ? `${planes.length} planes through weight space in the same colours. ${planes.map((each) => describeSlice(each, words)).join(' ')}`
        : describeSlice(plane, words),
    table: () => (isAll ? planesTable(planes, quantity) : markerTable(plane, unit)),
    fidelity: () => [
      ...(isAll ? planesFidelitySentences(planes, slices) : sliceFidelitySentences(plane, slices)),
      scale,
    ],
  };
}
