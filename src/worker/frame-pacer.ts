// At most one frame under way: the next is made only once the page has drawn the last, and never at great expense.

/** Making frames may take this share of the time. */
const largestShare = 0.25;

/** @typeParam Message what the listener hears. */
export class FramePacer<Message> {
  readonly #listener: (message: Message) => Promise<void>;
  readonly #now: () => number;
  #underWay: Promise<void> | null = null;
  #lastMade = -Infinity;
  #lastCost = 0;

  constructor(
    listener: (message: Message) => Promise<void>,
    now: () => number = () => performance.now(),
  ) {
    this.#listener = listener;
    this.#now = now;
  }

  /** Whether the page has drawn what it was sent, and making another frame is affordable. */
  get isReady(): boolean {
    const rest = this.#lastCost / largestShare;
    return !this.isDrawing && this.#now() - this.#lastMade >= rest;
  }

  /** Whether the page has yet to draw what it was sent. */
  get isDrawing(): boolean {
    return this.#underWay !== null;
  }

  /** Makes a frame and sends it, if the page is ready for one. */
  async offer(make: () => Message | Promise<Message>): Promise<boolean> {
    if (!this.isReady) return false;
    await this.send(make);
    return true;
  }

  /** Makes a frame and sends it; resolves when it is on its way. */
  async send(make: () => Message | Promise<Message>): Promise<void> {
    const before = this.#now();
    const message = await make();
    this.#lastMade = before;
    this.#lastCost = this.#now() - before;
    const done = () => {
      this.#underWay = null;
    };
    this.#underWay = this.#listener(message).then(done, done);
  }

  /** Resolves when the page has drawn what it was sent. */
  async idle(): Promise<void> {
    await this.#underWay;
  }
}
