// The lower part of the picture of a rescaled network: by what factor each measure changed, network by network, and on average.
import { drawAxes } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import { drawPath, drawRing, drawVertical } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { drawWhisker } from '../kit/whisker.ts';
import type { MeasureChange } from './rescaling-data.ts';
import type { RescalingScene } from './rescaling-scene.ts';

const factorTicks = [1, 1.5, 2, 3, 4, 5, 6, 8, 10, 20, 50];

export function drawMeasures(group: Group, scene: RescalingScene): void {
  const { changes, measuresBox: box, factorX: x, isNarrow } = scene;
  const most = x.domain()[1]!;
  drawAxes(group, {
    box,
    x,
    y: null,
    xTicks: factorTicks.filter((value, index) => value <= most && (!isNarrow || index % 2 === 0)),
    xFormat: (value) => `×${formatNumber(value)}`,
    xName: isNarrow ? 'Changed by a factor of' : 'Changed by a factor of (up or down; log scale)',
  });
  drawVertical(group, 'reference', x(1), box);
  for (const [row, change] of changes.entries()) {
    const y = nameRow(group, scene, row, isNarrow ? change.short : change.name);
    drawChange(group, scene, change, y);
  }
  drawUnchanged(group, scene);
}

/** Names a row; returns its height in the drawing. */
function nameRow(
  group: Group,
  { measuresBox, rowHeight }: RescalingScene,
  row: number,
  text: string,
): number {
  const y = measuresBox.top + (row + 0.5) * rowHeight;
  writeText(group, { x: measuresBox.left - 12, y: y + 4, text, anchor: 'end' });
  return y;
}

function drawChange(group: Group, scene: RescalingScene, change: MeasureChange, y: number): void {
  const { factorX: x, picked, measuresBox: box } = scene;
  const { factors, mean, interval } = change;
  const dots = factors.map((factor): Point => [x(factor), y]);
  drawPath(group, 'dots rescaling-networks', dotsPath(dots), { width: 5 });
  drawWhisker(group, {
    mean: x(mean),
    interval: [x(interval[0]), x(interval[1])],
    across: y,
    colour: 'currentColor',
    mark: 'diamond',
  });
  drawRing(group, dots[picked]!, 4.5);
  const text =
    mean < 1.005 ? 'unchanged' : `${box.right - box.left < 240 ? '' : 'mean '}×${mean.toFixed(2)}`;
  const right = Math.max(x(interval[1]), ...factors.map(x)) + 10;
  const fits = right + textWidth(text) < box.right + 20;
  writeText(group, {
    x: fits ? right : Math.min(x(interval[0]), ...factors.map(x)) - 10,
    y: y + 4,
    text,
    anchor: fits ? 'start' : 'end',
    style: 'halo',
  });
}

/** What rescaling must leave as it is, with how far off it is at most. */
function drawUnchanged(group: Group, scene: RescalingScene): void {
  const { changes, outputs, canonical, factorX: x, isNarrow } = scene;
  const rows = [
    { name: 'every output', share: outputs },
    { name: 'canonical form', share: canonical },
  ];
  for (const [index, { name, share }] of rows.entries()) {
    const y = nameRow(group, scene, changes.length + index, name);
    drawWhisker(group, {
      mean: x(1),
      interval: null,
      across: y,
      colour: 'currentColor',
      mark: 'diamond',
    });
    writeText(group, {
      x: x(1) + 12,
      y: y + 4,
      text: `${isNarrow ? '≤' : 'at most'} ${formatNumber(100 * share)}% off`,
      style: 'muted halo',
    });
  }
}
