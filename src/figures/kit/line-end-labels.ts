// Names at the ends of lines: each beside its line's end, moved apart where lines meet, and led back to it.
import { spread, writeText } from './labels.ts';
import { drawEnd } from './marks.ts';
import type { Group } from './stage.ts';

export interface EndLabel {
  /** Where the line ends. */
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly name: string;
  readonly value?: string;
  /** Class names of figures.css for the name. */
  readonly style?: string;
  readonly opacity?: number;
}

export interface EndLabelsOptions {
  readonly labels: readonly EndLabel[];
  readonly top: number;
  readonly bottom: number;
  /** Pixels between two baselines. */
  readonly gap?: number;
}

const lead = 16;

/** Labels stand to the right of the last end, in one column. */
export function drawEndLabels(group: Group, options: EndLabelsOptions): void {
  const { labels, top, bottom, gap = 15 } = options;
  const column = Math.max(...labels.map(({ x }) => x)) + lead;
  const places = spread(
    labels.map(({ y }) => y),
    gap,
    top,
    bottom,
  );
  for (const [index, label] of labels.entries()) {
    const at = places[index]!;
    const own = group.append('g').attr('opacity', label.opacity ?? 1) as Group;
    own
      .append('path')
      .attr('class', 'line')
      .attr('stroke', label.colour)
      .attr('stroke-width', 1)
      .attr('opacity', 0.8)
      .attr(
        'd',
        `M${label.x.toFixed(1)},${label.y.toFixed(1)}L${(column - 4).toFixed(1)},${at.toFixed(1)}`,
      );
    drawEnd(own, [label.x, label.y], label.colour);
    const text = writeText(own, {
      x: column,
      y: at + 4,
      text: label.name,
      style: `${label.style ?? ''} halo`.trim(),
    });
    if (label.value !== undefined)
      text.append('tspan').attr('class', 'muted').attr('dx', 5).text(label.value);
  }
}
