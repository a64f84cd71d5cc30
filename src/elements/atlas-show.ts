// <atlas-show>: words of the prose that change a picture while they are pointed at, and keep it changed when clicked.
import { drivableIn, type Drivable } from './drivable.ts';
import { releasedEvent } from './figure-events.ts';
import { bringIntoView, offerWayBack, whereIs } from './way-back.ts';

type State = Record<string, unknown>;

export class AtlasShow extends HTMLElement {
  #kept = false;

  connectedCallback(): void {
    this.tabIndex = 0;
    this.setAttribute('role', 'button');
    this.setAttribute('aria-pressed', 'false');
    const title = this.#figure?.closest('figure')?.querySelector('.figure-title')?.textContent;
    nameFormulas(this);
    if (title) this.title = `Shows this in the figure “${title.trim()}”`;
    this.addEventListener('pointerenter', (event) => {
      if (event.pointerType === 'mouse') this.#show(true);
    });
    this.addEventListener('pointerleave', (event) => {
      if (event.pointerType === 'mouse') this.#show(this.#kept);
    });
    this.addEventListener('focus', () => {
      if (this.matches(':focus-visible')) this.#show(true);
    });
    this.addEventListener('blur', () => this.#show(this.#kept));
    this.addEventListener('click', () => this.#toggle());
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#keep(false);
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      this.#toggle();
    });
    // The reader has chosen something else in the picture itself.
    this.#figure?.addEventListener(releasedEvent, () => this.#mark(false));
  }

  get #figure(): Drivable | null {
    return drivableIn(this.dataset['in']);
  }

  #toggle(): void {
    this.#keep(!this.#kept);
    const figure = this.#figure;
    if (!this.#kept || !figure || whereIs(figure) === 'seen') return;
    const byKey = this.matches(':focus-visible');
    figure.hold?.();
    offerWayBack(this, byKey);
    bringIntoView(figure);
  }

  #mark(kept: boolean): void {
    this.#kept = kept;
    this.setAttribute('aria-pressed', String(kept));
  }

  #keep(kept: boolean): void {
    // One phrase at a time is kept in a figure.
    if (kept) {
      for (const other of document.querySelectorAll<AtlasShow>('atlas-show[aria-pressed="true"]')) {
        if (other !== this && other.dataset['in'] === this.dataset['in']) other.#mark(false);
      }
    }
    this.#mark(kept);
    this.#show(kept);
  }

  #show(shown: boolean): void {
    const place = shown && this.#figure ? whereIs(this.#figure) : 'seen';
    if (place === 'seen') delete this.dataset['away'];
    else this.dataset['away'] = place;
    const state = shown ? (JSON.parse(this.dataset['state'] ?? '{}') as State) : {};
    this.#figure?.overlay?.('phrase', state);
  }
}

/** A formula has no text that counts as a button's name: its own letters, without the LaTeX beside them, do. */
function nameFormulas(words: HTMLElement): void {
  if (!words.querySelector('math')) return;
  const copy = words.cloneNode(true) as HTMLElement;
  for (const source of copy.querySelectorAll('annotation')) source.remove();
  words.setAttribute('aria-label', copy.textContent.trim());
}

customElements.define('atlas-show', AtlasShow);
