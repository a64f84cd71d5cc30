// A plane of a study's slices as a surface, with the networks' shadows laid on it.
import type { StudyDisplay } from '../../artifact/display.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { quantityNames } from '../slices/landscape-quantity.ts';
import { slicesOfStudy, sliceSurface, type NamedPlane } from '../slices/slice-planes.ts';
import {
  axisName,
  describeSlice,
  markerTable,
  sliceFidelitySentences,
} from '../slices/slice-words.ts';
import { chosenPlane } from '../slices/study-landscape.ts';
import { initialView, type View } from './surface-camera.ts';
import { heightScale } from './height-scale.ts';
import type { SurfaceData, SurfacePath, SurfacePoint } from './surface-data.ts';
import { heightOptions, type LandscapeSurfaceState, type SurfaceView } from './surface-view.ts';

/** High enough to look into pits behind a ridge, and from the side where three solutions stand in the open. */
export const studyHome: View = { ...initialView, azimuth: 0.3, elevation: 0.92 };

function pathsOf({ result, coordinates, tracks }: NamedPlane, until: number | null): SurfacePath[] {
  const { trueLoss } = result.markers;
  return tracks.map(({ network, rows }) => {
    const shown = rows.slice(0, Math.floor(until ?? rows.length - 1) + 1);
    const points = shown.map((row): SurfacePoint => [
      coordinates[2 * row]!,
      coordinates[2 * row + 1]!,
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

export function surfaceOfStudy(
  data: StudyDisplay,
  state: LandscapeSurfaceState,
): SurfaceView | string {
  const slices = slicesOfStudy(data);
  const plane = slices && chosenPlane(slices, state);
  const heights = plane && sliceSurface(plane.result, state.quantity);
  if (!slices || !plane || !heights)
    return 'There is no such surface among the slices of this study.';
  const surface: SurfaceData = {
    xs: plane.xs,
    ys: plane.ys,
    heights,
    paths: pathsOf(plane, state.until),
    labels: {
      x: axisName(plane, 0, true),
      y: axisName(plane, 1, true),
      h: quantityNames[state.quantity],
    },
    ...heightOptions(state),
  };
  const { quantity } = state;
  const { unit } = slices;
  const scale = () => heightScale(heights, surface.heightScale);
  return {
    surface,
    describe() {
      const { minimum, maximum, statement } = scale();
      const format = quantity === 'accuracy' ? formatPercent : formatNumber;
      return (
        `Surface over a plane, from ${format(minimum)} to ${format(maximum)}. ${statement}. ` +
        describeSlice(plane, { quantity, unit })
      );
    },
    table: () => markerTable(plane, unit),
    fidelity: () => [
      ...sliceFidelitySentences(plane, slices),
      `${scale().statement}; the ways are laid on the ground, not at the networks' own losses.`,
    ],
  };
}
