// Tells the page how far a question has come: one message under way at a time, and none once it is over.
import type { QuestionProgress } from './analysis-messages.ts';

/** Milliseconds between two messages. */
const pause = 60;

export class ProgressReporter {
  readonly #listener: (progress: QuestionProgress) => Promise<void>;
  #isUnderWay = false;
  #isOver = false;
  #reportedAt = -Infinity;

  constructor(listener: (progress: QuestionProgress) => Promise<void>) {
    this.#listener = listener;
  }

  /** Is left out where the page is still busy with the one before. */
  offer(progress: QuestionProgress): void {
    if (this.#isUnderWay || performance.now() - this.#reportedAt < pause) return;
    void this.say(progress);
  }

  /** Resolves when the page has heard; a page that does not listen is not waited for. */
  async say(progress: QuestionProgress): Promise<void> {
    if (this.#isOver) return;
    this.#isUnderWay = true;
    this.#reportedAt = performance.now();
    try {
      await this.#listener(progress);
    } catch {
      // Nobody is there to hear.
    } finally {
      this.#isUnderWay = false;
    }
  }

  end(): void {
    this.#isOver = true;
  }
}
