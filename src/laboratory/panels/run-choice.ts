// Which of two runs a panel draws: a choice that is there where there are two.
import type { LabRun, RunKey } from '../lab-run.ts';
import { segmentsHtml } from '../../elements/figure-controls/controls-html.ts';

export class RunChoice {
  readonly #place: HTMLElement;
  readonly #name: string;
  readonly #choose: (key: RunKey) => void;
  #offered = '';

  /** @param name unique on the page, for its group of radio buttons. */
  constructor(place: HTMLElement, name: string, choose: (key: RunKey) => void) {
    this.#place = place;
    this.#name = name;
    this.#choose = choose;
  }

  /** @param runs to choose from; fewer than two are no choice. */
  offer(runs: readonly LabRun[], chosen: RunKey | undefined): void {
    const isOffered = runs.length > 1;
    const titles = isOffered ? runs.map(({ key, title }) => `${key} ${title}`).join() : '';
    if (titles !== this.#offered) {
      this.#offered = titles;
      this.#place.replaceChildren();
      if (isOffered) this.#build(runs);
    }
    this.#place.hidden = !isOffered;
    this.#place.querySelectorAll('input').forEach((input, index) => {
      input.checked = runs[index]?.key === chosen;
    });
  }

  #build(runs: readonly LabRun[]): void {
    const options = runs.map(({ key, title }) => ({ value: key, text: title }));
    const segments = { at: -1, group: `${this.#name}-run`, isWaiting: false };
    this.#place.innerHTML = segmentsHtml({ key: 'run', name: 'Run', options }, segments);
    this.#place.firstElementChild?.addEventListener('change', (event) => {
      const run = runs[Number((event.target as HTMLInputElement).value)];
      if (run) this.#choose(run.key);
    });
  }
}
