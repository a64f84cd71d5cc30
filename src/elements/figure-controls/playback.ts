// Plays a series of pictures: frame by frame, or under reduced motion without any.
import { prefersReducedMotion } from '../preferences.ts';
import { stepMilliseconds, stopMilliseconds, strideOf } from './control-model.ts';

export interface PlaybackOptions {
  /** Of pictures. */
  count(): number;
  /** The one shown now; a fraction between two. */
  at(): number;
  /** Draws a share of the way between two neighbours. */
  pass(from: number, to: number, share: number): void;
  /** Has arrived at one. */
  arrive(index: number): void;
  /** Started, or stopped for any reason. */
  changed(isPlaying: boolean): void;
  /** Milliseconds from one to the next, where they are not those of controls. */
  milliseconds?(count: number, speed: number): number;
  /** Under reduced motion it shows the end at once, not some stops on the way. */
  readonly endsAtOnceWhenCalm?: boolean;
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
    const { count, at, arrive, changed, endsAtOnceWhenCalm } = this.#options;
    this.#isPlaying = true;
    if (at() >= count() - 1) arrive(0);
    changed(true);
    if (!prefersReducedMotion()) this.#run();
    else if (endsAtOnceWhenCalm) {
      arrive(count() - 1);
      this.stop();
    } else this.#waitForStop();
  }

  toggle(): void {
    if (this.#isPlaying) this.stop();
    else this.start();
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
    const { at, pass, arrive, milliseconds = stepMilliseconds } = this.#options;
    const count = this.#options.count();
    let from = Math.floor(at());
    let done = at() - from;
    let before = performance.now();
    const step = (now: number): void => {
      // A tab that was hidden goes on where it was.
      done += Math.min(100, Math.max(0, now - before)) / milliseconds(count, this.speed);
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
    const { at, arrive } = this.#options;
    const count = this.#options.count();
    this.#timer = window.setTimeout(() => {
      const next = Math.min(count - 1, at() + strideOf(count));
      arrive(next);
      if (next >= count - 1) this.stop();
      else this.#waitForStop();
    }, stopMilliseconds / this.speed);
  }
}
