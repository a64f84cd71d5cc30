// The layers of the matrix of barriers: cells, edge, the picked pair, the histogram, and the words about what is picked.
import { writeText, writeWrapped } from '../kit/labels.ts';
import type { Layer } from '../kit/define-figure.ts';
import { networkColour } from '../kit/palette.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { alignmentTexts } from './barrier-data.ts';
import { drawHistogram } from './barrier-histogram.ts';
import { drawCells } from './barrier-matrix-cells.ts';
import { shownDistributions } from './barrier-matrix-data.ts';
import { cellValue, type MatrixScene } from './barrier-matrix-scene.ts';
import { captionOf } from './barrier-matrix-words.ts';

function drawMatrix(group: Group, scene: MatrixScene): void {
  const { N, left, top, cell, scale } = scene;
  drawCells(group, {
    N,
    x: left,
    y: top,
    cell,
    scale,
    value: (row, column) => cellValue(scene, row, column),
  });
}

/** Each row's network by colour and, where they stand in that order, by number. */
function drawEdge(group: Group, scene: MatrixScene): void {
  const { order, matrix, left, top, cell, state } = scene;
  for (const [row, index] of order.entries())
    group
      .append('path')
      .attr('stroke', networkColour(matrix.networks[index]!))
      .attr('stroke-width', (cell + 0.2).toFixed(2))
      .attr('d', `M${left - 7},${(top + (row + 0.5) * cell).toFixed(1)}h5`);
  drawNumbers(group, scene);
  if (state.aligned === 'both') drawHalfNames(group, scene);
}

function drawNumbers(group: Group, { state, matrix, side, left, top, cell }: MatrixScene): void {
  const isNumbered = state.order === 'number';
  writeText(group, {
    x: left + side / 2,
    y: top - 8,
    text: isNumbered ? 'network' : 'networks, similar ones side by side',
    anchor: 'middle',
    style: 'axis-name',
  });
  if (!isNumbered) return;
  for (const [row, network] of matrix.networks.entries())
    if (network % 10 === 0)
      writeText(group, {
        x: left - 10,
        y: top + (row + 0.5) * cell + 4,
        text: String(network),
        anchor: 'end',
        style: 'muted small',
      });
}

function drawHalfNames(group: Group, { side, left, top }: MatrixScene): void {
  writeText(group, {
    x: left + side - 8,
    y: top + 18,
    text: alignmentTexts.weights,
    anchor: 'end',
    style: 'strong halo',
  });
  writeText(group, {
    x: left + 8,
    y: top + side - 10,
    text: alignmentTexts.raw,
    style: 'strong halo',
  });
}

const frame = (x: number, y: number, width: number, height: number): string =>
  `M${x.toFixed(1)},${y.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`;

/** A frame around the picked pair's cell with a line to both edges, or around a network's row and column. */
function drawPicked(group: Group, scene: MatrixScene): void {
  const { selected, partner, places, side, left, top, cell } = scene;
  if (selected === null) return;
  const place = places.get(selected)!;
  const [row, column] = [top + place * cell, left + place * cell];
  if (partner === null || partner === selected) {
    drawCased(group, frame(left, row, side, cell) + frame(column, top, cell, side), [4, 1.5]);
    return;
  }
  const other = places.get(partner)!;
  const x = left + other * cell;
  drawCased(group, frame(x - 1.5, row - 1.5, cell + 3, cell + 3), [4, 1.5]);
  const across = `M${left},${(row + cell / 2).toFixed(1)}H${(x - 2).toFixed(1)}`;
  const down = `M${(left + (other + 0.5) * cell).toFixed(1)},${top}V${(row - 2).toFixed(1)}`;
  drawCased(group, across + down, [2.75, 1]);
}

/** In ink, with an edge in the colour of the paper. */
function drawCased(group: Group, d: string, [casing, width]: readonly [number, number]): void {
  drawPath(group, 'casing', d, { width: casing });
  drawPath(group, 'line ink', d, { width });
}

function drawDistribution(group: Group, { matrix, state, scale, histogram }: MatrixScene): void {
  drawHistogram(group, {
    ...histogram,
    scale,
    title: `Barrier${histogram.width < 230 ? '' : ' of each pair'} (nats${scale.logarithmic ? '; log scale' : ''})`,
    distributions: shownDistributions(matrix, state.aligned),
  });
}

function writeCaption(group: Group, scene: MatrixScene): void {
  const { matrix, state, selected, partner, beside, histogram, width, top, side } = scene;
  const lines = captionOf(matrix, state, selected, partner);
  if (!beside) {
    writeText(group, {
      x: width / 2,
      y: top + side + 20,
      text: lines[0]!,
      anchor: 'middle',
      style: 'strong',
    });
    return;
  }
  let y = histogram.y + histogram.height + 26;
  for (const [index, text] of lines.entries()) {
    const style = index === 0 ? 'strong' : 'muted';
    const rows = writeWrapped(group, { x: histogram.x, y, text, style, width: histogram.width });
    y += 16 * rows + 4;
  }
}

export const matrixLayers: readonly Layer<MatrixScene>[] = [
  {
    name: 'cells',
    inputs: ({ data, state }) => [
      data,
      state.aligned,
      state.order,
      state.scale,
      state.passing?.from,
      state.passing?.t,
    ],
    draw: drawMatrix,
  },
  {
    name: 'edge',
    inputs: ({ data, state }) => [data, state.order, state.aligned],
    draw: drawEdge,
  },
  {
    name: 'selected',
    inputs: ({ data, selected, partner, state }) => [
      data,
      selected,
      partner,
      state.order,
      state.aligned,
    ],
    draw: drawPicked,
  },
  {
    name: 'spread',
    inputs: ({ data, state }) => [data, state.aligned, state.scale],
    draw: drawDistribution,
  },
  {
    name: 'words',
    inputs: ({ data, selected, partner, state }) => [data, selected, partner, state.aligned],
    draw: writeCaption,
  },
];
