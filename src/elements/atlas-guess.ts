// <atlas-guess>: asks before the answer is shown, draws the guess into a figure, and remembers it while the tab is open.
import { format as d3Format } from 'd3';
import { showAnswerOf } from './show-answer.ts';
import { drivableIn } from './drivable.ts';
import { rememberedGuess, rememberGuess, type Guess } from './guess-memory.ts';
import { guessAt, shareOf, type GuessScale } from './guess-scale.ts';

export class AtlasGuess extends HTMLElement {
  #scale: GuessScale | null = null;

  connectedCallback(): void {
    const text = this.dataset['scale'];
    this.#scale = text ? (JSON.parse(text) as GuessScale) : null;
    const form = this.querySelector('form');
    form?.addEventListener('submit', (event) => {
      event.preventDefault();
      const guess = this.#read();
      if (guess === undefined) {
        this.#say('Choose one first, or let it be shown.');
        return;
      }
      this.#reveal(guess);
    });
    this.querySelector('[data-skip]')?.addEventListener('click', () => this.skip());
    const slider = this.#slider;
    if (slider && this.#scale) {
      slider.value = String(1000 * shareOf(this.#scale, this.#scale.start));
      slider.addEventListener('input', () => this.#writeValue());
      this.#writeValue();
    }
    const kept = rememberedGuess(this.id, (guess) => this.#isPossible(guess));
    if (kept !== undefined) this.#reveal(kept, false);
    else this.dataset['phase'] = 'asking';
  }

  /** The reader does not want to guess. */
  skip(): void {
    this.#reveal(null);
  }

  #isPossible(guess: unknown): boolean {
    if (this.#scale) {
      return typeof guess === 'number' && guess >= this.#scale.min && guess <= this.#scale.max;
    }
    return this.#options.some(({ value }) => value === JSON.stringify(guess));
  }

  get #options(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
  }

  get #slider(): HTMLInputElement | null {
    return this.querySelector('input[type="range"]');
  }

  /** What is guessed; undefined where nothing is chosen yet. */
  #read(): Guess | undefined {
    if (this.#scale && this.#slider) return guessAt(this.#scale, this.#slider.valueAsNumber / 1000);
    const chosen = this.#options.find(({ checked }) => checked);
    return chosen ? (JSON.parse(chosen.value) as Guess) : undefined;
  }

  #writeValue(): void {
    const guess = this.#read();
    const text = this.#guessInWords(guess ?? null);
    const output = this.querySelector('.guess-value');
    if (output) output.textContent = text;
    this.#slider?.setAttribute('aria-valuetext', text);
  }

  #guessInWords(guess: Guess): string {
    if (typeof guess === 'number' && this.#scale) {
      const { format, unit } = this.#scale;
      return `${d3Format(format)(guess)}${unit ? ` ${unit}` : ''}`;
    }
    const option = this.#options.find(({ value }) => value === JSON.stringify(guess));
    return option?.parentElement?.textContent?.trim() ?? '';
  }

  #say(sentence: string): void {
    const label = this.querySelector('.guess-label');
    if (label) label.textContent = sentence;
    label?.setAttribute('role', 'alert');
  }

  #reveal(guess: Guess, isNew = true): void {
    const yours = this.querySelector<HTMLElement>('[data-yours]');
    if (yours) yours.textContent = guess === null ? '' : `Your guess: ${this.#guessInWords(guess)}`;
    if (yours) yours.hidden = guess === null;
    this.dataset['phase'] = 'answered';
    showAnswerOf(this.id);
    if (isNew) {
      rememberGuess(this.id, guess);
      const answer = this.querySelector<HTMLElement>('[data-answer]');
      // The button is gone; the reader goes on where the answer stands.
      if (answer) answer.tabIndex = -1;
      answer?.focus({ preventScroll: true });
    }
    const picture = drivableIn(this.dataset['figure']);
    if (picture === null) return;
    void customElements.whenDefined(picture.localName).then(() => {
      picture.overlay?.('guess', { [this.dataset['key'] ?? 'guess']: guess, revealed: true });
    });
  }
}

customElements.define('atlas-guess', AtlasGuess);
