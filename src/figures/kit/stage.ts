// The stage that every 2D figure stands on: an SVG, memoised layers, picking and motion, so that a figure says only what it draws.
import { easeCubicInOut, pointer, select, timer, type Selection, type Timer } from 'd3';
import { pickEvent, type FigureEnvironment, type FigureHandle, type PickDetail } from './figure.ts';
import { pickedByKey, showPicking, type Picking } from './picking.ts';

export type Group = Selection<SVGGElement, unknown, null, undefined>;

export type { Picking };

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
  readonly motionMilliseconds?: number;
}

const usualMotionMilliseconds = 900;

const sameValues = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, index) => Object.is(value, b[index]));

const sameState = <State>(a: State, b: State): boolean =>
  Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);

/** Builds the drawing and returns the handle of the Figure contract. */
export const openStage = <Data, State extends object>(
  options: StageOptions<Data, State>,
): FigureHandle<Data, State> => new SvgStage(options).handle;

class SvgStage<Data, State extends object> implements Stage<Data, State> {
  data: Data;
  /** What is drawn, which while a picture moves is on its way to the state that is wanted. */
  state: State;
  environment: FigureEnvironment;
  height: number;
  #wanted: State;
  #picking: Picking | null = null;
  #isPickable = false;
  #motion: Timer | null = null;
  #told: { readonly data: Data; readonly state: State; readonly text: string } | null = null;
  readonly #options: StageOptions<Data, State>;
  readonly #svg: Selection<SVGSVGElement, unknown, null, undefined>;
  readonly #layers = new Map<string, { group: Group; inputs: readonly unknown[] }>();

  constructor(options: StageOptions<Data, State>) {
    this.#options = options;
    this.data = options.data;
    this.state = options.state;
    this.environment = options.environment;
    this.height = options.environment.height;
    this.#wanted = options.state;
    this.#svg = select(options.container)
      .append('svg')
      .attr('class', `atlas-chart ${options.name}`)
      .attr('role', 'img')
      .attr('focusable', 'false');
    if (this.environment.interactive) this.#listen();
    this.#paint();
  }

  get width(): number {
    return this.environment.width;
  }

  setHeight(height: number): void {
    this.height = Math.round(height);
  }

  layer(name: string, inputs: readonly unknown[], draw: (group: Group) => void): void {
    const known = this.#layers.get(name);
    const key = [this.width, this.height, ...inputs];
    if (known !== undefined && sameValues(known.inputs, key)) return;
    const group = known?.group ?? (this.#svg.append('g').attr('class', `layer-${name}`) as Group);
    group.selectAll('*').remove();
    this.#layers.set(name, { group, inputs: key });
    draw(group);
  }

  keepOnly(kept: string): void {
    for (const [name, { group }] of this.#layers) {
      if (name === kept) continue;
      group.remove();
      this.#layers.delete(name);
    }
  }

  get handle(): FigureHandle<Data, State> {
    return {
      update: (state, data) => this.#update(state, data),
      pass: (from, to, share) => this.#pass(from, to, share),
      resize: (environment) => this.#resize(environment),
      destroy: () => {
        this.#motion?.stop();
        this.#svg.on('.', null).remove();
      },
    };
  }

  #update(state: State, data: Data = this.data): void {
    const dataChanged = data !== this.data;
    this.data = data;
    if (dataChanged || !sameState(this.#wanted, state)) this.#show(state);
  }

  #pass(from: State, to: State, share: number): void {
    const next = share < 1 ? this.#between(from, to, share) : to;
    if (next === null) return;
    this.#stand();
    this.#wanted = share < 1 ? from : to;
    this.state = next;
    this.#paint();
  }

  #resize(environment: FigureEnvironment): void {
    this.environment = environment;
    this.#stand();
    this.state = this.#wanted;
    for (const { group } of this.#layers.values()) group.remove();
    this.#layers.clear();
    this.#paint();
  }

  #between(from: State, to: State, share: number): State | null {
    return this.#options.between?.(from, to, share, this.data) ?? null;
  }

  /** Ends a motion where it is. */
  #stand(): void {
    this.#motion?.stop();
    this.#motion = null;
  }

  /** Said once a state, not once a frame of a motion. */
  #description(): string {
    const [data, state] = [this.data, this.#wanted];
    if (this.#told?.data !== data || this.#told.state !== state) {
      this.#told = { data, state, text: this.#options.describe(data, state) };
    }
    return this.#told.text;
  }

  #paint(): void {
    this.height = this.environment.height;
    this.#picking = this.#options.paint(this);
    const { width, height } = this;
    this.#svg
      .attr('viewBox', `0 0 ${width} ${height}`)
      .attr('width', width)
      .attr('height', height)
      .attr('aria-label', this.#description());
    if (!this.environment.interactive) return;
    const isPickable = this.#picking !== null;
    if (isPickable || this.#isPickable) showPicking(this.#svg, this.#picking, this.#description());
    this.#isPickable = isPickable;
  }

  #show(next: State): void {
    this.#stand();
    const from = this.state;
    this.#wanted = next;
    const { interactive, reducedMotion } = this.environment;
    if (!interactive || reducedMotion || this.#between(from, next, 0) === null) {
      this.state = next;
      this.#paint();
      return;
    }
    const { motionMilliseconds = usualMotionMilliseconds } = this.#options;
    this.#motion = timer((elapsed) => {
      const t = Math.min(1, elapsed / motionMilliseconds);
      this.state = t < 1 ? (this.#between(from, next, easeCubicInOut(t)) ?? next) : next;
      this.#paint();
      if (t === 1) this.#motion?.stop();
    });
  }

  #pick(network: number | null, isPassing = false): void {
    if (this.#picking === null || (network === this.#picking.selected && isPassing)) return;
    this.#show({ ...this.#wanted, selected: network });
    const detail: PickDetail = { network, isPassing };
    const event = { bubbles: true, cancelable: false, detail };
    select(this.#options.container).dispatch(pickEvent, event);
  }

  #listen(): void {
    const pickAt = (event: PointerEvent): void => {
      const [x, y] = pointer(event, this.#svg.node());
      const near = this.#picking?.nearest(x, y) ?? null;
      if (near !== null) this.#pick(near, event.type === 'pointermove');
    };
    this.#svg
      .on('pointermove', (event: PointerEvent) => {
        if (event.pointerType !== 'touch') pickAt(event);
      })
      .on('click', pickAt)
      .on('keydown', (event: KeyboardEvent) => {
        const picked = this.#picking ? pickedByKey(this.#picking, event.key) : undefined;
        if (picked === undefined) return;
        // An arrow at the end of the row picks nothing new.
        const isArrow = event.key.startsWith('Arrow');
        if (!isArrow || picked !== this.#picking?.selected) this.#pick(picked);
        event.preventDefault();
      });
  }
}
