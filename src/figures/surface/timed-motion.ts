// A change over a short time, a step a frame.

/** A share of the time to a share of the way, slowing down towards the end. */
export const eased = (share: number): number => 1 - (1 - share) ** 3;

/** Steps once a frame until it has arrived or is stopped. */
export class TimedMotion {
  #frame = 0;
  readonly #milliseconds: number;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** @param step hears the share of the time, 1 at the end. */
  start(step: (share: number) => void): void {
    this.stop();
    const start = performance.now();
    const next = (now: number): void => {
      const share = Math.min(Math.max((now - start) / this.#milliseconds, 0), 1);
      step(share);
      if (share < 1) this.#frame = requestAnimationFrame(next);
    };
    this.#frame = requestAnimationFrame(next);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }
}
