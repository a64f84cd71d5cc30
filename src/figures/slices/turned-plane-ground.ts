// The ground of a turned plane: all that knows how a loss is drawn, so that another drawing can take its place, and what was drawn once is there at once.
import { create } from 'd3';
import type { Box } from '../kit/axes.ts';
import { drawFilledContours } from '../kit/filled-contours.ts';
import type { ContourScale } from '../kit/level-scale.ts';
import type { Group } from '../kit/stage.ts';

export interface TurnedGround {
  /** Which of the planes. */
  readonly turn: number;
  readonly box: Box;
  /** `[size]`, alike along both directions. */
  readonly axis: ArrayLike<number>;
  /** `[size, size]`, rows follow the second direction. */
  readonly losses: ArrayLike<number>;
  readonly scale: ContourScale;
  x(coordinate: number): number;
  y(coordinate: number): number;
}

function drawGround(group: Group, ground: TurnedGround): void {
  const { box, axis, losses, scale, x, y } = ground;
  drawFilledContours(group, box, { values: losses, xs: axis, ys: axis, x, y }, scale);
}

/** Grounds of a page as they were drawn, by their scale, which belongs to one turn. Light and sky cost a tenth of a second a plane. */
const kept = new WeakMap<ContourScale, Map<string, SVGGElement>>();

function keptOf({ scale, turn, box }: TurnedGround) {
  const own = kept.get(scale) ?? new Map<string, SVGGElement>();
  kept.set(scale, own);
  return { own, key: `${turn} ${box.left} ${box.right}` };
}

/** Draws it, or lays down what was drawn of it before; `isKept` is for a page, whose document stays. */
export function drawTurnedGround(group: Group, ground: TurnedGround, isKept: boolean): void {
  const { own, key } = keptOf(ground);
  const known = isKept ? own.get(key) : undefined;
  if (known) {
    group.node()?.append(known.cloneNode(true));
    return;
  }
  const made = group.append('g') as Group;
  drawGround(made, ground);
  if (isKept) own.set(key, made.node()!.cloneNode(true) as SVGGElement);
}

/** Draws the planes that are not kept yet, one at a time while the page has nothing else to do. */
export function prepareGrounds(grounds: readonly TurnedGround[], signal: AbortSignal): void {
  const [ground, ...rest] = grounds.filter((each) => {
    const { own, key } = keptOf(each);
    return !own.has(key);
  });
  if (!ground || signal.aborted) return;
  const next = (): void => {
    if (signal.aborted) return;
    drawTurnedGround(create('svg:g') as unknown as Group, ground, true);
    prepareGrounds(rest, signal);
  };
  if ('requestIdleCallback' in globalThis) requestIdleCallback(next);
  else setTimeout(next, 50);
}
