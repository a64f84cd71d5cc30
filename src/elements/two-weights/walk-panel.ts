// What stands beside the pictures of a two-weight walk: its settings, its steps, its numbers and its verdict.
import { formatNumber as write } from '../../figures/kit/format.ts';
import {
  twoWeightGradient,
  twoWeightInvariant,
  type WeightPair,
} from '../../landscape/two-weights.ts';
import { button, make, readings, slider, type Slider } from './walk-controls.ts';
import { extent, stepSizes, type ShownWalk } from './shown-walk.ts';

export interface WalkActions {
  /** The reader's own choice of a start, or of a step size. */
  take(choice: { readonly start?: WeightPair; readonly stepSize?: number }): void;
  goTo(step: number): void;
  togglePlay(): void;
}

const names = {
  weights: 'Weights (a, b)',
  loss: 'Loss',
  gradient: 'Gradient norm',
  invariant: 'a² − b² now (at the start)',
  sharpness: 'λ, sharpness where the flow ends',
  critical: '2/λ, the largest step it can bear',
} as const;

export class WalkPanel {
  readonly root: HTMLElement;
  readonly #play: HTMLButtonElement;
  readonly #step: Slider;
  readonly #stepSize: Slider;
  readonly #a: Slider;
  readonly #b: Slider;
  readonly #readings = readings(Object.values(names));
  readonly #verdict = make('p', { className: 'two-weights-verdict' });
  #start: WeightPair = [0, 0];
  #until = 0;

  constructor({ take, goTo, togglePlay }: WalkActions) {
    this.#play = button('Play', togglePlay, 'main');
    this.#step = slider({ label: 'Step', min: 0, max: 1, step: 1, onInput: goTo });
    // It runs over powers of ten.
    this.#stepSize = slider({
      label: 'Step size η',
      min: Math.log10(stepSizes[0]),
      max: Math.log10(stepSizes[1]),
      step: 0.01,
      onInput: (power) => take({ stepSize: Number((10 ** power).toPrecision(3)) }),
    });
    const weight = (label: string, onInput: (position: number) => void): Slider =>
      slider({ label, min: -extent, max: extent, step: 0.01, onInput });
    this.#a = weight('Start, weight a', (a) => take({ start: [a, this.#start[1]] }));
    this.#b = weight('Start, weight b', (b) => take({ start: [this.#start[0], b] }));
    this.#verdict.setAttribute('aria-live', 'polite');
    this.root = make(
      'div',
      { className: 'two-weights-panel' },
      this.#stepSize.root,
      make(
        'div',
        { className: 'two-weights-buttons' },
        this.#play,
        button('One step', () => goTo(Math.floor(this.#until) + 1)),
        button('Back to the start', () => goTo(0)),
      ),
      this.#step.root,
      this.#verdict,
      this.#readings.root,
      this.#a.root,
      this.#b.root,
    );
  }

  playing(isPlaying: boolean): void {
    this.#play.textContent = isPlaying ? 'Pause' : 'Play';
  }

  /** Brings every label, number and sentence up to date. */
  show({ start, stepSize, walk, until }: ShownWalk): void {
    this.#start = start;
    this.#until = until;
    const last = walk.points.length - 1;
    const step = Math.min(last, Math.floor(until));
    this.#step.input.max = String(last);
    this.#step.set(step, `${step} of ${last}`);
    this.#stepSize.set(Number(Math.log10(stepSize).toFixed(2)), write(stepSize));
    this.#a.set(start[0], write(start[0]));
    this.#b.set(start[1], write(start[1]));
    this.#read(walk, step);
    const { criticalStepSize, verdict, reason } = walk;
    const relation = stepSize > criticalStepSize ? 'η is over 2/λ' : 'η is under 2/λ';
    const headline = `${relation}: ${verdict}`;
    if (this.#verdict.firstChild?.textContent !== headline)
      this.#verdict.replaceChildren(make('strong', {}, headline), reason);
  }

  #read({ points, losses, sharpness, criticalStepSize }: ShownWalk['walk'], step: number): void {
    const point = points[step]!;
    const { set } = this.#readings;
    set(names.weights, `(${write(point[0])}, ${write(point[1])})`);
    set(names.loss, write(losses[step]!));
    set(names.gradient, write(Math.hypot(...twoWeightGradient(point))));
    set(
      names.invariant,
      `${write(twoWeightInvariant(point))} (${write(twoWeightInvariant(points[0]!))})`,
    );
    set(names.sharpness, write(sharpness));
    set(names.critical, write(criticalStepSize));
  }
}
