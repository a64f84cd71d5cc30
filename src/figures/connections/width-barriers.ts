// Barriers against width, as trained and aligned, with every network's own mean faint behind the mean of all.
import { defineFigure } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import type { Picking } from '../kit/stage.ts';
import { alignmentTexts } from './barrier-data.ts';
import { lines, widthBarriersState, widthRowsOf } from './width-barriers-data.ts';
import { widthLayers } from './width-barriers-layers.ts';
import { networkPoint, placeWidths, type WidthScene } from './width-barriers-scene.ts';
import { controlsOfWidths, describeWidths, tableOfWidths } from './width-barriers-words.ts';

function pickNetworks(scene: WidthScene): Picking {
  const { rows, shown, picked, last, state } = scene;
  function* marks(): Generator<readonly [number, Point]> {
    for (const row of rows)
      for (const name of shown)
        for (const [k, value] of row[name].each.entries())
          yield [row.networks[k]!, networkPoint(scene, row, k, value)];
  }
  return {
    count: Math.max(...rows.flatMap((row) => row.networks)) + 1,
    columns: 1,
    selected: state.selected,
    nearest: (px, py) => nearestNetwork(marks(), [px, py], 14),
    say: (network) => {
      const row = picked ?? last;
      const k = row.networks.indexOf(network);
      if (k < 0) return `network ${network}`;
      const means = lines.map(
        (name) => `${alignmentTexts[name]} ${formatNumber(row[name].each[k]!)}`,
      );
      return `network ${network}, ${row.units} units: mean barrier ${means.join(', ')}`;
    },
  };
}

export const widthBarriers = defineFigure({
  name: 'width-barriers',
  state: widthBarriersState,
  height: (width) => Math.round(Math.min(460, Math.max(340, width * 0.72))),
  view: widthRowsOf,
  scene: placeWidths,
  layers: widthLayers,
  picking: pickNetworks,
  describe: describeWidths,
  table: tableOfWidths,
  controls: controlsOfWidths,
});
