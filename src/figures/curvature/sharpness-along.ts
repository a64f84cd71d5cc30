// The largest Hessian eigenvalue along training, against the 2/η of each step size, with the loss of the same networks below.
import { valueAtRecord } from '../kit/condition-series.ts';
import { defineFigure, playedUntil } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import type { Picking } from '../kit/stage.ts';
import type { StudyDisplay } from '../../artifact/display.ts';
import {
  sharpnessAlongState,
  sharpnessConditions,
  sharpnessViewOf,
} from './sharpness-along-data.ts';
import { sharpnessLayers } from './sharpness-along-layers.ts';
import { placeSharpness, readings, type SharpnessScene } from './sharpness-along-scene.ts';
import {
  controlsOfSharpness,
  describeSharpness,
  tableOfSharpness,
} from './sharpness-along-words.ts';

function pickNetworks(scene: SharpnessScene): Picking {
  const { shown, networks, picked, epochs, records, until, x, ys, boxes } = scene;
  const { left, right } = boxes.loss;
  /** Both values of every network at the record under the pointer. */
  function* marksAt(px: number): Generator<readonly [number, Point]> {
    const away = (record: number): number => Math.abs(x(epochs[Math.round(record)] ?? 0) - px);
    const record = records.reduce((a, b) => (away(b) < away(a) ? b : a));
    for (const condition of shown)
      for (const reading of readings)
        for (const [m, network] of condition.networks.entries()) {
          const value = valueAtRecord(condition[reading], record, condition.networks.length, m);
          yield [network, [px, ys[reading](value)]];
        }
  }
  return {
    count: networks.length,
    columns: 1,
    selected: picked === null ? null : networks[picked]!,
    nearest: (px, py) =>
      px < left - 8 || px > right + 8 ? null : nearestNetwork(marksAt(px), [px, py], 20),
    say: (network) =>
      shown
        .map((condition) => {
          const m = condition.networks.indexOf(network);
          const value = valueAtRecord(condition.sharpness, until, condition.networks.length, m);
          return `network ${network}, ${condition.short}: sharpness ${formatNumber(value)}`;
        })
        .join('; '),
  };
}

export const sharpnessAlong = defineFigure({
  name: 'sharpness-along',
  state: sharpnessAlongState,
  height: (width) => Math.round(Math.min(500, Math.max(370, width * 0.72))),
  view: sharpnessViewOf,
  scene: placeSharpness,
  layers: sharpnessLayers,
  picking: pickNetworks,
  between: playedUntil(
    (data: StudyDisplay) => (sharpnessConditions(data)[0]?.epochs.length ?? 1) - 1,
  ),
  describe: describeSharpness,
  table: tableOfSharpness,
  controls: controlsOfSharpness,
});
