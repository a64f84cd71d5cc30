// A map's ground that follows a slider: tints and lines at once, light and shade as soon as it rests.
import { levels } from '../kit/contours.ts';
import { contourable, contourValue, type ContourScale } from '../kit/level-scale.ts';
import { inkOn, type FilledGrid } from '../kit/filled-contours.ts';
import { reliefImage } from '../kit/relief/relief-image.ts';
import { drawPath, fillPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';

/** As `drawFilledContours`, without relief: that takes many frames. */
export function drawTints(group: Group, grid: FilledGrid, scale: ContourScale): void {
  const { values, xs, ys, x, y } = grid;
  const [left, right] = [x(xs[0]!), x(xs[xs.length - 1]!)];
  const [bottom, top] = [y(ys[0]!), y(ys[ys.length - 1]!)];
  fillPath(
    group,
    null,
    `M${left.toFixed(1)},${top.toFixed(1)}H${right.toFixed(1)}V${bottom.toFixed(1)}H${left.toFixed(1)}z`,
    scale.bands[0]!.colour,
  );
  const drawn = levels(
    { values: contourable(values, scale), xs, ys, x, y },
    scale.lines.map(({ value }) => contourValue(value, scale)),
  );
  for (const [index, { path }] of drawn.entries())
    if (path !== '') fillPath(group, 'contour', path, scale.bands[index + 1]!.colour);
  for (const [index, { value, isIndex }] of scale.lines.entries())
    if (drawn[index]!.line !== '')
      drawPath(
        group,
        `contour-line ${inkOn(scale.share(value))}${isIndex ? ' index' : ''}`,
        drawn[index]!.line,
      );
}

const restMilliseconds = 250;
const waiting = new WeakMap<Element, ReturnType<typeof setTimeout>>();

/** Light and shade over the tints: at once in a drawing that stays, and in one that may move once it has rested. */
export function drawReliefAtRest(
  group: Group,
  grid: FilledGrid,
  scale: ContourScale,
  isLive: boolean,
): void {
  const node = group.node();
  if (node === null) return;
  clearTimeout(waiting.get(node));
  if (!isLive) return drawReliefOf(group, grid, scale);
  const draw = (): void => {
    if (node.isConnected) drawReliefOf(group, grid, scale);
  };
  waiting.set(node, setTimeout(draw, restMilliseconds));
}

function drawReliefOf(group: Group, { values, xs, ys, x, y }: FilledGrid, scale: ContourScale) {
  const [left, right] = [x(xs[0]!), x(xs[xs.length - 1]!)];
  const [bottom, top] = [y(ys[0]!), y(ys[ys.length - 1]!)];
  const [columns, rows] = [xs.length, ys.length];
  const spacing = [(right - left) / (columns - 1), (bottom - top) / (rows - 1)] as const;
  const heights = contourable(values, scale);
  group
    .append('image')
    .attr('class', 'relief')
    .attr('href', reliefImage({ heights, columns, rows, spacing }))
    .attr('x', left.toFixed(1))
    .attr('y', top.toFixed(1))
    .attr('width', (right - left).toFixed(1))
    .attr('height', (bottom - top).toFixed(1))
    .attr('preserveAspectRatio', 'none');
}
