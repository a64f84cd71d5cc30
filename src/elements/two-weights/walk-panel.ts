// What stands beside the pictures of a two-weight walk: its settings, its steps, its numbers and its verdict, in the HTML that came with the page.
import type { WeightPair } from '../../landscape/two-weights.ts';
import type { ShownWalk } from './shown-walk.ts';
import { wordsOf, type ReadingName, type SliderName } from './walk-words.ts';

export interface WalkActions {
  /** The reader's own choice of a start, or of a step size. */
  take(choice: { readonly start?: WeightPair; readonly stepSize?: number }): void;
  goTo(step: number): void;
  togglePlay(): void;
}

export class WalkPanel {
  readonly #root: HTMLElement;
  #start: WeightPair = [0, 0];
  #until = 0;

  /** @param signal ends its listening. */
  constructor(root: HTMLElement, { take, goTo, togglePlay }: WalkActions, signal: AbortSignal) {
    this.#root = root;
    const press = (act: string, then: () => void): void =>
      this.#find(`[data-act="${act}"]`).addEventListener('click', then, { signal });
    press('play', togglePlay);
    press('next', () => goTo(Math.floor(this.#until) + 1));
    press('back', () => goTo(0));
    const slide = (name: SliderName, then: (position: number) => void): void => {
      const input = this.#input(name);
      input.addEventListener('input', () => then(input.valueAsNumber), { signal });
    };
    slide('step', goTo);
    slide('stepSize', (power) => take({ stepSize: Number((10 ** power).toPrecision(3)) }));
    slide('a', (a) => take({ start: [a, this.#start[1]] }));
    slide('b', (b) => take({ start: [this.#start[0], b] }));
  }

  playing(isPlaying: boolean): void {
    this.#find('[data-act="play"]').textContent = isPlaying ? 'Pause' : 'Play';
  }

  /** Brings every label, number and sentence up to date. */
  show(shown: ShownWalk): void {
    this.#start = shown.start;
    this.#until = shown.until;
    const { lastStep, sliders, readings, headline, reason } = wordsOf(shown);
    this.#input('step').max = String(lastStep);
    for (const [name, { position, text }] of Object.entries(sliders)) {
      const input = this.#input(name as SliderName);
      if (input.valueAsNumber !== position) input.value = String(position);
      input.setAttribute('aria-valuetext', text);
      this.#find(`[data-slider="${name}"] .field-value`).textContent = text;
    }
    for (const [name, text] of Object.entries(readings)) {
      const value = this.#reading(name as ReadingName);
      if (value.textContent !== text) value.textContent = text;
    }
    const title = document.createElement('strong');
    title.textContent = headline;
    const verdict = this.#find('.two-weights-verdict');
    if (verdict.textContent !== headline + reason) verdict.replaceChildren(title, reason);
  }

  #reading(name: ReadingName): HTMLElement {
    return this.#find(`[data-reading="${name}"]`);
  }

  #input(name: SliderName): HTMLInputElement {
    return this.#find<HTMLInputElement>(`[data-slider="${name}"] input`);
  }

  #find<Part extends HTMLElement>(selector: string): Part {
    return this.#root.querySelector<Part>(selector)!;
  }
}
