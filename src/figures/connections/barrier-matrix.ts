// Barriers between all pairs of networks as a matrix, as trained and aligned, on one colour scale, with their distribution.
import { defineFigure } from '../kit/define-figure.ts';
import type { Figure } from '../kit/figure.ts';
import type { Picking } from '../kit/stage.ts';
import type { StudyDisplay } from '../../artifact/display.ts';
import {
  barrierMatrixOf,
  barrierMatrixState,
  type BarrierMatrixState,
} from './barrier-matrix-data.ts';
import { matrixLayers } from './barrier-matrix-layers.ts';
import { matrixHeight, pairAt, placeMatrix, type MatrixScene } from './barrier-matrix-scene.ts';
import {
  captionOf,
  controlsOfMatrix,
  describeMatrix,
  tableOfMatrix,
} from './barrier-matrix-words.ts';
import { withPairPicking } from './pair-picking.ts';

function pickRows({ matrix, state, width, rowOf, partner }: MatrixScene): Picking {
  return {
    count: matrix.networks.at(-1)! + 1,
    // Up and down pick the partner, which the stage knows nothing of.
    columns: 0,
    selected: state.selected,
    nearest: (x, y) => pairAt(matrix, state, width, [x, y])?.[0] ?? null,
    say: (network) => captionOf(matrix, state, rowOf(network), partner).join(' '),
  };
}

const figure = defineFigure({
  name: 'barrier-matrix',
  state: barrierMatrixState,
  height: matrixHeight,
  view: barrierMatrixOf,
  scene: placeMatrix,
  layers: matrixLayers,
  picking: pickRows,
  between: (from, to, t) =>
    from.aligned === to.aligned || from.order !== to.order || from.scale !== to.scale
      ? null
      : { ...to, passing: { from: from.aligned, t } },
  describe: describeMatrix,
  table: tableOfMatrix,
  controls: controlsOfMatrix,
});

export const barrierMatrix: Figure<StudyDisplay, BarrierMatrixState> = {
  ...figure,
  draw: withPairPicking(figure, (data, state, width, point) => {
    const matrix = barrierMatrixOf(data);
    return typeof matrix === 'string' ? null : pairAt(matrix, state, width, point);
  }),
};
