// Where the map of a landscape stands at a size, and which network of it a reader points at.
import { formatNumber, formatPercent } from '../kit/format.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import type { Picking, Stage } from '../kit/stage.ts';
import type {
  LandscapeData,
  LandscapeMapState,
  LandscapeMarks,
  LandscapeView,
  OnePlaneView,
  PlacedLandscape,
} from './landscape-view.ts';
import { shadowOf } from './plane.ts';
import { sliceMapLayout, type SmallLayout } from './slice-layout.ts';

export interface OneScene extends OnePlaneView {
  readonly placed: PlacedLandscape;
  readonly drawnMarks: LandscapeMarks;
  readonly selected: number | null;
  readonly state: LandscapeMapState;
  readonly unit: string;
  readonly format: (value: number) => string;
}

export interface AllScene {
  readonly planes: NonNullable<LandscapeView['all']>['planes'];
  readonly layout: SmallLayout;
  readonly state: LandscapeMapState;
  readonly unit: string;
  readonly data: LandscapeData;
}

export interface LandscapeScene {
  /** One of the two is there. */
  readonly one: OneScene | null;
  readonly all: AllScene | null;
}

export function placeLandscape(
  { one, all, quantity, unit }: LandscapeView,
  stage: Stage<LandscapeData, LandscapeMapState>,
): LandscapeScene {
  const { data, state, width, environment } = stage;
  if (one === null) {
    const planes = all?.planes ?? [];
    const layout = sliceMapLayout.all(width, planes.length, state.losses === 'wide');
    stage.setHeight(layout.height);
    return { one: null, all: { planes, layout, state, unit, data } };
  }
  const placed = one.place(width, environment.height);
  stage.setHeight(placed.height);
  const isThere = one.plane.tracks.some(({ network }) => network === state.selected);
  const selected = isThere ? state.selected : null;
  const drawnMarks = one.marks(selected);
  const format = quantity === 'accuracy' ? formatPercent : formatNumber;
  return { one: { ...one, placed, drawnMarks, selected, state, unit, format }, all: null };
}

/** The network of the nearest mark among those that are shown. */
export function pickPlane({ one }: LandscapeScene): Picking | null {
  if (one === null) return null;
  const { plane, placed, selected, state } = one;
  function* marks(): Generator<[number, Point]> {
    for (const { network, rows } of plane.tracks)
      for (const row of rows.slice(0, Math.floor(state.until ?? rows.length) + 1))
        yield [network, shadowOf(plane, placed.place, row)];
  }
  return {
    count: Math.max(...plane.tracks.map(({ network }) => network)) + 1,
    columns: 1,
    selected,
    nearest: (px, py) => nearestNetwork(marks(), [px, py], 28),
    say: (network) => one.say(network, state.until),
  };
}
