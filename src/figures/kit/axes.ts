// Axes with names and units, and their grid lines.
import { axisBottom, axisLeft, type AxisScale } from 'd3';
import { writeText } from './labels.ts';
import type { Group } from './stage.ts';

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface AxesOptions {
  readonly box: Box;
  readonly x: AxisScale<number>;
  readonly y: AxisScale<number> | null;
  readonly xTicks: readonly number[];
  /** Where there is a y axis. */
  readonly yTicks?: readonly number[];
  readonly xFormat: (value: number) => string;
  readonly yFormat?: (value: number) => string;
  readonly xName?: string;
  readonly yName?: string;
  /** Grid lines help to read values off lines; on a filled picture they are in the way. */
  readonly grid?: boolean;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** The y axis's name lies flat above it, where it is read without turning one's head. */
export function drawAxes(group: Group, options: AxesOptions): void {
  const { box, x, y, xTicks, yTicks = [], yFormat = String } = options;
  if (options.grid ?? true) {
    const grid = group.append('g').attr('class', 'grid');
    for (const value of yTicks) {
      const at = round(Number(y?.(value)));
      grid.append('path').attr('d', `M${box.left},${at}H${box.right}`);
    }
  }
  group
    .append('g')
    .attr('class', 'axis')
    .attr('transform', `translate(0,${box.bottom})`)
    .call(
      axisBottom(x)
        .tickValues([...xTicks])
        .tickFormat(options.xFormat)
        .tickSize(4)
        .tickSizeOuter(0),
    );
  if (y !== null)
    group
      .append('g')
      .attr('class', 'axis')
      .attr('transform', `translate(${box.left},0)`)
      .call(
        axisLeft(y)
          .tickValues([...yTicks])
          .tickFormat(yFormat)
          .tickSize(4)
          .tickSizeOuter(0),
      );
  writeText(group, {
    x: (box.left + box.right) / 2,
    y: box.bottom + 36,
    text: options.xName ?? '',
    anchor: 'middle',
    style: 'axis-name',
  });
  writeText(group, { x: 2, y: box.top - 12, text: options.yName ?? '', style: 'axis-name' });
}

/** Ticks of a logarithmic axis: powers of ten, or 1-2-5 steps where those are too few; at most `count`. */
export function logarithmicTicks([low, high]: readonly [number, number], count: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const within = (values: number[]): number[] =>
    values.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const fine = within(powers.flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power)));
  if (fine.length <= count) return fine;
  const coarse = within(powers.map((power) => 10 ** power));
  const stride = Math.ceil(coarse.length / count);
  return coarse.filter((_, index) => index % stride === 0);
}
