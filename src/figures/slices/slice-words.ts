// What can be said of a study's slices in words and rows: names of axes, trust, text alternative, table.
import { median } from 'd3';
import type { FigureTable } from '../kit/figure.ts';
import { formatNumber, formatPercent, formatShare } from '../kit/format.ts';
import { quantityNames, type LandscapeQuantity } from './landscape-quantity.ts';
import type { Track } from './plane.ts';
import { rowAt, sliceSurface, type NamedSlice, type StudySlices } from './slice-planes.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The axis's name with its unit; without the unit where that would not fit. */
export function axisName({ result }: NamedSlice, axis: number, isShort: boolean): string {
  const name = capital(result.axisNames[axis] ?? `direction ${axis + 1}`);
  if (isShort) return name;
  return `${name} (${result.orthonormal ? 'distance in weight space' : 'lengths of the direction'})`;
}

export interface MarkerNumbers {
  readonly step: number;
  readonly own: number;
  readonly ground: number;
  readonly distance: number;
}

export function markerNumbers({ result }: NamedSlice, row: number): MarkerNumbers {
  const { step, trueLoss, sliceLoss, offSlice } = result.markers;
  return {
    step: step.values[row]!,
    own: trueLoss.values[row]!,
    ground: sliceLoss.values[row]!,
    distance: offSlice.values[row]!,
  };
}

/** One network's height and place against the picture's. */
export function markerSentence(slice: NamedSlice, track: Track, until: number | null): string {
  const { step, own, ground, distance } = markerNumbers(slice, rowAt(track, until));
  const when = track.rows.length > 1 ? ` at step ${step}` : '';
  // Rounding leaves a trace of distance where a plane goes through a network.
  const isOn = distance < 1e-4 * extentOf(slice);
  return isOn
    ? `${capital(track.title)}${when} is on this ${wordFor(slice)}: its loss is ${formatNumber(own)}, and so is the ground.`
    : `${capital(track.title)}${when} is ${formatNumber(distance)} off this ${wordFor(slice)}: its own loss is ${formatNumber(own)}, ` +
        `the ground under its shadow ${formatNumber(ground)}.`;
}

const wordFor = ({ result }: NamedSlice): string => (result.axes.length === 1 ? 'line' : 'plane');

export const extentOf = ({ result }: NamedSlice): number =>
  result.axes[0]!.values.at(-1)! - result.axes[0]!.values[0]!;

/** How far a slice can be trusted; every number is of the result. */
export function sliceFidelitySentences(slice: NamedSlice, slices: StudySlices): string[] {
  const { result, title } = slice;
  const { varianceShare, nullShare, logRatio, relativeDistance } = result.fidelity;
  const what = wordFor(slice);
  const grid = result.axes.map(({ values }) => values.length).join(' × ');
  const isExact = relativeDistance.maximum < 1e-4;
  const sentences = [
    `${title}: evaluated at ${grid} grid points, none of them a trained network, on ${slices.provider}; it reaches ${result.radius}.`,
    isExact
      ? `All ${logRatio.count} networks marked lie on this ${what}, so their own losses are the heights drawn.`
      : `A network's own loss and the ground under its shadow differ by a factor of ${formatNumber(Math.exp(logRatio.median))} at the median of ${logRatio.count} marks, and of ${formatNumber(Math.exp(logRatio.maximum))} at worst. ` +
        `At the median mark, ${formatPercent(relativeDistance.median)} of the distance from the centre lies off the ${what}.`,
  ];
  if (Number.isFinite(varianceShare) && !isExact)
    sentences.push(
      `The ${what} holds ${formatShare(varianceShare)} of the marks' variance; ${nullShare.phrase}: ${formatShare(nullShare.share)}.`,
    );
  if (result.negativeShare !== null)
    sentences.push(
      `In ${formatPercent(result.negativeShare)} of its cells the ground curves down in some direction of the ${what}.`,
    );
  return sentences;
}

/** The same for many planes at once: each one's error in a few words. */
export function planesFidelitySentences(
  planes: readonly NamedSlice[],
  { provider }: StudySlices,
): string[] {
  const grids = [
    ...new Set(
      planes.map(({ result }) => result.axes.map(({ values }) => values.length).join(' × ')),
    ),
  ];
  const errors = planes.map(({ title, result: { fidelity } }) => {
    const { median: middle, maximum } = fidelity.logRatio;
    return maximum < 1e-4
      ? `${title}, none`
      : `${title}, ${formatNumber(Math.exp(middle))} (at worst ${formatNumber(Math.exp(maximum))})`;
  });
  return [
    `Every plane was evaluated at ${grids.join(' or ')} grid points on ${provider}.`,
    `The ground under a shadow is not the network's own loss. At the median mark they differ by these factors: ${errors.join('; ')}.`,
  ];
}

export function describeSlice(
  slice: NamedSlice,
  { quantity, unit }: { quantity: LandscapeQuantity; unit: string },
): string {
  const surface = sliceSurface(slice.result, quantity);
  const format = quantity === 'accuracy' ? formatPercent : formatNumber;
  const finite = surface === null ? [] : Array.from(surface).filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const ends = slice.tracks.map((track) => markerNumbers(slice, track.rows.at(-1)!));
  const middle = (of: (numbers: MarkerNumbers) => number): string =>
    formatNumber(median(ends.map(of).filter(Number.isFinite)) ?? NaN);
  const who = ends.length === 1 ? slice.tracks[0]!.title : `${ends.length} networks (medians)`;
  return (
    `${slice.title}: ${quantityNames[quantity].toLowerCase()} from ${format(low)} to ${format(high)}${quantity === 'accuracy' ? '' : ` ${unit}`} ` +
    `(directions: ${slice.result.axisNames.join('; ')}). ` +
    `At the end, ${who}: own training loss ${middle(({ own }) => own)}, ground under the shadow ${middle(({ ground }) => ground)}, ` +
    `distance off ${middle(({ distance }) => distance)}.`
  );
}

/** Every marker of a slice. */
export function markerTable(slice: NamedSlice, unit: string): FigureTable {
  const isNetwork = slice.tracks.every(({ title, network }) => title === `network ${network}`);
  const { coordinates } = slice.result.markers;
  const D = slice.result.axes.length;
  return {
    columns: [
      { name: isNetwork ? 'Network' : 'Condition' },
      { name: 'Step' },
      { name: 'Own training loss', unit },
      { name: 'Loss under its shadow', unit },
      { name: 'Distance off' },
      ...slice.result.axisNames.map((name) => ({ name: capital(name) })),
    ],
    rows: slice.tracks.flatMap((track) =>
      track.rows.map((row) => {
        const { step, own, ground, distance } = markerNumbers(slice, row);
        const places = Array.from({ length: D }, (_, d) => coordinates.values[row * D + d]!);
        return [isNetwork ? track.network : track.title, step, own, ground, distance, ...places];
      }),
    ),
  };
}

/** A row for each plane: what all of them say of the same networks. */
export function planesTable(
  planes: readonly NamedSlice[],
  quantity: LandscapeQuantity,
): FigureTable {
  return {
    columns: [
      { name: 'Plane' },
      { name: `Lowest ${quantityNames[quantity].toLowerCase()}` },
      { name: `Highest ${quantityNames[quantity].toLowerCase()}` },
      { name: 'Marks' },
      { name: 'Median factor between own loss and ground' },
      { name: 'Share of the marks’ variance on the plane' },
      { name: 'Share of cells that curve down' },
    ],
    rows: planes.map(({ title, result, tracks }) => {
      const surface = Array.from(sliceSurface(result, quantity) ?? []).filter(Number.isFinite);
      return [
        title,
        surface.reduce((a, b) => Math.min(a, b), Infinity),
        surface.reduce((a, b) => Math.max(a, b), -Infinity),
        tracks.reduce((sum, { rows }) => sum + rows.length, 0),
        Math.exp(result.fidelity.logRatio.median),
        result.fidelity.varianceShare,
        result.negativeShare,
      ];
    }),
  };
}
