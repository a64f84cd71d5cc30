// Finds places for names beside marks on a map: near their mark, over no other mark and no other name, inside the map.
import type { Box } from './axes.ts';
import { textWidth } from './labels.ts';
import type { Point } from './path.ts';

export interface LabelPlace {
  /** On the baseline, at the end of the text that faces its mark: what is estimated too short grows away from it. */
  readonly x: number;
  readonly y: number;
  readonly side: 'start' | 'end';
  /** The side of the text that faces its mark, half way up. */
  readonly anchor: Point;
}

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const [lineHeight, fontSize] = [15, 12];
/** Bold letters are wider than those that `textWidth` estimates. */
const boldness = 1.2;

const overlaps = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Right of the mark first, then left, then farther and farther above and below. */
function* offsets(width: number): Generator<Point> {
  for (const rise of [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6])
    for (const side of [1, -1])
      yield [
        side > 0 ? 10 + Math.abs(rise) : -10 - Math.abs(rise) - width,
        rise * (lineHeight + 1),
      ];
}

/** The places of the names, in the order given; a name that fits nowhere stands right of its mark. */
export function placeLabels(
  marks: readonly { readonly at: Point; readonly text: string }[],
  box: Box,
  taken: readonly Point[] = [],
): LabelPlace[] {
  const around = ([x, y]: Point, half: number): Rectangle => ({
    left: x - half,
    right: x + half,
    top: y - half,
    bottom: y + half,
  });
  const used = [...marks.map(({ at }) => around(at, 6)), ...taken.map((at) => around(at, 3))];
  return marks.map(({ at, text }) => {
    const width = boldness * textWidth(text, fontSize);
    const spots = [...offsets(width)].map(([dx, dy]): Rectangle => {
      const middle = at[1] + dy;
      return {
        left: at[0] + dx,
        right: at[0] + dx + width,
        top: middle - lineHeight / 2,
        bottom: middle + lineHeight / 2,
      };
    });
    const isInside = ({ left, right, top, bottom }: Rectangle): boolean =>
      left > box.left + 3 && right < box.right - 3 && top > box.top + 3 && bottom < box.bottom - 3;
    const free = spots.find(
      (spot) => isInside(spot) && !used.some((other) => overlaps(spot, other)),
    );
    const { left, right, top, bottom } = free ?? spots.find(isInside) ?? spots[0]!;
    used.push({ left, right, top, bottom });
    const middle = (top + bottom) / 2;
    const isRight = left > at[0];
    return {
      x: isRight ? left : right,
      y: middle + 4,
      side: isRight ? 'start' : 'end',
      anchor: [isRight ? left - 2 : right + 2, middle],
    };
  });
}
