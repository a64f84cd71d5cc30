// A mean with its 95% interval, lying on a horizontal axis or standing on a vertical one: mark and whisker.
import type { Group } from './stage.ts';

export type WhiskerMark = 'circle' | 'square' | 'triangle' | 'diamond';

export interface WhiskerOptions {
  /** Where the mean is, and the ends of its interval, in pixels along the axis; null where none is known. */
  readonly mean: number;
  readonly interval: readonly [number, number] | null;
  /** The other coordinate. */
  readonly across: number;
  readonly colour: string;
  readonly mark?: WhiskerMark;
  readonly standing?: boolean;
  readonly size?: number;
}

const outline = (mark: WhiskerMark, x: number, y: number, r: number): string => {
  const at = (dx: number, dy: number): string => `${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`;
  if (mark === 'square') return `M${at(-0.9 * r, -0.9 * r)}h${1.8 * r}v${1.8 * r}h${-1.8 * r}z`;
  if (mark === 'triangle')
    return `M${at(0, -1.2 * r)}L${at(1.15 * r, 0.85 * r)}H${(x - 1.15 * r).toFixed(1)}z`;
  if (mark === 'diamond')
    return `M${at(0, -1.2 * r)}L${at(1.2 * r, 0)}L${at(0, 1.2 * r)}L${at(-1.2 * r, 0)}z`;
  return `M${at(-r, 0)}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0z`;
};

export function drawWhisker(group: Group, options: WhiskerOptions): void {
  const { mean, interval, across, colour, mark = 'circle', standing = false, size = 5 } = options;
  if (!Number.isFinite(mean)) return;
  const own = group.append('g').attr('class', 'whisker');
  if (interval !== null && interval.every(Number.isFinite)) {
    const [low, high] = interval.map((end) => end.toFixed(1)) as [string, string];
    const cap = (across - 4).toFixed(1);
    const at = across.toFixed(1);
    own
      .append('path')
      .attr('class', 'line')
      .attr('stroke', colour)
      .attr('stroke-width', 1.75)
      .attr(
        'd',
        standing
          ? `M${at},${low}V${high}M${cap},${low}h8M${cap},${high}h8`
          : `M${low},${at}H${high}M${low},${cap}v8M${high},${cap}v8`,
      );
  }
  const [x, y] = standing ? [across, mean] : [mean, across];
  own
    .append('path')
    .attr('class', 'outlined')
    .attr('fill', colour)
    .attr('stroke-width', 1)
    .attr('d', outline(mark, x, y, size));
}
