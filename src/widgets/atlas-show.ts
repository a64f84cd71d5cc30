// <atlas-show>: words of the prose that change a picture while they are pointed at, and keep it changed when clicked.
import { drivableIn, type Drivable } from './drivable.ts';

type State = Record<string, unknown>;

export class AtlasShow extends HTMLElement {
  #kept = false;

  connectedCallback(): void {
    this.tabIndex = 0;
    this.setAttribute('role', 'button');
    this.setAttribute('aria-pressed', 'false');
    const title = this.#figure?.closest('figure')?.querySelector('.figure-title')?.textContent;
    if (title) this.title = `Shows this in the figure “${title.trim()}”`;
    this.addEventListener('pointerenter', (event) => {
      if (event.pointerType === 'mouse') this.#show(true);
    });
    this.addEventListener('pointerleave', (event) => {
      if (event.pointerType === 'mouse') this.#show(this.#kept);
    });
    this.addEventListener('focus', () => this.#show(true));
    this.addEventListener('blur', () => this.#show(this.#kept));
    this.addEventListener('click', () => this.#keep(!this.#kept));
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#keep(false);
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      this.#keep(!this.#kept);
    });
  }

  get #figure(): Drivable | null {
    return drivableIn(this.dataset['in']);
  }

  #keep(kept: boolean): void {
    // One phrase at a time is kept in a figure.
    if (kept) {
      for (const other of document.querySelectorAll<AtlasShow>('atlas-show[aria-pressed="true"]')) {
        if (other !== this && other.dataset['in'] === this.dataset['in']) other.#keep(false);
      }
    }
    this.#kept = kept;
    this.setAttribute('aria-pressed', String(kept));
    this.#show(kept);
  }

  #show(shown: boolean): void {
    const state = shown ? (JSON.parse(this.dataset['state'] ?? '{}') as State) : {};
    this.#figure?.overlay?.('phrase', state);
  }
}

customElements.define('atlas-show', AtlasShow);
