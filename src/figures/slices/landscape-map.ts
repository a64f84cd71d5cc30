// The landscape from above: contours of the loss on a plane through weight space, and the networks' paths projected onto it.
import { scaleControl } from '../kit/common-controls.ts';
import { betweenMoments } from '../kit/between-moments.ts';
import { defineFigure } from '../kit/define-figure.ts';
import type { FigureControl } from '../kit/figure.ts';
import { landscapeMapLayers } from './landscape-map-layers.ts';
import { pickPlane, placeLandscape } from './landscape-map-scene.ts';
import { landscapeControls } from './landscape-numbers.ts';
import {
  isStudy,
  landscapeMapState,
  type LandscapeData,
  type LandscapeMapState,
} from './landscape-view.ts';
import { runMapHeight, viewOfRun } from './run-landscape.ts';
import { planeControls, playControl, quantitiesOf, quantityControl } from './slice-controls.ts';
import { slicesOfStudy } from './slice-planes.ts';
import { viewOfStudy } from './study-landscape.ts';

const viewOf = (data: LandscapeData, state: LandscapeMapState) =>
  isStudy(data) ? viewOfStudy(data, state) : viewOfRun(data, state);

function controls(data: LandscapeData): FigureControl[] {
  if (!isStudy(data)) return [...landscapeControls(data), scaleControl('Colours')];
  const planes = slicesOfStudy(data)?.planes ?? [];
  if (planes.length === 0) return [];
  return [
    ...planeControls(planes),
    ...quantityControl(quantitiesOf(planes)),
    scaleControl('Colours'),
    ...playControl(planes),
  ];
}

/** Another plane is no motion. */
function between(
  from: LandscapeMapState,
  to: LandscapeMapState,
  t: number,
  data: LandscapeData,
): LandscapeMapState | null {
  const view = viewOf(data, to);
  if (typeof view === 'string' || from.slice !== to.slice || from.view !== to.view) return null;
  const tracks = view.one?.plane.tracks ?? view.all?.planes[0]?.tracks ?? [];
  return betweenMoments(from, to, t, Math.max(...tracks.map(({ rows }) => rows.length)) - 1);
}

export const landscapeMap = defineFigure({
  name: 'landscape-map',
  state: landscapeMapState,
  height: runMapHeight,
  heightFor: (width, view) => view.heightAt(width),
  view: viewOf,
  scene: placeLandscape,
  layers: landscapeMapLayers,
  picking: pickPlane,
  between,
  describe: (view) => view.describe(),
  table: (view) => view.table(),
  controls,
  fidelity: (view) => view.fidelity(),
});
