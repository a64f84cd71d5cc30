// <atlas-scrolly>: the step being read decides the picture; buttons walk the steps for those who do not scroll.
import scrollama from 'scrollama';
import type { AtlasFigure } from './atlas-figure.ts';
import { stepEvent } from './figure-events.ts';
import { prefersReducedMotion } from './preferences.ts';

type State = Record<string, unknown>;

export class AtlasScrolly extends HTMLElement {
  #steps: HTMLElement[] = [];
  #current = 0;
  /** The figure's state below that of every step: what a step leaves out. */
  #ground: State = {};
  #scroller: ReturnType<typeof scrollama> | null = null;
  #sight: IntersectionObserver | null = null;
  readonly #narrow = matchMedia('(width < 1000px)');
  readonly #restart = () => {
    this.#placeFoot();
    this.#listen();
  };

  connectedCallback(): void {
    this.#steps = [...this.querySelectorAll<HTMLElement>('.step')];
    this.#ground = parseState(this.dataset['ground']);
    this.querySelector('[data-previous]')?.addEventListener('click', () => this.#go(-1));
    this.querySelector('[data-next]')?.addEventListener('click', () => this.#go(1));
    this.querySelector('.scrolly-controls')?.addEventListener('keydown', (event) => {
      const move = moveOfKey((event as KeyboardEvent).key);
      if (move === 0) return;
      event.preventDefault();
      this.#go(move);
    });
    this.#narrow.addEventListener('change', this.#restart);
    this.#placeFoot();
    this.#listen();
    this.#mark(0);
    this.#sight = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) this.#locate();
    });
    this.#sight.observe(this);
  }

  disconnectedCallback(): void {
    this.#scroller?.destroy();
    this.#sight?.disconnect();
    this.#narrow.removeEventListener('change', this.#restart);
  }

  get #figure(): AtlasFigure | null {
    return this.querySelector<AtlasFigure>('atlas-figure');
  }

  /** Beside the text, controls and caption stand with the picture; a phone's screen is for the text, and they wait below the last step. */
  #placeFoot(): void {
    const [picture, steps] = ['.scrolly-picture', '.scrolly-controls'].map((name) =>
      this.querySelector(name),
    );
    const [foot, controls] = ['figcaption', '.figure-controls'].map((name) =>
      this.querySelector(name),
    );
    const isNarrow = this.#narrow.matches;
    if (foot) (isNarrow ? this.querySelector('figure') : picture)?.append(foot);
    if (!controls) return;
    if (isNarrow) foot?.prepend(controls);
    else steps?.before(controls);
  }

  /** On a narrow screen the picture covers the upper half, so a step is read further down. */
  #listen(): void {
    this.#scroller?.destroy();
    this.#scroller = scrollama();
    this.#scroller
      .setup({ step: this.#steps, offset: this.#offset })
      // Not the step that it names: after two quick jumps, news of the first may come last.
      .onStepEnter(() => this.#locate());
  }

  get #offset(): number {
    return this.#narrow.matches ? 0.8 : 0.6;
  }

  /** The last step whose top is above the line counts; a pixel more, since the line is rounded. */
  #locate(): void {
    const line = innerHeight * this.#offset + 1;
    const passed = this.#steps.findLastIndex((step) => step.getBoundingClientRect().top < line);
    if (passed >= 0 && passed !== this.#current) this.#enter(passed);
  }

  #enter(index: number): void {
    this.#mark(index);
    this.#figure?.show?.({ ...this.#ground, ...parseState(this.#steps[index]?.dataset['state']) });
    this.dispatchEvent(new CustomEvent(stepEvent, { detail: index }));
    const announcer = this.querySelector('[data-announce]');
    if (announcer) {
      announcer.textContent = `Figure at step ${index + 1} of ${this.#steps.length}.`;
    }
  }

  #mark(index: number): void {
    this.#current = index;
    this.#steps.forEach((step, at) => step.classList.toggle('current', at === index));
    const count = this.querySelector('[data-count]');
    if (count) count.textContent = `${index + 1} / ${this.#steps.length}`;
    // Not `disabled`: a button that disables itself drops the keyboard's focus.
    this.querySelector('[data-previous]')?.setAttribute('aria-disabled', String(index === 0));
    const atEnd = index === this.#steps.length - 1;
    this.querySelector('[data-next]')?.setAttribute('aria-disabled', String(atEnd));
  }

  #go(move: -1 | 1): void {
    const step = this.#steps[this.#current + move];
    if (!step) return;
    step.scrollIntoView({ block: 'start', behavior: prefersReducedMotion() ? 'auto' : 'smooth' });
    // A jump can pass a short step between two looks of the observer.
    if (prefersReducedMotion()) this.#locate();
    history.replaceState(history.state, '', `#${step.id}`);
  }
}

const parseState = (text: string | undefined): State => JSON.parse(text ?? '{}') as State;

function moveOfKey(key: string): -1 | 0 | 1 {
  if (key === 'ArrowDown' || key === 'ArrowRight') return 1;
  if (key === 'ArrowUp' || key === 'ArrowLeft') return -1;
  return 0;
}

customElements.define('atlas-scrolly', AtlasScrolly);
