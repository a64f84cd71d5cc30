// The plane that points are placed on: a square of SVG, led by a pointer or by keys.
import { countsOf, type HandPoints } from './drawn-points.ts';
import { markColour, markPath } from './class-marks.ts';
import { svg } from './create-svg.ts';

type Place = readonly [x: number, y: number];

export interface PointEditorActions {
  /** A press, and every move until it is let go; `isFirst` at the press. */
  stroke(at: Place, isFirst: boolean): void;
  /** The pointer was let go. */
  end(): void;
  place(at: Place): void;
  remove(at: Place): void;
  /** A number key: the first class is 1. */
  choose(number: number): void;
  /** The cursor of the keys has moved. */
  moved(at: Place): void;
}

/** Units of the drawing; the square scales with the page. */
const side = 400;
const edge = 26;
const markRadius = 4.4;
/** How far an arrow key moves the cursor, of the editor's extent; with Shift, further. */
const strides = { plain: 0.05, far: 0.25 };

const arrows: Readonly<Record<string, Place>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export class PointEditor {
  readonly element: SVGSVGElement;
  readonly #axes = svg('g', { class: 'point-editor-axes' });
  readonly #marks = svg('g', { class: 'point-editor-marks' });
  readonly #cursor = svg('path', { class: 'point-editor-cursor', d: 'M-11,0H11M0,-11V11' });
  readonly #actions: PointEditorActions;
  #extent = 2;
  #at: Place = [0, 0];
  #isDown = false;

  constructor(label: string, describedBy: string, actions: PointEditorActions) {
    this.#actions = actions;
    this.element = svg(
      'svg',
      {
        class: 'point-editor',
        viewBox: `0 0 ${side} ${side}`,
        role: 'application',
        tabindex: 0,
        'aria-label': label,
        'aria-describedby': describedBy,
      },
      this.#axes,
      this.#marks,
      this.#cursor,
    );
    this.element.addEventListener('pointerdown', this.#press);
    this.element.addEventListener('pointermove', this.#move);
    for (const end of ['pointerup', 'pointercancel'] as const)
      this.element.addEventListener(end, this.#lift);
    this.element.addEventListener('keydown', this.#key);
  }

  get extent(): number {
    return this.#extent;
  }

  show(points: HandPoints, extent: number): void {
    if (extent !== this.#extent || !this.#axes.firstChild) this.#drawAxes(extent);
    this.#marks.replaceChildren(
      ...countsOf(points).flatMap((count, label) => {
        if (count === 0) return [];
        const d = points
          .filter(([, , own]) => own === label)
          .map(([x, y]) => markPath(label, this.#right(x), this.#down(y), markRadius))
          .join('');
        return [svg('path', { class: 'mark', fill: markColour(label), d })];
      }),
    );
    this.#moveCursor(this.#at);
  }

  #drawAxes(extent: number): void {
    this.#extent = extent;
    const [left, right] = [this.#right(-extent), this.#right(extent)];
    const every = Math.max(1, Math.ceil(extent / 3));
    const ticks = Array.from({ length: 2 * extent + 1 }, (_, i) => i - extent).filter(
      (tick) => tick % every === 0,
    );
    const lines = ticks.map((tick) => {
      const [x, y] = [this.#right(tick), this.#down(tick)];
      return `M${x},${left}V${right}M${left},${y}H${right}`;
    });
    const words = (tick: number): string => String(tick).replace('-', '−');
    this.#axes.replaceChildren(
      svg('rect', {
        class: 'point-editor-paper',
        x: left,
        y: left,
        width: right - left,
        height: right - left,
      }),
      svg('path', { class: 'point-editor-grid', d: lines.join('') }),
      svg('path', {
        class: 'point-editor-zero',
        d: `M${this.#right(0)},${left}V${right}M${left},${this.#down(0)}H${right}`,
      }),
      ...ticks.flatMap((tick) => [
        svg('text', { x: this.#right(tick), y: side - 6, 'text-anchor': 'middle' }, words(tick)),
        svg('text', { x: edge - 6, y: this.#down(tick) + 4, 'text-anchor': 'end' }, words(tick)),
      ]),
    );
  }

  #right(x: number): number {
    return edge + ((x + this.#extent) / (2 * this.#extent)) * (side - 2 * edge);
  }

  #down(y: number): number {
    return side - this.#right(y);
  }

  #placeOf({ clientX, clientY }: PointerEvent): Place {
    const box = this.element.getBoundingClientRect();
    const unit = (side / box.width) * ((2 * this.#extent) / (side - 2 * edge));
    return [
      (clientX - box.left - box.width / 2) * unit,
      (box.top + box.height / 2 - clientY) * unit,
    ];
  }

  readonly #press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.element.setPointerCapture(event.pointerId);
    this.#isDown = true;
    delete this.element.dataset['keys'];
    this.#actions.stroke(this.#placeOf(event), true);
  };

  readonly #move = (event: PointerEvent): void => {
    if (this.#isDown) this.#actions.stroke(this.#placeOf(event), false);
  };

  readonly #lift = (): void => {
    if (!this.#isDown) return;
    this.#isDown = false;
    this.#actions.end();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    if (arrow) {
      const stride = this.#extent * (event.shiftKey ? strides.far : strides.plain);
      const along = (value: number, step: number): number =>
        Math.max(
          -this.#extent,
          Math.min(this.#extent, Math.round((value + step * stride) * 1e3) / 1e3),
        );
      this.#moveCursor([along(this.#at[0], arrow[0]), along(this.#at[1], arrow[1])]);
      this.#actions.moved(this.#at);
    } else if (event.key === ' ' || event.key === 'Enter') this.#actions.place(this.#at);
    else if (event.key === 'Delete' || event.key === 'Backspace') this.#actions.remove(this.#at);
    else if (/^[1-9]$/.test(event.key)) this.#actions.choose(Number(event.key));
    else return;
    // The cursor shows from the first key on.
    this.element.dataset['keys'] = '';
    event.preventDefault();
  };

  #moveCursor(at: Place): void {
    this.#at = at.map((value) => Math.max(-this.#extent, Math.min(this.#extent, value))) as [
      number,
      number,
    ];
    const [x, y] = this.#at;
    this.#cursor.setAttribute('transform', `translate(${this.#right(x)},${this.#down(y)})`);
  }
}
