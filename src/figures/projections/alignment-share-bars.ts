// Two bars of explained variance with the share that chance alone would give.
import { formatShare } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import type { Group } from '../kit/stage.ts';

export interface ShareBarsOptions {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly chance: number;
  readonly bars: readonly {
    readonly name: string;
    readonly share: number;
    readonly isShown: boolean;
  }[];
}

const rowHeight = 34;

/** Name and share above each bar, which has the whole width; takes 20 pixels, a row each, and 20. */
export function drawShareBars(group: Group, options: ShareBarsOptions): void {
  const { x, y, width, chance, bars } = options;
  writeText(group, { x, y: y + 10, text: 'Variance that the plane holds', style: 'axis-name' });
  const top = y + 20;
  for (const [row, { name, share, isShown }] of bars.entries()) {
    const at = top + row * rowHeight;
    const style = isShown ? 'accent' : 'muted';
    writeText(group, { x, y: at + 12, text: `${name} ${formatShare(share)}`, style });
    group
      .append('rect')
      .attr('class', isShown ? 'accent-mark' : 'null-bar')
      .attr('x', x)
      .attr('y', at + 17)
      .attr('width', Math.max(1, share * width).toFixed(1))
      .attr('height', 12);
    const mark = (x + chance * width).toFixed(1);
    group
      .append('path')
      .attr('class', 'casing')
      .attr('stroke-width', 4)
      .attr('d', `M${mark},${at + 14}v18`);
    group
      .append('path')
      .attr('class', 'line ink')
      .attr('stroke-width', 1.75)
      .attr('d', `M${mark},${at + 14}v18`);
  }
  writeText(group, {
    x: x + chance * width + 4,
    y: top + bars.length * rowHeight + 10,
    text: `by chance ${formatShare(chance)}`,
    style: 'muted small',
  });
}
