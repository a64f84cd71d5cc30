// How well a layout keeps neighbours, as a bar below it, with what chance would keep marked on it.
import { scaleLinear } from 'd3';
import type { Box } from '../kit/axes.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import type { ProjectedLayout } from './projection-layouts.ts';
import type { Group } from '../kit/stage.ts';

/** Room that the bar takes below a layout, its words included. */
export const trustHeight = 50;

/** Trustworthiness of a layout that deals places at random is near a half, so the bar begins at none. */
const whole = [0, 1] as const;

export function drawTrust(
  group: Group,
  { result: { quality } }: ProjectedLayout,
  box: Box,
  guess: number | null,
): void {
  const x = scaleLinear(whole, [box.left, box.right]);
  const top = box.bottom + 8;
  const { trustworthiness } = quality;
  const chance = quality.chance.trustworthiness;
  const bar = (style: string, from: number, to: number): void => {
    group
      .append('rect')
      .attr('class', style)
      .attr('x', x(from).toFixed(1))
      .attr('y', top)
      .attr('width', Math.max(0, x(to) - x(from)).toFixed(1))
      .attr('height', 9);
  };
  bar('trust-track', 0, 1);
  // What chance gives is no merit: it is drawn pale, and what is kept beyond it strong.
  bar('trust-chance', 0, Math.min(chance, trustworthiness));
  bar('accent-mark', Math.min(chance, trustworthiness), trustworthiness);
  group
    .append('path')
    .attr('class', 'line ink')
    .attr('stroke-width', 1.5)
    .attr('d', `M${x(chance).toFixed(1)},${top - 3}v15`);
  const own = `kept ${trustworthiness.toFixed(2)}`;
  const null_ = `chance ${chance.toFixed(2)}`;
  writeText(group, { x: box.left, y: top + 24, text: own, style: 'strong small' });
  writeText(group, {
    x: box.left + textWidth(own, 12) + 8,
    y: top + 24,
    text: null_,
    style: 'muted small',
  });
  if (guess === null) return;
  const at = x(Math.min(1, Math.max(0, guess)));
  const text = `your guess ${guess.toFixed(2)}`;
  const half = textWidth(text, 11) / 2;
  group
    .append('path')
    .attr('class', 'guess-mark')
    .attr('d', `M${at.toFixed(1)},${top - 2}v19`);
  writeText(group, {
    x: Math.min(box.right - half, Math.max(box.left + half, at)),
    y: top + 38,
    text,
    anchor: 'middle',
    style: 'guess-label small',
  });
}
