// The stage that every 2D figure stands on: an SVG, memoised layers, picking and motion, so that a figure says only what it draws.
import { easeCubicInOut, pointer, select, timer, type Selection, type Timer } from 'd3';
import { pickEvent, type FigureEnvironment, type FigureHandle, type PickDetail } from './figure.ts';

export type Group = Selection<SVGGElement, unknown, null, undefined>;

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

export interface Stage<Data, State> {
  readonly data: Data;
  readonly state: State;
  readonly environment: FigureEnvironment;
  readonly width: number;
  readonly height: number;
  /** Takes another height than the environment's, where the picture's proportions are fixed by its data. */
  setHeight(height: number): void;
  /** Draws a layer, unless it shows these very inputs already. Layers lie in the order of their first drawing. */
  layer(name: string, inputs: readonly unknown[], draw: (group: Group) => void): void;
  /** Takes away all layers but one. */
  keepOnly(name: string): void;
}

export interface StageOptions<Data, State> {
  readonly name: string;
  readonly container: HTMLElement;
  readonly data: Data;
  readonly state: State;
  readonly environment: FigureEnvironment;
  describe(data: Data, state: State): string;
  paint(stage: Stage<Data, State>): Picking | null;
  /** The state a share `t` of the way between two, or null where nothing moves. */
  between?(from: State, to: State, t: number, data: Data): State | null;
}

const motionMilliseconds = 900;

const sameValues = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, index) => Object.is(value, b[index]));

const sameState = <State>(a: State, b: State): boolean =>
  Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);

/** Builds the drawing and returns the handle of the Figure contract. */
export function openStage<Data, State extends object>(
  options: StageOptions<Data, State>,
): FigureHandle<Data, State> {
  const { container, name } = options;
  let { data, state, environment } = options;
  let shown = state;
  let height = environment.height;
  let picking: Picking | null = null;
  let isPickable = false;
  let motion: Timer | null = null;
  let told: { readonly data: Data; readonly state: State; readonly text: string } | null = null;
  const memory = new Map<string, { group: Group; inputs: readonly unknown[] }>();

  const svg = select(container)
    .append('svg')
    .attr('class', `atlas-chart ${name}`)
    .attr('role', 'img')
    .attr('focusable', 'false');

  const stage: Stage<Data, State> = {
    get data() {
      return data;
    },
    get state() {
      return shown;
    },
    get environment() {
      return environment;
    },
    get width() {
      return environment.width;
    },
    get height() {
      return height;
    },
    setHeight(value) {
      height = Math.round(value);
    },
    layer(layerName, inputs, draw) {
      const known = memory.get(layerName);
      const key = [environment.width, height, ...inputs];
      if (known !== undefined && sameValues(known.inputs, key)) return;
      const group = known?.group ?? svg.append('g').attr('class', `layer-${layerName}`);
      group.selectAll('*').remove();
      memory.set(layerName, { group, inputs: key });
      draw(group as Group);
    },
    keepOnly(kept) {
      for (const [layerName, { group }] of memory) {
        if (layerName === kept) continue;
        group.remove();
        memory.delete(layerName);
      }
    },
  };

  /** Said once a state, not once a frame of a motion. */
  function description(): string {
    if (told?.data !== data || told.state !== state) {
      told = { data, state, text: options.describe(data, state) };
    }
    return told.text;
  }

  function paint(): void {
    height = environment.height;
    picking = options.paint(stage);
    svg
      .attr('viewBox', `0 0 ${environment.width} ${height}`)
      .attr('width', environment.width)
      .attr('height', height)
      .attr('aria-label', description());
    if (environment.interactive) describeControl();
  }

  /** A picture in which one can pick is a slider over network numbers: the one role that arrow keys and readers share. */
  function describeControl(): void {
    if (picking === null) {
      if (isPickable) svg.attr('role', 'img').attr('tabindex', null);
      isPickable = false;
      return;
    }
    isPickable = true;
    const { selected, count } = picking;
    svg
      .attr('role', 'slider')
      .attr('tabindex', 0)
      .attr('focusable', null)
      .attr('aria-valuemin', 0)
      .attr('aria-valuemax', count - 1)
      .attr('aria-valuenow', selected ?? 0)
      .attr('aria-valuetext', selected === null ? 'no network picked' : picking.say(selected))
      .attr('aria-label', `${description()} Arrow keys pick a network.`);
  }

  function pick(network: number | null, isPassing = false): void {
    if (picking === null || (network === picking.selected && isPassing)) return;
    show({ ...state, selected: network });
    const detail: PickDetail = { network, isPassing };
    select(container).dispatch(pickEvent, { bubbles: true, cancelable: false, detail });
  }

  /** A key at the end of the row picks nothing new. */
  function pickOther(network: number): void {
    if (network !== picking?.selected) pick(network);
  }

  function pickByKey(event: KeyboardEvent): void {
    if (picking === null) return;
    const { count, columns, selected } = picking;
    const moves: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
    };
    const move = moves[event.key];
    if (event.key === 'Escape') pick(null);
    else if (event.key === 'Home') pick(0);
    else if (event.key === 'End') pick(count - 1);
    else if (move !== undefined)
      pickOther(selected === null ? 0 : Math.min(count - 1, Math.max(0, selected + move)));
    else return;
    event.preventDefault();
  }

  function show(next: State): void {
    motion?.stop();
    motion = null;
    const from = shown;
    state = next;
    const moves =
      environment.interactive &&
      !environment.reducedMotion &&
      (options.between?.(from, next, 0, data) ?? null) !== null;
    if (!moves) {
      shown = next;
      paint();
      return;
    }
    motion = timer((elapsed) => {
      const t = Math.min(1, elapsed / motionMilliseconds);
      shown = t < 1 ? (options.between?.(from, next, easeCubicInOut(t), data) ?? next) : next;
      paint();
      if (t === 1) motion?.stop();
    });
  }

  if (environment.interactive) {
    const pickAt = (event: PointerEvent): void => {
      const [x, y] = pointer(event, svg.node());
      const near = picking?.nearest(x, y) ?? null;
      if (near !== null) pick(near, event.type === 'pointermove');
    };
    svg
      .on('pointermove', (event: PointerEvent) => {
        if (event.pointerType !== 'touch') pickAt(event);
      })
      .on('click', pickAt)
      .on('keydown', pickByKey);
  }
  paint();

  return {
    update(nextState, nextData) {
      const dataChanged = nextData !== undefined && nextData !== data;
      if (nextData !== undefined) data = nextData;
      if (!dataChanged && sameState(state, nextState)) return;
      show(nextState);
    },
    pass(from, to, share) {
      const next = share < 1 ? (options.between?.(from, to, share, data) ?? null) : to;
      if (next === null) return;
      motion?.stop();
      motion = null;
      state = share < 1 ? from : to;
      shown = next;
      paint();
    },
    resize(next) {
      environment = next;
      motion?.stop();
      shown = state;
      memory.forEach(({ group }) => group.remove());
      memory.clear();
      paint();
    },
    destroy() {
      motion?.stop();
      svg.on('.', null).remove();
    },
  };
}
