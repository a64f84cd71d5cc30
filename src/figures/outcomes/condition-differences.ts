// How far each condition's mean is from the first one's: interval, zero line, and the effect size in words.
import { scaleLinear, type ScaleLinear } from 'd3';
import { drawAxes, type Box } from '../kit/axes.ts';
import { formatNumber, formatShare } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { outcomeFacts, type OutcomeQuantity, type OutcomeRows } from './outcome-rows.ts';
import { comparisonOf } from './outcomes-by-condition-words.ts';
import type { Group } from '../kit/stage.ts';

interface Differences {
  readonly found: OutcomeRows;
  readonly quantity: OutcomeQuantity;
  readonly box: Box;
  readonly bands: readonly { readonly top: number; readonly bottom: number }[];
  readonly width: number;
}

const signed = (value: number, format: (value: number) => string): string =>
  `${value > 0 ? '+' : ''}${format(value).replace('-', '−')}`;

/** Everything of a comparison that its rows share. */
interface Scale {
  readonly x: ScaleLinear<number, number>;
  readonly format: (value: number) => string;
  readonly width: number;
}

type Comparison = NonNullable<ReturnType<typeof comparisonOf>>;
type Band = Differences['bands'][number];

export function drawDifferences(group: Group, options: Differences): void {
  const { found, quantity, box, bands, width } = options;
  const format = outcomeFacts[quantity].isShare ? formatShare : formatNumber;
  const compared = found.rows.map((row) => comparisonOf(row, quantity));
  const ends = compared.flatMap((each) =>
    each === null ? [] : [...(each.paired ?? each.effect).meanDifference.interval],
  );
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const room = (high - low) * 0.06 || 0.1;
  const x = scaleLinear([low - room, high + room], [box.left + 6, box.right - 6]);
  drawDifferenceAxis(group, options, x, format);
  for (const [index, row] of found.rows.entries()) {
    const each = compared[index] ?? null;
    const band = bands[index]!;
    const scale = { x, format, width };
    if (each === null) writeReference(group, row.condition.key === found.against, band, scale);
    else drawDifference(group, each, band, scale);
  }
}

function drawDifferenceAxis(
  group: Group,
  { found, quantity, box }: Differences,
  x: ScaleLinear<number, number>,
  format: (value: number) => string,
): void {
  const ticks = x.ticks(Math.max(3, Math.floor((box.right - box.left) / 90)));
  const lines = group.append('g').attr('class', 'grid');
  for (const value of ticks)
    lines.append('path').attr('d', `M${x(value).toFixed(1)},${box.top}V${box.bottom}`);
  const reference = found.rows.find((row) => row.condition.key === found.against);
  drawAxes(group, {
    box,
    x,
    y: null,
    xTicks: ticks,
    xFormat: (value) => signed(value, format),
    xName: `${outcomeFacts[quantity].name}: mean less that of ${reference?.condition.short ?? found.against}`,
  });
  group
    .append('path')
    .attr('class', 'line ink')
    .attr('stroke-width', 1.25)
    .attr('d', `M${x(0).toFixed(1)},${box.top}V${box.bottom}`);
}

/** Of the condition that the others are compared with, or of one that is not compared. */
function writeReference(
  group: Group,
  isReference: boolean,
  { top, bottom }: Band,
  { x, width }: Scale,
): void {
  const isRight = x(0) > width / 2;
  writeText(group, {
    x: x(0) + (isRight ? -8 : 8),
    y: (top + bottom) / 2 + 4,
    text: isReference ? 'the reference' : 'not compared',
    anchor: isRight ? 'end' : 'start',
    style: 'muted halo',
  });
}

function drawDifference(group: Group, each: Comparison, band: Band, scale: Scale): void {
  const { x, format, width } = scale;
  const y = (band.top + band.bottom) / 2;
  const { meanDifference } = each.paired ?? each.effect;
  const [from, to] = meanDifference.interval.map(x) as [number, number];
  const at = x(meanDifference.value);
  group
    .append('path')
    .attr('class', 'line accent-line')
    .attr('stroke-width', 2)
    .attr(
      'd',
      `M${from.toFixed(1)},${y}H${to.toFixed(1)}M${from.toFixed(1)},${y - 4}v8M${to.toFixed(1)},${y - 4}v8`,
    );
  group
    .append('path')
    .attr('class', 'accent-mark')
    .attr('d', `M${at.toFixed(1)},${y - 6}l6,6l-6,6l-6,-6z`);
  const [a, b] = meanDifference.interval;
  const short = signed(meanDifference.value, format);
  const text = width < 460 ? short : `${short} (${signed(a, format)} to ${signed(b, format)})`;
  const isLeft = to + 12 + textWidth(text, 12) > width;
  writeText(group, {
    x: isLeft ? Math.min(from, at - 6) - 6 : Math.max(to, at + 6) + 6,
    y: y + 4,
    text,
    anchor: isLeft ? 'end' : 'start',
    style: 'halo',
  });
  writeEffect(group, each, band, width);
}

function writeEffect(group: Group, { effect, paired }: Comparison, { top }: Band, width: number) {
  const g = formatNumber(Number(effect.hedgesG.value.toPrecision(2)));
  const delta = formatNumber(Number(effect.cliffsDelta.value.toPrecision(2)));
  writeText(group, {
    x: width - 2,
    y: top - 4,
    text:
      width < 460
        ? `g ${g}, δ ${delta}`
        : `Hedges’ g ${g}, Cliff’s δ ${delta}${paired ? '; interval over pairs' : ''}`,
    anchor: 'end',
    style: 'muted halo',
  });
}
