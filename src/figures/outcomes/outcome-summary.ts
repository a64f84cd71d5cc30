// The networks' outcomes in one line: quartiles with the median, and below them the mean with its interval.
import type { Summary } from '../../landscape/statistics.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import type { Group } from '../kit/stage.ts';

/** Box of the middle half with the median, and below it the mean with its bootstrap interval. */
export function drawSummary(
  group: Group,
  summary: Summary,
  x: (value: number) => number,
  format: (value: number) => string,
  width: number,
): void {
  const [boxY, meanY] = [30, 66];
  const [q1, q3] = [x(summary.lowerQuartile), x(summary.upperQuartile)];
  const [low, high] = [x(summary.minimum), x(summary.maximum)];
  const fixed = (value: number): string => value.toFixed(1);
  group
    .append('path')
    .attr('class', 'line ink')
    .attr('stroke-width', 1)
    .attr('d', `M${fixed(low)},${boxY}H${fixed(q1)}M${fixed(q3)},${boxY}H${fixed(high)}`);
  group
    .append('rect')
    .attr('class', 'quartiles')
    .attr('x', fixed(q1))
    .attr('y', boxY - 8)
    .attr('width', fixed(Math.max(1, q3 - q1)))
    .attr('height', 16);
  const middle = x(summary.median);
  group
    .append('path')
    .attr('class', 'line ink')
    .attr('stroke-width', 2.5)
    .attr('d', `M${fixed(middle)},${boxY - 9}v18`);
  const [from, to] = summary.meanInterval;
  const mean = x(summary.mean);
  group
    .append('path')
    .attr('class', 'line accent-line')
    .attr('stroke-width', 2)
    .attr(
      'd',
      `M${fixed(x(from))},${meanY}H${fixed(x(to))}M${fixed(x(from))},${meanY - 4}v8M${fixed(x(to))},${meanY - 4}v8`,
    );
  group
    .append('path')
    .attr('class', 'accent-mark')
    .attr('d', `M${fixed(mean)},${meanY - 6}l6,6l-6,6l-6,-6z`);
  const captions = [
    { at: middle, y: boxY - 15, text: `median ${format(summary.median)}`, style: 'strong halo' },
    {
      at: mean,
      y: meanY - 11,
      text: `mean ${format(summary.mean)} (95%${width < 420 ? ':' : ' interval'} ${format(from)} to ${format(to)})`,
      style: 'accent halo',
    },
  ];
  for (const caption of captions) {
    const half = textWidth(caption.text, 13.5) / 2;
    writeText(group, {
      x: Math.min(width - half - 2, Math.max(half + 2, caption.at)),
      y: caption.y,
      text: caption.text,
      anchor: 'middle',
      style: caption.style,
    });
  }
}
