// Runs through the options of a 'play' control: frame by frame, or in stops that do not move under reduced motion.
import { prefersReducedMotion } from '../preferences.ts';
import { stepMilliseconds, stopMilliseconds, strideOf } from './control-model.ts';

export interface PlaybackOptions {
  readonly count: number;
  /** The option shown now. */
  at(): number;
  /** Draws a share of the way between two neighbouring options. */
  pass(from: number, to: number, share: number): void;
  /** Has arrived at an option. */
  arrive(index: number): void;
  /** Started, or stopped for any reason. */
  changed(isPlaying: boolean): void;
}

export class Playback {
  readonly #options: PlaybackOptions;
  #frame = 0;
  #timer = 0;
  #isPlaying = false;
  speed = 1;

  constructor(options: PlaybackOptions) {
    this.#options = options;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  start(): void {
    if (this.#isPlaying) return;
    const { count, at, arrive, changed } = this.#options;
    this.#isPlaying = true;
    if (at() >= count - 1) arrive(0);
    changed(true);
    if (prefersReducedMotion()) this.#waitForStop();
    else this.#run();
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    if (!this.#isPlaying) return;
    this.#isPlaying = false;
    this.#options.changed(false);
  }

  /** The clock is the frames' own, so that a slow machine leaves out pictures, not time. */
  #run(): void {
    const { count, at, pass, arrive } = this.#options;
    let from = at();
    let done = 0;
    let before = performance.now();
    const step = (now: number): void => {
      // A tab that was hidden goes on where it was.
      done += Math.min(100, Math.max(0, now - before)) / stepMilliseconds(count, this.speed);
      before = now;
      const next = Math.min(count - 1, from + Math.floor(done));
      done -= next - from;
      if (next > from) arrive(next);
      from = next;
      if (from >= count - 1) return this.stop();
      pass(from, from + 1, done);
      this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }

  #waitForStop(): void {
    const { count, at, arrive } = this.#options;
    this.#timer = window.setTimeout(() => {
      const next = Math.min(count - 1, at() + strideOf(count));
      arrive(next);
      if (next >= count - 1) this.stop();
      else this.#waitForStop();
    }, stopMilliseconds / this.speed);
  }
}
