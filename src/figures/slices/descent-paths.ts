// The ways of several rules of descent from one start, as shadows on one plane, with what the plane says of each and what is true.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { betweenMoments } from '../kit/between-moments.ts';
import { defineFigure } from '../kit/define-figure.ts';
import type { Stage } from '../kit/stage.ts';
import {
  controlsOfPaths,
  describePaths,
  fidelityOfPaths,
  noPaths,
  tableOfPaths,
} from './descent-paths-words.ts';
import { descentPathsLayers, type DescentScene } from './descent-paths-layers.ts';
import {
  descentPathsState,
  epochsOf,
  shownPaths,
  type DescentPathsState,
  type DescentPlane,
} from './descent-path-data.ts';
import { placePlane, planeShare } from './plane.ts';

/** From this width on there is room for own losses beside the map. */
const sideBySide = 600;
const sideWidth = 232;

/** A usual plane is about three quarters as tall as it is wide. */
function mapWithin(width: number): Box {
  const right = width >= sideBySide ? width - sideWidth - 14 : width - 8;
  return { left: 36, right, top: 30, bottom: 30 + 0.77 * (right - 36) };
}

const footHeight = (width: number): number => (width >= sideBySide ? 108 : 142);

function scene(plane: DescentPlane, stage: Stage<StudyDisplay, DescentPathsState>): DescentScene {
  const { data, state, width } = stage;
  const { slice, paths } = plane;
  const place = placePlane(slice, mapWithin(width), { share: planeShare(slice) });
  stage.setHeight(place.box.bottom + footHeight(width));
  const epochs = epochsOf(plane);
  const until = Math.min(state.until ?? epochs.length - 1, epochs.length - 1);
  const focus = paths.find(({ key }) => key === state.focus) ?? null;
  return {
    ...plane,
    data,
    scale: state.scale,
    width,
    sideWidth,
    isWide: width >= sideBySide,
    place,
    epochs,
    until,
    focus,
    inputs: [data, state.show, until, focus?.key],
    opacityOf: (path) => (focus === null || path === focus ? 1 : 0.3),
  };
}

export const descentPaths = defineFigure({
  name: 'descent-paths',
  state: descentPathsState,
  height: (width) => Math.round(mapWithin(width).bottom + footHeight(width)),
  view: (data: StudyDisplay, { show }) => shownPaths(data, show) ?? noPaths,
  scene,
  layers: descentPathsLayers,
  between(from, to, t, data) {
    const plane = shownPaths(data, to.show);
    if (plane === null || from.show !== to.show) return null;
    return betweenMoments(from, to, t, epochsOf(plane).length - 1);
  },
  describe: describePaths,
  table: tableOfPaths,
  controls: controlsOfPaths,
  fidelity: fidelityOfPaths,
});
