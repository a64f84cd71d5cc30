// <atlas-fall>: the title page's scene. It plays by itself once, after the first paint, and then is the reader's.
import { beatAt, fallSeconds } from '../figures/fall/fall-clock.ts';
import type { FallState } from '../figures/fall/fall-state.ts';
import type { RunDisplay } from '../artifact/display.ts';
import { FigureHost } from './figure-host.ts';
import { whenIdle } from './idle-queue.ts';
import { prefersReducedMotion } from './preferences.ts';
import { fetchRun } from './run-cache.ts';

/** Milliseconds: a slow machine leaves out pictures, not time. */
const longestFrame = 300;
/** A picture at least this much taller than wide has its words above it. */
const upright = 1;

export class AtlasFall extends HTMLElement {
  #host: FigureHost<RunDisplay, FallState> | null = null;
  #state: FallState | null = null;
  #frame = 0;
  #before = 0;

  connectedCallback(): void {
    const scene = this.querySelector<HTMLElement>('[data-scene]');
    if (!scene) return;
    this.#host = new FigureHost({
      element: scene,
      size: () => ({ width: scene.clientWidth, height: scene.clientHeight }),
      fitted: () => this.#place(scene),
      sighted: (isVisible) => {
        if (!isVisible) this.#stop();
      },
    });
    void this.#come();
  }

  disconnectedCallback(): void {
    this.#stop();
    this.#host?.destroy();
    this.#host = null;
  }

  get #slider(): HTMLInputElement {
    return this.querySelector('input')!;
  }

  get #button(): HTMLButtonElement {
    return this.querySelector('[data-play]')!;
  }

  async #come(): Promise<void> {
    try {
      await painted();
      const [{ theFall }, run] = await Promise.all([
        import('../figures/fall/the-fall.ts'),
        fetchRun(this.dataset['run'] ?? '', ['landscape']),
      ]);
      await whenIdle();
      const scene = this.querySelector<HTMLElement>('[data-scene]');
      if (!this.#host || !scene) return;
      const at = prefersReducedMotion() ? 1 : 0;
      this.#state = { ...theFall.initial, at, words: wordsIn(scene) };
      this.#host.draw(theFall, run, this.#state);
      this.#listen();
      this.#reflect();
      if (at === 0) this.#start();
    } catch (error) {
      // The still picture stays.
      console.error(error);
    }
  }

  #listen(): void {
    this.querySelector<HTMLElement>('[data-controls]')!.hidden = false;
    this.#button.addEventListener('click', () => {
      if (this.#frame) this.#stop();
      else this.#start();
    });
    this.#slider.addEventListener('input', () => {
      const at = Number(this.#slider.value) / (10 * fallSeconds);
      this.#stop();
      this.#show(at);
    });
  }

  /** Words move above the scene where it is upright. */
  #place(scene: HTMLElement): void {
    const words = wordsIn(scene);
    if (!this.#state || words === this.#state.words) return;
    this.#state = { ...this.#state, words };
    this.#host?.show(this.#state);
  }

  #start(): void {
    if (this.#state === null) return;
    if (this.#state.at >= 1) this.#show(0);
    if (prefersReducedMotion()) return this.#show(1);
    this.#before = performance.now();
    const step = (now: number): void => {
      if (this.#state === null) return;
      // A tab that was hidden goes on where it was.
      const passed = Math.min(longestFrame, Math.max(0, now - this.#before)) / 1000;
      this.#before = now;
      const at = Math.min(1, this.#state.at + passed / fallSeconds);
      this.#show(at);
      if (at < 1) this.#frame = requestAnimationFrame(step);
      else this.#stop();
    };
    this.#frame = requestAnimationFrame(step);
    this.#reflect();
  }

  #stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#state) this.#reflect();
  }

  #show(at: number): void {
    if (this.#state === null) return;
    this.#state = { ...this.#state, at };
    this.#host?.show(this.#state);
    this.#reflect();
  }

  #reflect(): void {
    const at = this.#state?.at ?? 1;
    this.#slider.value = String(Math.round(at * 10 * fallSeconds));
    this.#slider.setAttribute('aria-valuetext', `${(at * fallSeconds).toFixed(1)} seconds`);
    const beat = beatAt(at);
    for (const caption of this.querySelectorAll<HTMLElement>('[data-beat]'))
      if (caption.dataset['beat'] === beat) caption.setAttribute('aria-current', 'step');
      else caption.removeAttribute('aria-current');
    const label = this.#frame ? 'Pause' : at >= 1 ? 'Replay' : 'Play';
    if (this.#button.textContent !== label) this.#button.textContent = label;
  }
}

const wordsIn = ({ clientWidth, clientHeight }: HTMLElement): FallState['words'] =>
  clientHeight > upright * clientWidth ? 'above' : 'beside';

/** After the page has shown its first picture. */
const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

customElements.define('atlas-fall', AtlasFall);
