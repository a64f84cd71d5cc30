// How a reader picks one network in a picture, by pointer or by keys, and how a screen reader hears of it.
import type { Selection } from 'd3';

/** How a reader picks one network in a picture, by pointer or arrow keys. */
export interface Picking {
  readonly count: number;
  readonly selected: number | null;
  /** Networks in a row, for the up and down keys; 1 where the picture has no rows. */
  readonly columns: number;
  /** The network nearest to a point of the drawing, or null where nothing is near. */
  nearest(x: number, y: number): number | null;
  /** What a screen reader says of the picked network. */
  say(network: number): string;
}

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

/**
 * A picture in which one can pick is a slider over network numbers: the one role that arrow keys and readers share.
 *
 * @param picking null where nothing can be picked now.
 */
export function showPicking(svg: Svg, picking: Picking | null, description: string): void {
  if (picking === null) {
    svg.attr('role', 'img').attr('tabindex', null);
    // An image has no value.
    for (const name of ['valuemin', 'valuemax', 'valuenow', 'valuetext'])
      svg.attr(`aria-${name}`, null);
    return;
  }
  const { selected, count } = picking;
  svg
    .attr('role', 'slider')
    .attr('tabindex', 0)
    .attr('focusable', null)
    .attr('aria-valuemin', 0)
    .attr('aria-valuemax', count - 1)
    .attr('aria-valuenow', selected ?? 0)
    .attr('aria-valuetext', selected === null ? 'no network picked' : picking.say(selected))
    .attr('aria-label', `${description} Arrow keys pick a network.`);
}

/** The network that a key picks, null for none; undefined where the key means nothing here. */
export function pickedByKey(
  { count, columns, selected }: Picking,
  key: string,
): number | null | undefined {
  if (key === 'Escape') return null;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const moves: Record<string, number> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
  };
  const move = moves[key];
  if (move === undefined) return undefined;
  return selected === null ? 0 : Math.min(count - 1, Math.max(0, selected + move));
}
