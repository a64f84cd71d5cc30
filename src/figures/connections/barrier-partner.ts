// Picking pairs on a stage that picks networks: remembers the partner while the page, which links networks alone, knows one of the two.
import { pointer, select } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { pickEvent, type FigureHandle, type PickDetail } from '../kit/figure.ts';
import { openStage, type StageOptions } from '../kit/stage.ts';

interface PairState {
  readonly selected: number | null;
  readonly partner: number | null;
}

/** The two networks whose pair is under a point of a drawing of that width. */
type PairAt<State> = (
  data: StudyDisplay,
  state: State,
  width: number,
  point: readonly [number, number],
) => readonly [number, number] | null;

export function openWithPartner<State extends PairState>(
  options: StageOptions<StudyDisplay, State>,
  pairAt: PairAt<State>,
): FigureHandle<StudyDisplay, State> {
  let { data, state, environment } = options;
  let own: { selected: number; partner: number } | null = null;
  const handle = openStage(options);

  /** The page's state, and the reader's partner for as long as the network is the one it was picked for. */
  const merged = (): State =>
    own !== null && own.selected === state.selected ? { ...state, partner: own.partner } : state;

  const svg = select(options.container).select<SVGSVGElement>('svg');
  if (environment.interactive) {
    // The stage has dispatched its pick of the row by now, or has left it as it was.
    const pickPair = (event: PointerEvent): void => {
      const node = svg.node();
      if (node === null) return;
      const pair = pairAt(data, merged(), environment.width, pointer(event, node));
      if (pair === null) return;
      const [selected, partner] = pair;
      own = { selected, partner };
      state = { ...state, selected };
      handle.update(merged());
    };
    svg
      .on('pointermove.pair', (event: PointerEvent) => {
        if (event.pointerType !== 'touch') pickPair(event);
      })
      .on('click.pair', pickPair)
      .on('keydown.pair', (event: KeyboardEvent) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step === undefined || state.selected === null) return;
        event.preventDefault();
        const last = Number(svg.attr('aria-valuemax'));
        const from = merged().partner ?? (step > 0 ? -1 : last + 1);
        let partner = from + step;
        if (partner === state.selected) partner += step;
        if (partner < 0 || partner > last) return;
        own = { selected: state.selected, partner };
        handle.update(merged());
      });
    select(options.container).on(`${pickEvent}.pair`, (event: CustomEvent<PickDetail>) => {
      state = { ...state, selected: event.detail.network };
    });
  }

  return {
    update(next, nextData) {
      state = next;
      if (nextData !== undefined) data = nextData;
      if (own !== null && own.selected !== next.selected) own = null;
      handle.update(merged(), nextData);
    },
    pass(from, to, share) {
      state = to;
      handle.pass?.(from, share < 1 ? to : merged(), share);
    },
    resize(next) {
      environment = next;
      handle.resize(next);
    },
    destroy() {
      select(options.container).on(`${pickEvent}.pair`, null);
      handle.destroy();
    },
  };
}
