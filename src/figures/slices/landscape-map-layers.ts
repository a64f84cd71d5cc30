// The layers of the map of a landscape, from the ground up; where all planes are shown, one layer of small maps.
import { drawAxes } from '../kit/axes.ts';
import { levels } from '../kit/contours.ts';
import { drawContourLabels } from '../kit/contour-labels.ts';
import type { Layer } from '../kit/define-figure.ts';
import { drawDistanceBar } from '../kit/distance-bar.ts';
import { drawFilledContours } from '../kit/filled-contours.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText, writeWrapped } from '../kit/labels.ts';
import { drawColourBar } from '../kit/legend.ts';
import { contourable, contourScale, contourValue, type ContourScale } from '../kit/level-scale.ts';
import type { Point } from '../kit/path.ts';
import { drawScaleBar } from '../kit/scale-bar.ts';
import type { Group } from '../kit/stage.ts';
import type { LandscapeScene, OneScene } from './landscape-map-scene.ts';
import { shadowOf } from './plane.ts';
import { drawTracks } from './plane-marks.ts';
import { drawSliceLosses } from './slice-losses.ts';
import { drawSmallPlanes } from './slice-small-planes.ts';

function scaleOf({ surface, state: { quantity, scale } }: OneScene): ContourScale {
  const isShare = quantity === 'accuracy';
  return contourScale(surface, { logarithmic: scale === 'log' && !isShare, highIsDark: isShare });
}

function drawGround(group: Group, scene: OneScene): void {
  const { plane, surface, isToScale, placed, format } = scene;
  const { box, x, y } = placed.place;
  const scale = scaleOf(scene);
  drawFilledContours(group, box, { values: surface, xs: plane.xs, ys: plane.ys, x, y }, scale);
  drawAxes(group, {
    box,
    x: placed.place.x,
    y: placed.place.y,
    ...placed.axes,
    xFormat: formatNumber,
    yFormat: formatNumber,
    grid: false,
  });
  if (isToScale && placed.place.stretch < 1.01) drawScaleBar(group, box, placed.place.unit);
  drawColourBar(group, { ...placed.legend, title: scene.legendTitle(scale), scale, format });
}

/** The ground below a loss, edged by its line: a valley's floor, or the ways that meet at a pass. */
function drawLevel(group: Group, scene: OneScene): void {
  const { plane, surface, placed, state } = scene;
  if (state.level === null) return;
  const { x, y } = placed.place;
  const scale = scaleOf(scene);
  const grid = { values: contourable(surface, scale), xs: plane.xs, ys: plane.ys, x, y };
  const [drawn] = levels(grid, [contourValue(state.level, scale)]);
  group.append('path').attr('class', 'level-veil').attr('d', drawn!.path);
  group.append('path').attr('class', 'casing').attr('stroke-width', 5).attr('d', drawn!.line);
  group
    .append('path')
    .attr('class', 'line accent-line')
    .attr('stroke-width', 2.5)
    .attr('d', drawn!.line);
}

/** A label covers no mark, and no name over one. */
function drawLabels(group: Group, scene: OneScene): void {
  const { plane, surface, placed, drawnMarks, format } = scene;
  const { place } = placed;
  const taken: Point[] = plane.tracks
    .flatMap(({ rows }) => rows.map((row) => shadowOf(plane, place, row)))
    .filter((point) => point.every(Number.isFinite));
  for (const [px, py] of drawnMarks.named.map((row) => shadowOf(plane, place, row)))
    for (const dx of [-36, -20, 0, 20, 36]) taken.push([px + dx, py - 11], [px + dx, py - 19]);
  const spot = (a: number, b: number): Point => [place.x(a), place.y(b)];
  const grid = { values: surface, xs: plane.xs, ys: plane.ys, place: spot, taken };
  drawContourLabels(group, grid, scaleOf(scene), format);
}

function drawPaths(group: Group, { plane, placed, drawnMarks, state: { until } }: OneScene): void {
  for (const bundle of drawnMarks.under)
    drawTracks(group, bundle, { plane, place: placed.place, until });
}

function drawSelected(group: Group, { plane, placed, drawnMarks, state }: OneScene): void {
  const { selected } = drawnMarks;
  if (selected !== null)
    drawTracks(group, selected, { plane, place: placed.place, until: state.until });
}

function drawFidelity(group: Group, scene: OneScene): void {
  const { placed, selected, state } = scene;
  const { x, width } = placed.words;
  const { bar, caption, sentence } = scene.words(placed, selected, state.until);
  if (bar !== null) drawDistanceBar(group, { x, width, unit: placed.place.unit, ...bar });
  if (caption !== null) writeText(group, { x, ...caption, style: 'muted small' });
  writeWrapped(group, { x, width, ...sentence, style: 'muted' });
}

function drawLosses(group: Group, { placed, losses, selected, state, unit }: OneScene): void {
  if (losses !== null && placed.losses !== null)
    drawSliceLosses(group, {
      box: placed.losses,
      slice: losses,
      until: state.until,
      selected,
      unit,
    });
}

/** A layer of the one large map; empty where all planes are shown. */
const ofOne = (
  name: string,
  inputs: (scene: OneScene) => readonly unknown[],
  draw: (group: Group, scene: OneScene) => void,
): Layer<LandscapeScene> => ({
  name,
  inputs: ({ one }) => (one === null ? [] : inputs(one)),
  draw: (group, { one }) => {
    if (one !== null) draw(group, one);
  },
});

const ground = ({ surface, plane, state }: OneScene): unknown[] => [
  surface,
  plane.xs,
  plane.ys,
  state.scale,
];
const paths = ({ plane, state }: OneScene): unknown[] => [plane.coordinates, plane.xs, state.until];
const words = (scene: OneScene): unknown[] => [...paths(scene), ...scene.inputs, scene.selected];

export const landscapeMapLayers: readonly Layer<LandscapeScene>[] = [
  ofOne('surface', ground, drawGround),
  ofOne('contour-labels', (scene) => [...ground(scene), scene.plane.coordinates], drawLabels),
  ofOne('level', (scene) => [...ground(scene), scene.state.level], drawLevel),
  ofOne('paths', (scene) => [...paths(scene), scene.drawnMarks.key], drawPaths),
  ofOne('selected', (scene) => [...paths(scene), scene.selected], drawSelected),
  ofOne('fidelity', words, drawFidelity),
  ofOne('losses', words, drawLosses),
  {
    name: 'small',
    inputs: ({ all }) =>
      all === null
        ? []
        : [
            all.data,
            all.state.quantity,
            all.state.scale,
            all.state.until,
            all.state.selected,
            all.state.planes,
          ],
    draw: (group, { all }) => {
      if (all !== null) drawSmallPlanes(group, all);
    },
  },
];
