// A plane through weight space in three dimensions: loss as height, with the networks' shadows laid on it.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { Figure, FigureControl } from '../kit/figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { quantitiesOf, quantityControl, playControl } from '../slices/slice-controls.ts';
import {
  sliceQuantities,
  slicesOfStudy,
  sliceSurface as heightsOf,
  type NamedSlice,
  type SliceQuantity,
} from '../slices/slice-planes.ts';
import {
  axisName,
  describeSlice,
  markerTable,
  sliceFidelitySentences,
} from '../slices/slice-words.ts';
import { initialView, type View } from './camera.ts';
import { heightScale } from './height-scale.ts';
import { suitableHeight } from './scene.ts';
import type { SurfaceData, SurfacePath, SurfacePoint } from './surface-data.ts';
import { openSurfaceFigure, type SurfaceContent } from './surface-figure.ts';

export interface SliceSurfaceState {
  /** Name of the plane; null for the first. */
  readonly slice: string | null;
  readonly quantity: SliceQuantity;
  /** 'auto' takes what shows this surface best; the picture always says which. */
  readonly scale: 'auto' | 'log' | 'linear' | 'clipped';
  /** Shows the ways up to this snapshot; null for the whole. */
  readonly until: number | null;
  readonly selected: number | null;
}

function chosenSlice(data: StudyDisplay, name: string | null): NamedSlice | null {
  const planes = slicesOfStudy(data)?.planes ?? [];
  return planes.find((plane) => plane.name === name) ?? planes[0] ?? null;
}

function pathsOf({ result, tracks }: NamedSlice, until: number | null): SurfacePath[] {
  const { coordinates, trueLoss } = result.markers;
  return tracks.map(({ network, rows }) => {
    const shown = rows.slice(0, Math.floor(until ?? rows.length - 1) + 1);
    const points = shown.map((row): SurfacePoint => [
      coordinates.values[2 * row]!,
      coordinates.values[2 * row + 1]!,
      trueLoss.values[row]!,
    ]);
    const isSound = points.every((point) => Number.isFinite(point[0]));
    return {
      points: isSound ? points : points.filter((point) => Number.isFinite(point[0])),
      network,
      diverged: !isSound,
      isEnd: rows.length === 1,
    };
  });
}

function surfaceOf(slice: NamedSlice, state: SliceSurfaceState): SurfaceData | null {
  const heights = heightsOf(slice.result, state.quantity);
  if (heights === null) return null;
  return {
    xs: slice.result.axes[0]!.values,
    ys: slice.result.axes[1]!.values,
    heights,
    paths: pathsOf(slice, state.until),
    labels: {
      x: axisName(slice, 0, true),
      y: axisName(slice, 1, true),
      h: sliceQuantities[state.quantity],
    },
    // The chapters that draw slices draw many: this one is kept light.
    stillCells: 32,
    // A share between 0 and 1 has no decades.
    heightScale: state.quantity === 'accuracy' ? 'linear' : state.scale,
    good: state.quantity === 'accuracy' ? 'high' : 'low',
  };
}

/** High enough to look into pits behind a ridge, and from the side where three solutions stand in the open. */
const home: View = { ...initialView, azimuth: 0.3, elevation: 0.92 };

const absence = 'There is no such surface among the slices of this study.';

function describe(data: StudyDisplay, state: SliceSurfaceState): string {
  const slice = chosenSlice(data, state.slice);
  const surface = slice && surfaceOf(slice, state);
  if (!slice || !surface) return absence;
  const scale = heightScale(surface.heights, surface.heightScale);
  const { unit } = slicesOfStudy(data)!;
  const format = state.quantity === 'accuracy' ? formatPercent : formatNumber;
  return (
    `Surface over a plane, from ${format(scale.minimum)} to ${format(scale.maximum)}. ${scale.statement}. ` +
    describeSlice(slice, { quantity: state.quantity, unit })
  );
}

function contentOf(data: StudyDisplay, state: SliceSurfaceState): SurfaceContent {
  const slice = chosenSlice(data, state.slice);
  const surface = slice && surfaceOf(slice, state);
  return surface
    ? { surface, selected: state.selected, label: describe(data, state) }
    : { surface: null, absence };
}

function controls(data: StudyDisplay): FigureControl[] {
  const planes = slicesOfStudy(data)?.planes ?? [];
  return [
    ...(planes.length > 1
      ? [
          {
            key: 'slice',
            name: 'Plane',
            kind: 'choice',
            options: planes.map(({ name, title }) => ({ value: name, text: title })),
          } as const,
        ]
      : []),
    ...quantityControl(quantitiesOf(planes)),
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
    ...playControl(planes),
  ];
}

export const sliceSurface: Figure<StudyDisplay, SliceSurfaceState> = {
  name: 'slice-surface',
  initial: { slice: null, quantity: 'loss', scale: 'auto', until: null, selected: null },
  height: suitableHeight,
  draw: (container, data, state, environment) =>
    openSurfaceFigure({ container, data, state, environment, contentOf, home }),
  describe,
  table(data, state) {
    const slice = chosenSlice(data, state.slice);
    return slice ? markerTable(slice, slicesOfStudy(data)!.unit) : { columns: [], rows: [] };
  },
  controls,
  fidelity(data, state) {
    const slice = chosenSlice(data, state.slice);
    const surface = slice && surfaceOf(slice, state);
    if (!slice || !surface) return [];
    return [
      ...sliceFidelitySentences(slice, slicesOfStudy(data)!),
      `${heightScale(surface.heights, surface.heightScale).statement}; the ways are laid on the ground, not at the networks' own losses.`,
    ];
  },
};
