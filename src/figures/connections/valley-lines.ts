// Loss along straight lines from small-batch to large-batch solutions: which valley looks wider, and when that turns round.
import { defineFigure } from '../kit/define-figure.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Picking } from '../kit/stage.ts';
import { valleyLinesState, valleysOf } from './valley-lines-data.ts';
import { valleyLayers } from './valley-lines-layers.ts';
import { placeValley, type ValleyScene } from './valley-lines-scene.ts';
import { controlsOfValleys, describeValleys, tableOfValleys } from './valley-lines-words.ts';

function pickPairs({ line, values, alphas, pair, state, box, y }: ValleyScene): Picking {
  const points = alphas.length;
  return {
    count: line.pairs.length,
    columns: 1,
    selected: pair < 0 ? null : state.selected,
    nearest: (px, py) => {
      if (px < box.left || px > box.right || py < box.top || py > box.bottom) return null;
      const at = Math.round(((px - box.left) / (box.right - box.left)) * (points - 1));
      const marks = line.pairs.map(
        ([network], m) => [network, [px, y(values[m * points + at]!)]] as const,
      );
      return nearestNetwork(marks, [px, py], 12);
    },
    say: (network) => {
      const m = line.pairs.findIndex(([first]) => first === network);
      if (m < 0) return `network ${network} is on no line`;
      return `networks ${network} and ${line.pairs[m]![1]}: width ${line.fromWidth.values[m]!.toFixed(2)} at the small batch's end, ${line.toWidth.values[m]!.toFixed(2)} at the large batch's`;
    },
  };
}

export const valleyLines = defineFigure({
  name: 'valley-lines',
  state: valleyLinesState,
  height: (width) => (width < 480 ? 386 : width < 720 ? 456 : 490),
  view: valleysOf,
  scene: placeValley,
  layers: valleyLayers,
  picking: pickPairs,
  describe: describeValleys,
  table: tableOfValleys,
  controls: controlsOfValleys,
});
