// The layers of layouts side by side: frames with what each keeps, a dot a network, the picked one with its neighbours, keys.
import { drawKeys } from '../kit/legend.ts';
import type { Layer } from '../kit/define-figure.ts';
import type { Box } from '../kit/axes.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawEnd } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import { drawPath, drawRing } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { nearestOnPaper, sharesText, type ProjectedLayout } from './projection-layouts.ts';
import { drawTrust } from './projection-trust.ts';
import { keysHeight, type ViewsScene } from './projection-views-scene.ts';

/** The nearest on the paper of the first picture, ringed in every picture. */
const ringed = 5;
/** As the names of panels are written, for an estimate of their width. */
const titleSize = 14;

function drawPanels(group: Group, { panels, boxes, state }: ViewsScene): void {
  for (const [index, panel] of panels.entries()) {
    drawFrame(group, panel, boxes[index]!);
    const guess = panel.name === state.guessAt ? state.guess : null;
    if (state.revealed) drawTrust(group, panel, boxes[index]!, guess);
  }
}

function drawFrame(group: Group, panel: ProjectedLayout, box: Box): void {
  const { title, settings } = panel;
  const own = group.append('g').attr('class', 'projection-panel');
  const full = `${title.of}: ${title.method}`;
  writeText(own, {
    x: box.left,
    y: box.top - 24,
    // A narrow panel has no room for the long name of classical scaling beside its neighbour's.
    text: textWidth(full, titleSize) <= box.right - box.left ? full : `${title.of}: ${title.short}`,
    style: 'strong',
  });
  const shares = sharesText(panel);
  writeText(own, {
    x: box.left,
    y: box.top - 9,
    text: shares ?? `${settings}, no unit`,
    style: 'muted small',
  });
  own
    .append('rect')
    .attr('class', 'panel-edge')
    .attr('x', box.left + 0.5)
    .attr('y', box.top)
    .attr('width', Math.max(0, box.right - box.left - 1).toFixed(1))
    .attr('height', (box.bottom - box.top).toFixed(1))
    .attr('rx', 3);
}

function drawNetworks(group: Group, { places, networks, grid, row }: ViewsScene): void {
  const radius = grid.columns === 1 ? 5 : 3.8;
  group.attr('opacity', row >= 0 ? 0.5 : 1);
  for (const points of places)
    for (const [i, at] of points.entries())
      drawEnd(group, at, networkColour(networks[i]!), radius)
        .attr('class', 'outlined')
        .attr('stroke-width', 0.75);
}

function drawPicked(group: Group, scene: ViewsScene): void {
  const { row, panels, places, networks } = scene;
  if (row < 0) return;
  drawThread(group, scene);
  const near = nearestOnPaper(panels[0]!, row, ringed);
  for (const points of places) {
    for (const other of near)
      drawRinged(group, points[other]!, networkColour(networks[other]!), 4, 7);
    drawRinged(group, points[row]!, networkColour(networks[row]!), 5.5, 9);
  }
  namePicked(group, scene);
}

/** One thread through all pictures of a row: the same network everywhere. */
function drawThread(group: Group, { places, grid, row }: ViewsScene): void {
  for (let i = 0; i + 1 < places.length; i++)
    if (Math.floor(i / grid.columns) === Math.floor((i + 1) / grid.columns))
      drawPath(group, 'line ink', linePath([places[i]![row]!, places[i + 1]![row]!]), {
        opacity: 0.35,
      });
}

function drawRinged(group: Group, at: Point, colour: string, radius: number, ring: number): void {
  drawEnd(group, at, colour, radius);
  drawRing(group, at, ring);
}

function namePicked(group: Group, { places, boxes, state, width, row }: ViewsScene): void {
  const [x, y] = places[0]![row]!;
  const text = `network ${state.selected}`;
  const half = textWidth(text) / 2;
  writeText(group, {
    x: Math.min(width - half - 6, Math.max(half + 8, x)),
    y: y - 14 < boxes[0]!.top + 8 ? y + 24 : y - 14,
    text,
    anchor: 'middle',
    style: 'strong halo',
  });
}

function drawMarkKeys(group: Group, { grid, width, row }: ViewsScene): void {
  drawKeys(group, {
    x: 2,
    y: grid.height - keysHeight(width) + 16,
    width,
    keys: [
      row >= 0
        ? { mark: 'ring', text: `the picked one, and its ${ringed} nearest in the first picture` }
        : { mark: 'dot', text: 'one network, after training' },
    ],
  });
}

export const viewsLayers: readonly Layer<ViewsScene>[] = [
  {
    name: 'panels',
    inputs: ({ ground, state }) => [...ground, state.revealed, state.guess, state.guessAt],
    draw: drawPanels,
  },
  { name: 'dots', inputs: ({ ground, row }) => [...ground, row >= 0], draw: drawNetworks },
  { name: 'selected', inputs: ({ ground, row }) => [...ground, row], draw: drawPicked },
  {
    name: 'keys',
    inputs: ({ ground, row, state }) => [...ground, row >= 0, state.revealed, state.guess],
    draw: drawMarkKeys,
  },
];
