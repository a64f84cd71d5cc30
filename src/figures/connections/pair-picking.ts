// Picking pairs in a figure that picks networks: remembers the partner while the page, which links networks alone, knows one of the two.
import { pointer, select } from 'd3';
import { pickEvent, type Figure, type FigureHandle, type PickDetail } from '../kit/figure.ts';
import type { Point } from '../kit/path.ts';

interface PairState {
  readonly selected: number | null;
  readonly partner: number | null;
}

/** The two networks whose pair is under a point of a drawing of that width. */
type PairAt<Data, State> = (
  data: Data,
  state: State,
  width: number,
  point: Point,
) => readonly [number, number] | null;

/** What the pictures of a pair share between the stage's handle and the listeners beside it. */
interface PairPicking<Data, State> {
  data: Data;
  /** As the page knows it. */
  state: State;
  width: number;
  /** The reader's partner, for as long as the network is the one that it was picked for. */
  own: { readonly selected: number; readonly partner: number } | null;
}

const merged = <Data, State extends PairState>({ own, state }: PairPicking<Data, State>): State =>
  own !== null && own.selected === state.selected ? { ...state, partner: own.partner } : state;

/** Draws the figure so that a pointer picks a pair, and the up and down keys its partner. */
export const withPairPicking =
  <Data, State extends PairState>(
    figure: Figure<Data, State>,
    pairAt: PairAt<Data, State>,
  ): Figure<Data, State>['draw'] =>
  (container, data, state, environment) => {
    const picking: PairPicking<Data, State> = { data, state, width: environment.width, own: null };
    const handle = figure.draw(container, data, state, environment);
    if (environment.interactive) listen(container, handle, picking, pairAt);
    return handleOf(container, handle, picking);
  };

function listen<Data, State extends PairState>(
  container: HTMLElement,
  handle: FigureHandle<Data, State>,
  picking: PairPicking<Data, State>,
  pairAt: PairAt<Data, State>,
): void {
  const svg = select(container).select<SVGSVGElement>('svg');
  // The stage has dispatched its pick of the row by now, or has left it as it was.
  const pickPair = (event: PointerEvent): void => {
    const node = svg.node();
    if (node === null) return;
    const pair = pairAt(picking.data, merged(picking), picking.width, pointer(event, node));
    if (pair === null) return;
    const [selected, partner] = pair;
    picking.own = { selected, partner };
    picking.state = { ...picking.state, selected };
    handle.update(merged(picking));
  };
  const pickPartner = (event: KeyboardEvent): void => {
    const { selected } = picking.state;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || selected === null) return;
    event.preventDefault();
    const last = Number(svg.attr('aria-valuemax'));
    const from = merged(picking).partner ?? (step > 0 ? -1 : last + 1);
    let partner = from + step;
    if (partner === selected) partner += step;
    if (partner < 0 || partner > last) return;
    picking.own = { selected, partner };
    handle.update(merged(picking));
  };
  svg
    .on('pointermove.pair', (event: PointerEvent) => {
      if (event.pointerType !== 'touch') pickPair(event);
    })
    .on('click.pair', pickPair)
    .on('keydown.pair', pickPartner);
  select(container).on(`${pickEvent}.pair`, (event: CustomEvent<PickDetail>) => {
    picking.state = { ...picking.state, selected: event.detail.network };
  });
}

/** The stage's handle, whose states get the reader's partner. */
function handleOf<Data, State extends PairState>(
  container: HTMLElement,
  handle: FigureHandle<Data, State>,
  picking: PairPicking<Data, State>,
): FigureHandle<Data, State> {
  return {
    update(next, nextData) {
      picking.state = next;
      if (nextData !== undefined) picking.data = nextData;
      if (picking.own !== null && picking.own.selected !== next.selected) picking.own = null;
      handle.update(merged(picking), nextData);
    },
    pass(from, to, share) {
      picking.state = to;
      handle.pass?.(from, share < 1 ? to : merged(picking), share);
    },
    resize(next) {
      picking.width = next.width;
      handle.resize(next);
    },
    destroy() {
      select(container).on(`${pickEvent}.pair`, null);
      handle.destroy();
    },
  };
}
