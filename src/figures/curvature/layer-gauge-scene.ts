// Where the gauge's pictures stand: the boundary and the map side by side, the spectrum below both.
import { scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import { proportionOf, sheetIn } from '../boundaries/answer-sheet.ts';
import type { Box } from '../kit/axes.ts';
import { contourScale } from '../kit/level-scale.ts';
import type { Stage } from '../kit/stage.ts';
import type { LayerGaugeState, LayerGaugeView } from './layer-gauge-data.ts';
import { lossOnPlane } from './layer-gauge-map.ts';

/** How far the map reaches from the network, in weight space: one ruler for every factor. */
const radius = 2;
/** Points a side. */
const mapSize = 48;
/** Loss at which the scale of colours ends, nats: no map of these networks needs more, and all share it. */
const highestLoss = 10;

const headRoom = 24;
const isNarrow = (width: number): boolean => width < 520;
const between = (width: number): number => (isNarrow(width) ? 44 : 64);
const sideOf = (width: number): number => Math.min(336, (width - between(width) - 8) / 2);
const axisRoom = 64;
const spectrumHeight = (width: number): number => (isNarrow(width) ? 70 : 92);
const footRoom = 42;

export const layerGaugeHeight = (width: number): number =>
  Math.round(headRoom + sideOf(width) + axisRoom + spectrumHeight(width) + footRoom);

export type LayerGaugeScene = ReturnType<typeof placeGauge>;

export function placeGauge(view: LayerGaugeView, stage: Stage<StudyDisplay, LayerGaugeState>) {
  const { width } = stage;
  const side = sideOf(width);
  const top = headRoom;
  const mapLeft = side + between(width);
  const mapBox: Box = { left: mapLeft, right: mapLeft + side, top, bottom: top + side };
  const sheetHeight = Math.min(side, side * proportionOf(view.extent));
  const sheetBox: Box = { left: 0, right: side, top, bottom: top + sheetHeight };
  const spectrumTop = mapBox.bottom + axisRoom;
  const spectrum: Box = {
    left: 8,
    right: width - 12,
    top: spectrumTop,
    bottom: spectrumTop + spectrumHeight(width),
  };
  stage.setHeight(spectrum.bottom + footRoom);
  const places = Float64Array.from(
    { length: mapSize },
    (_, i) => radius * ((2 * i) / (mapSize - 1) - 1),
  );
  const losses = lossOnPlane(view.own, view.plane, view.points, view.factor, places, places);
  const lowest = lossOnPlane(view.own, view.plane, view.points, 1, [0], [0])[0]!;
  const [least, most] = view.eigenvalueRange;
  return {
    ...view,
    width,
    /** Not where nothing moves: there it is drawn whole at once. */
    isLive: stage.environment.interactive && !stage.environment.reducedMotion,
    isNarrow: isNarrow(width),
    /** No room for second words beside the titles. */
    isBrief: side < 300,
    sheet: sheetIn(sheetBox, view.extent),
    mapBox,
    places,
    losses: losses.map((loss) => Math.min(highestLoss, loss)),
    scale: contourScale([lowest * 0.8, highestLoss], { logarithmic: true, count: 24 }),
    mapX: scaleLinear([-radius, radius], [mapBox.left, mapBox.right]),
    mapY: scaleLinear([-radius, radius], [mapBox.bottom, mapBox.top]),
    spectrum,
    spectrumX: scaleLog(
      [Math.max(least, most / 1e5) / 1.5, most * 1.6],
      [spectrum.left, spectrum.right],
    ),
  };
}
