// Text in a drawing that is never measured: widths are estimated, neighbours are kept apart.
import type { Group } from './stage.ts';

/** Estimated width of a line of interface text in pixels (0.54 em is the mean of common sans-serifs, a little over). */
export const textWidth = (text: string, size = 12): number => text.length * size * 0.54;

export interface TextOptions {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Space-separated class names of figures.css: `strong`, `muted`, `small`, `halo`. */
  readonly style?: string;
}

export function writeText(group: Group, options: TextOptions) {
  return group
    .append('text')
    .attr('x', Math.round(options.x * 10) / 10)
    .attr('y', Math.round(options.y * 10) / 10)
    .attr('text-anchor', options.anchor ?? 'start')
    .attr('class', options.style ?? null)
    .text(options.text);
}

/** A sentence in place of a picture that this run cannot give. */
export function writeAbsence(group: Group, width: number, height: number, sentence: string): void {
  writeWrapped(group, {
    x: width / 2,
    y: height / 2,
    text: sentence,
    anchor: 'middle',
    style: 'muted',
    width: width - 40,
  });
}

/** Breaks a text into lines by estimated width; returns how many lines it took. */
export function writeWrapped(group: Group, options: TextOptions & { width: number }): number {
  const lines: string[] = [];
  for (const word of options.text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && textWidth(`${line} ${word}`) <= options.width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  for (const [index, line] of lines.entries())
    writeText(group, { ...options, y: options.y + index * 16, text: line });
  return lines.length;
}

/**
 * Moves label positions apart so that neighbours keep `gap`, as little as needed, within bounds.
 * Returns the positions in the order given.
 */
export function spread(
  wanted: readonly number[],
  gap: number,
  minimum: number,
  maximum: number,
): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  const places = order.map((index) => Math.min(maximum, Math.max(minimum, wanted[index]!)));
  for (let i = 1; i < places.length; i++) places[i] = Math.max(places[i]!, places[i - 1]! + gap);
  let ceiling = maximum;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i]!, ceiling);
    ceiling = places[i]! - gap;
  }
  const result = new Array<number>(wanted.length);
  for (const [rank, index] of order.entries()) result[index] = places[rank]!;
  return result;
}
