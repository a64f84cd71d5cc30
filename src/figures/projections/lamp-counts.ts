// Below each room of the lamp, what its wall holds of the cloud's spread: a number and a bar, with the best place, or what chance gives, marked.
import { formatShare } from '../kit/format.ts';
import { textWidth, writeText, writeWrapped } from '../kit/labels.ts';
import type { Group } from '../kit/stage.ts';
import { heldBy, mostOf } from './lamp-data.ts';
import type { LampRoom, LampScene } from './lamp-scene.ts';

const barHeight = 12;

export function drawCounts(group: Group, own: LampRoom, _: number, scene: LampScene): void {
  const { box, cloud, lamp } = own;
  const width = box.right - box.left;
  const share = heldBy(cloud, lamp);
  const inRoom = cloud.explained.reduce((sum, each) => sum + each, 0);
  const [x, y] = [box.left, box.bottom + 34];
  const bar = (from: number, to: number, style: string) =>
    group
      .append('rect')
      .attr('class', style)
      .attr('x', (x + from * width).toFixed(1))
      .attr('y', y)
      .attr('width', Math.max(0, (to - from) * width).toFixed(1))
      .attr('height', barHeight);
  writeText(group, { x, y: y - 9, text: formatShare(share), style: 'lamp-number' });
  writeText(group, {
    x: x + textWidth(formatShare(share), 25) + 8,
    y: y - 9,
    text: width < 230 ? 'on the wall' : 'of the spread is on the wall',
    style: 'muted',
  });
  bar(0, 1, 'trust-track');
  bar(0, inRoom, 'trust-chance');
  bar(0, share, 'accent-mark lamp-held');
  const best = mostOf(cloud);
  const tick = x + best * width;
  group
    .append('path')
    .attr('class', 'line ink')
    .attr('stroke-width', 2)
    .attr('d', `M${tick.toFixed(1)},${y - 4}v${barHeight + 8}`);
  writeWrapped(group, {
    x,
    y: y + barHeight + 20,
    text: wordsBelow(own, scene),
    style: 'muted small',
    width,
  });
}

/** The mark on the bar in words; of a cloud of nothing, how far other shuffles go. */
function wordsBelow({ cloud, isNothing }: LampRoom, { measured }: LampScene): string {
  const best = `Mark: the best place, ${formatShare(mostOf(cloud))}`;
  if (isNothing) {
    const [low, high] = measured.chanceRange;
    return `${best}; of ${measured.chance.shape[0]} shuffles, ${formatShare(low)} to ${formatShare(high)}`;
  }
  const outside = 1 - cloud.explained.reduce((sum, each) => sum + each, 0);
  return `${best}. Outside this room: ${formatShare(outside)}`;
}
