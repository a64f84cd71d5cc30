// The axis that the strips of several conditions share: linear, or logarithmic where losses span decades.
import { scaleLinear, scaleLog } from 'd3';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import {
  outcomeFacts,
  outcomeName,
  type OutcomeRows,
  type OutcomesByConditionState,
} from './outcome-rows.ts';
import type { Group } from '../kit/stage.ts';

/** A logarithmic axis reaches at most this far below its largest value. */
const deepestShare = 1e-9;

export interface OutcomeScale {
  readonly domain: readonly [number, number];
  readonly logarithmic: boolean;
  /** Some value rests on the left end of a logarithmic axis. */
  readonly hasZeros: boolean;
}

/** Of all finite values drawn, a guessed number among them. */
export function outcomeScale({ rows }: OutcomeRows, state: OutcomesByConditionState): OutcomeScale {
  const { isShare } = outcomeFacts[state.quantity];
  const values = rows.flatMap((row) => row.values).filter(Number.isFinite);
  if (typeof state.guess === 'number') values.push(state.guess);
  if (values.length === 0) return { domain: [0, 1], logarithmic: false, hasZeros: false };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const positive = values.filter((value) => value > 0);
  const spansDecades = !isShare && state.quantity !== 'epochsToThreshold' && low >= 0;
  if (state.scale === 'log' && spansDecades && positive.length > 0) {
    const lowest = Math.max(Math.min(...positive), high * deepestShare);
    return { domain: [lowest / 1.12, high * 1.12], logarithmic: true, hasZeros: low < lowest };
  }
  const room = (high - low) * 0.05 || Math.abs(high) * 0.05 || 0.5;
  // Shares may start anywhere below 1; what counts from zero shows its zero.
  const from = isShare ? Math.max(0, low - room) : low >= 0 ? 0 : low - room;
  return {
    domain: [from, isShare ? Math.min(1, high + room) : high + room],
    logarithmic: false,
    hasZeros: false,
  };
}

export const positionOf = ({ domain, logarithmic }: OutcomeScale, { left, right }: Box) =>
  (logarithmic ? scaleLog : scaleLinear)(domain, [left + 6, right - 6]).clamp(true);

export interface OutcomeAxis {
  readonly found: OutcomeRows;
  readonly state: OutcomesByConditionState;
  readonly scale: OutcomeScale;
  readonly box: Box;
  readonly width: number;
  /** Room beside the axis for networks that have no place on it. */
  readonly gutter: number;
}

export function drawOutcomeAxis(group: Group, options: OutcomeAxis): void {
  const { found, state, scale, box, width, gutter } = options;
  const { quantity } = state;
  const facts = outcomeFacts[quantity];
  const x = positionOf(scale, box);
  const count = Math.max(3, Math.floor((box.right - box.left) / 72));
  const ticks = scale.logarithmic
    ? logarithmicTicks(scale.domain as [number, number], count)
    : x.ticks(count);
  const lines = group.append('g').attr('class', 'grid');
  for (const value of ticks)
    lines.append('path').attr('d', `M${x(value).toFixed(1)},${box.top}V${box.bottom}`);
  drawAxes(group, {
    box,
    x,
    y: null,
    xTicks: ticks,
    xFormat: facts.format,
    xName: axisName(options),
  });
  if (gutter > 0)
    writeText(group, {
      x: box.right + gutter / 2 + 6,
      y: box.bottom + 17,
      text: quantity === 'epochsToThreshold' ? 'never' : 'no value',
      anchor: 'middle',
      style: 'muted small',
    });
  const { threshold } = found;
  const isCrossed =
    quantity === 'trainLoss' &&
    threshold !== null &&
    threshold > scale.domain[0] &&
    threshold < scale.domain[1];
  if (!isCrossed) return;
  const at = x(threshold);
  group
    .append('path')
    .attr('class', 'reference')
    .attr('d', `M${at.toFixed(1)},${box.top - 4}V${box.bottom}`);
  const text = `converged below ${facts.format(threshold)}`;
  const isRight = at + 4 + textWidth(text, 11) > width;
  writeText(group, {
    x: at + (isRight ? 2 : -2),
    y: 12,
    text,
    anchor: at < textWidth(text, 11) ? 'start' : 'end',
    style: 'muted small',
  });

  /** The fullest name that fits. */
  function axisName({ width: room }: OutcomeAxis): string {
    const note = scale.logarithmic
      ? `log scale${scale.hasZeros ? ', zeros at the left end' : ''}`
      : '';
    const name = outcomeName(quantity, found);
    const full = note === '' ? name : `${name.replace(/\)$/, '')}; ${note})`;
    if (textWidth(full) < room - 8) return full;
    return `${facts.name}${scale.logarithmic ? ' (log scale)' : ''}`;
  }
}
