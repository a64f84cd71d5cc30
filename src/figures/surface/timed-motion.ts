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

  /**
   * The time runs from the second frame on: the first, which may have to build what moves, costs none of it.
   *
   * @param step hears the share of the time, 0 first and 1 at the end.
   */
  start(step: (share: number) => void): void {
    this.stop();
    let begun: number | null = null;
    const next = (now: number): void => {
      begun ??= now;
      const share = Math.min((now - begun) / this.#milliseconds, 1);
      step(share);
      if (share < 1) this.#frame = requestAnimationFrame(next);
    };
    this.#frame = requestAnimationFrame(() => {
      step(0);
      this.#frame = requestAnimationFrame(next);
    });
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }
}
