// <atlas-progress>: how much of the chapter has passed, with a tick where each section begins.

export class AtlasProgress extends HTMLElement {
  #pending = 0;
  #sizes: ResizeObserver | null = null;
  readonly #later = () => {
    this.#pending ||= requestAnimationFrame(() => {
      this.#pending = 0;
      this.#draw();
    });
  };

  connectedCallback(): void {
    addEventListener('scroll', this.#later, { passive: true });
    this.#sizes = new ResizeObserver(() => this.#placeTicks());
    this.#sizes.observe(document.body);
  }

  disconnectedCallback(): void {
    removeEventListener('scroll', this.#later);
    this.#sizes?.disconnect();
    cancelAnimationFrame(this.#pending);
  }

  #draw(): void {
    const share = length() > 0 ? Math.min(1, scrollY / length()) : 1;
    const fill = this.querySelector<HTMLElement>('[data-fill]');
    if (fill) fill.style.transform = `scaleX(${share.toFixed(4)})`;
  }

  #placeTicks(): void {
    for (const tick of this.querySelectorAll('[data-tick]')) tick.remove();
    for (const heading of document.querySelectorAll<HTMLElement>('.prose > h2')) {
      const top = heading.getBoundingClientRect().top + scrollY - innerHeight / 3;
      const tick = document.createElement('span');
      tick.dataset['tick'] = '';
      tick.style.left = `${Math.min(100, (100 * top) / length()).toFixed(2)}%`;
      this.append(tick);
    }
    this.#draw();
  }
}

/** CSS pixels that the page can be scrolled by. */
const length = (): number => document.documentElement.scrollHeight - innerHeight;

customElements.define('atlas-progress', AtlasProgress);
