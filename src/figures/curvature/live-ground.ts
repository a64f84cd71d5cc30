// A map's ground that follows a slider: tints and lines at once, the whole survey sheet as soon as it rests.
import type { Box } from '../kit/axes.ts';
import { levels } from '../kit/contours.ts';
import { drawFilledContours, inkOn, type FilledGrid } from '../kit/filled-contours.ts';
import { contourable, contourValue, type ContourScale } from '../kit/level-scale.ts';
import { drawBox, fillPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';

const restMilliseconds = 250;
const waiting = new WeakMap<Element, ReturnType<typeof setTimeout>>();

/** @param isLive whether it may be drawn again in the next frame: relief takes longer than one. */
export function drawLiveGround(
  group: Group,
  box: Box,
  grid: FilledGrid,
  scale: ContourScale,
  isLive: boolean,
): void {
  const node = group.node();
  if (!isLive || node === null) return drawFilledContours(group, box, grid, scale);
  clearTimeout(waiting.get(node));
  drawTints(group, box, grid, scale);
  const finish = (): void => {
    if (!node.isConnected) return;
    group.selectAll('*').remove();
    drawFilledContours(group, box, grid, scale);
  };
  waiting.set(node, setTimeout(finish, restMilliseconds));
}

/** As `drawFilledContours`, without relief and on the grid as it is. */
function drawTints(group: Group, box: Box, grid: FilledGrid, scale: ContourScale): void {
  drawBox(group, null, box).attr('fill', scale.bands[0]!.colour);
  const drawn = levels(
    { ...grid, values: contourable(grid.values, scale) },
    scale.lines.map(({ value }) => contourValue(value, scale)),
  );
  for (const [index, { path }] of drawn.entries()) {
    if (path === '') continue;
    const { value, isIndex } = scale.lines[index]!;
    const look = `contour ${inkOn(scale.lightness(value))}${isIndex ? ' index' : ''}`;
    fillPath(group, look, path, scale.bands[index + 1]!.colour);
  }
}
