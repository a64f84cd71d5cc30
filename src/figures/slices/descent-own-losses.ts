// Beside a map of ways: what each network's loss is, and what the map shows where its shadow falls.
import type { DescentPath, DescentPlane } from './descent-path-data.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawLossPairs } from './loss-pairs.ts';
import { rowAt } from './slice-planes.ts';
import { markerNumbers } from './slice-words.ts';
import type { Group } from '../kit/stage.ts';

export interface OwnLossOptions {
  readonly left: number;
  readonly right: number;
  /** Where the rows have to end. */
  readonly bottom: number;
  readonly until: number;
  opacityOf(path: DescentPath): number;
}

const [top, rowHeight] = [88, 24];

export function drawOwnLossRows(
  group: Group,
  { slice, paths, unit }: DescentPlane,
  { left, right, bottom, until, opacityOf }: OwnLossOptions,
): void {
  const { trueLoss, sliceLoss } = slice.result.markers;
  const finite = [...trueLoss.values, ...sliceLoss.values].filter(
    (value) => Number.isFinite(value) && value > 0,
  );
  const names = Math.max(...paths.map(({ short }) => 1.15 * textWidth(short, 11)));
  writeText(group, { x: left, y: 18, text: 'Is the map right?', style: 'strong' });
  const keys = [{ mark: 'dot', text: 'own loss' }] as const;
  drawKeys(group, { x: left, y: 38, width: right - left - 50, keys });
  writeText(group, { x: left + 18, y: 56, text: 'bar: the ground drawn', style: 'muted' });
  drawLossPairs(group, {
    box: {
      left: left + names + 10,
      right,
      top,
      bottom: Math.min(top + rowHeight * paths.length, bottom),
    },
    unit,
    domain: [Math.min(...finite) / 1.1, Math.max(...finite) * 1.1],
    pairs: paths.map((path) => {
      const { own, ground, distance } = markerNumbers(slice, rowAt(path.track, until));
      const { short: name, colour } = path;
      return { name, colour, own, ground, distance, opacity: opacityOf(path) };
    }),
  });
}
