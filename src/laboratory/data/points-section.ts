// Points drawn by hand: the point editor with its tools, its classes and what it says.
import { counted } from '../../learning/counted.ts';
import { randomStream } from '../../learning/random.ts';
import { markColour, markPath } from './class-marks.ts';
import { html, partOf } from './create-html.ts';
import {
  countsOf,
  erased,
  missingYet,
  mostClasses,
  mostPoints,
  nearestErased,
  placed,
  extentOf,
  samePoints,
  sprayed,
  withoutGaps,
  type HandPoints,
} from './drawn-points.ts';
import { PointEditor } from './point-editor.ts';
import { svg } from './create-svg.ts';

type Tool = 'point' | 'spray' | 'erase';
type Place = readonly [number, number];

export interface PointsActions {
  /** The points are data: enough of them, of two classes, numbered without a gap. */
  onPoints(points: HandPoints): void;
  /** Points of the set in use; null, after a word to the reader, where it has none on a plane. */
  current(): Promise<{ readonly points: HandPoints; readonly isFitted: boolean } | null>;
}

/** Of the editor's extent. */
const sizes = { spread: 0.09, eraser: 0.07, key: 0.04 };

export class PointsSection {
  readonly #root: HTMLElement;
  readonly #actions: PointsActions;
  readonly #editor: PointEditor;
  readonly #stop = new AbortController();
  readonly #stream = randomStream(1, 'spray');
  #points: HandPoints = [];
  /** As they were when a set last came in from elsewhere. */
  #given: HandPoints = [];
  #label = 0;

  constructor(root: HTMLElement, actions: PointsActions) {
    this.#root = root;
    this.#actions = actions;
    this.#editor = new PointEditor('Pad for drawing points', 'lab-point-editor-help', {
      stroke: (at, isFirst) => this.#stroke(at, isFirst),
      end: () => this.#settle(),
      place: (at) =>
        this.#byKey(placed(this.#points, at, this.#label, this.#editor.extent), 'Placed', at),
      remove: (at) =>
        this.#byKey(
          nearestErased(this.#points, at, sizes.key * this.#editor.extent),
          'Removed',
          at,
        ),
      choose: (number) => this.#choose(number - 1),
      moved: ([x, y]) => this.#say(`${short(x)}, ${short(y)}`),
    });
    partOf(root, 'point-editor').append(this.#editor.element);
    const press = (name: string, act: () => void): void =>
      partOf(root, name).addEventListener('click', act, { signal: this.#stop.signal });
    press('points-current', () => void this.#startFromCurrent());
    press('points-clear', () => this.#change([]));
    press('points-back', () => this.#change(this.#given));
    partOf(root, 'classes').addEventListener(
      'change',
      (event) => this.#choose(Number((event.target as HTMLInputElement).value)),
      { signal: this.#stop.signal },
    );
    this.#draw();
  }

  /** Points that the settings have, by a link or by undoing. */
  show(points: HandPoints): void {
    this.#given = points;
    if (samePoints(points, this.#points)) return this.#draw();
    this.#points = points;
    this.#draw();
  }

  destroy(): void {
    this.#stop.abort();
    this.#editor.element.remove();
  }

  get #tool(): Tool {
    return (this.#root.querySelector<HTMLInputElement>('[name="point-editor-tool"]:checked')
      ?.value ?? 'point') as Tool;
  }

  #stroke(at: Place, isFirst: boolean): void {
    const extent = this.#editor.extent;
    const tool = this.#tool;
    if (tool === 'point' && !isFirst) return;
    if (tool === 'point') this.#points = placed(this.#points, at, this.#label, extent);
    if (tool === 'erase') this.#points = erased(this.#points, at, sizes.eraser * extent);
    if (tool === 'spray') {
      const brush = { count: isFirst ? 5 : 2, spread: sizes.spread * extent, stream: this.#stream };
      this.#points = sprayed(this.#points, at, this.#label, brush, extent);
    }
    this.#draw();
  }

  #byKey(points: HandPoints, done: string, [x, y]: Place): void {
    const isDone = points !== this.#points;
    this.#change(points);
    const what = isDone ? `${done} at` : 'Nothing to remove at';
    this.#say(`${what} ${short(x)}, ${short(y)}. ${this.#pointsInWords()}`);
  }

  #change(points: HandPoints): void {
    this.#points = points;
    this.#settle();
  }

  /** What a finished stroke leaves is handed on. */
  #settle(): void {
    this.#points = withoutGaps(this.#points);
    this.#draw();
    if (missingYet(this.#points) === null && !samePoints(this.#points, this.#given)) {
      this.#given = this.#points;
      this.#actions.onPoints(this.#points);
    }
    this.#draw();
  }

  async #startFromCurrent(): Promise<void> {
    const found = await this.#actions.current();
    if (!found) return;
    this.#change(found.points);
    if (found.isFitted)
      this.#say(`${this.#pointsInWords()} Both axes were moved and stretched to fit the pad.`);
  }

  /** Classes are opened one after the other, so that no number is skipped. */
  #choose(label: number): void {
    this.#label = Math.max(0, Math.min(label, this.#openClasses() - 1));
    this.#draw();
    this.#say(`Class ${this.#label} chosen.`);
  }

  #openClasses(): number {
    return Math.min(mostClasses, Math.max(2, countsOf(this.#points).length + 1));
  }

  #draw(): void {
    this.#label = Math.min(this.#label, this.#openClasses() - 1);
    this.#editor.show(this.#points, extentOf(this.#points));
    this.#drawClasses();
    partOf(this.#root, 'points-back').hidden =
      this.#given.length === 0 || samePoints(this.#given, this.#points);
    this.#say(this.#pointsInWords());
  }

  #drawClasses(): void {
    const counts = countsOf(this.#points);
    const classes = partOf(this.#root, 'classes');
    const key = `${this.#openClasses()}/${this.#label}/${counts.join()}`;
    if (classes.dataset['key'] === key) return;
    classes.dataset['key'] = key;
    const hadFocus = classes.contains(document.activeElement);
    classes.replaceChildren(
      ...Array.from({ length: this.#openClasses() }, (_, label) => {
        const input = html('input', { type: 'radio', name: 'point-editor-class', value: label });
        input.checked = label === this.#label;
        const sign = svg(
          'svg',
          { viewBox: '0 0 16 16', 'aria-hidden': 'true' },
          svg('path', { class: 'mark', fill: markColour(label), d: markPath(label, 8, 8, 5.5) }),
        );
        const count = html('span', { class: 'point-editor-count' }, String(counts[label] ?? 0));
        return html(
          'label',
          { title: label < 9 ? `Key ${label + 1}` : `Class ${label}` },
          input,
          html('span', {}, sign, html('span', {}, `Class ${label}`), count),
        );
      }),
    );
    if (hadFocus) classes.querySelector<HTMLInputElement>(':checked')?.focus();
  }

  #pointsInWords(): string {
    const counts = countsOf(this.#points);
    const missing = missingYet(this.#points);
    if (this.#points.length === 0) return missing ?? '';
    const many = `${counted(this.#points.length, 'point')} in ${counted(counts.length, 'class', 'classes')}.`;
    if (missing !== null) return `${many} ${missing}`;
    return this.#points.length >= mostPoints ? `${many} There is no room for more.` : many;
  }

  #say(words: string): void {
    const place = partOf(this.#root, 'points-words');
    if (place.textContent !== words) place.textContent = words;
  }
}

const short = (value: number): string => String(Math.round(value * 100) / 100).replace('-', '−');
