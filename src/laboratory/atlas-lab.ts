// <atlas-lab>: the laboratory comes alive when its reader reaches for it, or at once where the address asks for something.
import { mayHaveDraft } from './storage/draft-mark.ts';
import type { Laboratory } from './laboratory.ts';

/** What a reader does first. */
const touches = ['pointerdown', 'keydown', 'focusin'] as const;

export class AtlasLab extends HTMLElement {
  #laboratory: Promise<Laboratory> | null = null;
  /** The button that was pressed before anything could answer. */
  #pressed: HTMLButtonElement | null = null;

  connectedCallback(): void {
    this.addEventListener('click', this.#remember);
    for (const touch of touches) this.addEventListener(touch, this.#wake, { once: true });
    const isAsked = /[#&]lab=/.test(location.hash) || /[?&]preset=/.test(location.search);
    // Whoever was quicker than this script waits here already.
    const isWaitedFor = this.contains(document.activeElement);
    if (isAsked || isWaitedFor || mayHaveDraft()) void this.#wake();
    this.dataset['near'] = '';
  }

  disconnectedCallback(): void {
    void this.#laboratory?.then((laboratory) => laboratory.destroy());
    this.#laboratory = null;
  }

  readonly #wake = async (): Promise<void> => {
    this.#laboratory ??= import('./laboratory.ts').then(({ openLaboratory }) =>
      openLaboratory(this),
    );
    try {
      await this.#laboratory;
      this.dataset['alive'] = '';
      this.removeEventListener('click', this.#remember);
      this.#pressed?.click();
      this.#pressed = null;
    } catch (error) {
      this.#laboratory = null;
      console.error(error);
      const place = this.querySelector('[data-lab="transport"] [data-problem]');
      if (place)
        place.textContent = 'The laboratory could not be loaded; check the connection and reload.';
    }
  };

  readonly #remember = (event: Event): void => {
    this.#pressed = (event.target as Element).closest('button');
  };
}

customElements.define('atlas-lab', AtlasLab);
