// Legends: the stepped colour bar of a surface, and the keys of marks.
import { textWidth, writeText } from './labels.ts';
import type { ContourScale, LevelScale } from './level-scale.ts';
import { drawEnd, drawStart } from './marks.ts';
import type { Group } from './stage.ts';

export interface ColourBarOptions {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly title: string;
  /** Of a map with contour lines, the bar says how far apart they are, too. */
  readonly scale: LevelScale | ContourScale;
  format(value: number): string;
}

/** Takes 44 pixels of height, 60 for a map's: title, bar, numbers under those contours that have room for one, spacing. */
export function drawColourBar(group: Group, options: ColourBarOptions): void {
  const { x, y, width, scale } = options;
  const at = (value: number): number => x + scale.share(value) * width;
  writeText(group, { x, y: y + 10, text: options.title, style: 'axis-name' });
  for (const band of scale.bands)
    group
      .append('rect')
      .attr('x', at(band.low).toFixed(1))
      .attr('y', y + 17)
      .attr('width', (at(band.high) - at(band.low)).toFixed(1))
      .attr('height', 10)
      .attr('fill', band.colour);
  let free = x - 20;
  for (const threshold of scale.thresholds) {
    const text = options.format(threshold);
    const half = textWidth(text, 11) / 2;
    const centre = at(threshold);
    if (centre - half < free || centre + half > x + width + 20) continue;
    writeText(group, { x: centre, y: y + 40, text, anchor: 'middle', style: 'muted small' });
    free = centre + half + 8;
  }
  if (!('spacing' in scale)) return;
  const spacing = `Contour lines ${scale.spacing}`;
  if (textWidth(spacing, 11) < width + 20)
    writeText(group, { x, y: y + 56, text: spacing, style: 'muted small' });
}

export interface Key {
  readonly mark:
    'start' | 'end' | 'line' | 'reference' | 'square' | 'dot' | 'ring' | 'band' | 'diamond';
  readonly text: string;
  readonly colour?: string;
}

/** Keys in a row, wrapped at `width`; returns how many rows of 18 pixels they took. */
export function drawKeys(
  group: Group,
  options: { x: number; y: number; width: number; keys: readonly Key[] },
): number {
  let { x, y } = options;
  let rows = 1;
  for (const key of options.keys) {
    const width = 20 + textWidth(key.text, 12);
    if (x > options.x && x + width > options.x + options.width) {
      x = options.x;
      y += 18;
      rows += 1;
    }
    drawKeyMark(group, key, x + 7, y - 4);
    writeText(group, { x: x + 18, y, text: key.text, style: 'muted' });
    x += width + 14;
  }
  return rows;
}

function drawKeyMark(group: Group, key: Key, x: number, y: number): void {
  const colour = key.colour ?? 'currentColor';
  switch (key.mark) {
    case 'start':
      drawStart(group, [x, y], colour);
      break;
    case 'end':
    case 'dot':
      drawEnd(group, [x, y], colour);
      break;
    case 'ring':
      drawStart(group, [x, y], colour, 5).attr('fill', 'none');
      break;
    case 'square':
      group
        .append('rect')
        .attr('x', x - 6)
        .attr('y', y - 6)
        .attr('width', 12)
        .attr('height', 12)
        .attr('rx', 2)
        .attr('fill', colour);
      break;
    case 'band':
      group
        .append('rect')
        .attr('class', 'quartiles')
        .attr('x', x - 7)
        .attr('y', y - 5)
        .attr('width', 14)
        .attr('height', 10);
      break;
    case 'diamond':
      group
        .append('path')
        .attr('class', 'accent-mark')
        .attr('d', `M${x},${y - 6}l6,6l-6,6l-6,-6z`);
      break;
    case 'line':
    case 'reference':
      group
        .append('path')
        .attr('class', key.mark === 'line' ? 'line' : 'reference')
        .attr('stroke', key.mark === 'line' ? colour : null)
        .attr('stroke-width', key.mark === 'line' ? 2 : 1.25)
        .attr('d', `M${x - 7},${y}h14`);
  }
}
