// Keeps this page's draft as the reader goes: settings soon after they change, the run every few seconds.
import type { SavedTraining } from '../../worker/run/run-messages.ts';
import { keepDraft, keepDraftRun } from './stored-draft.ts';
import { StorageError } from './storage-error.ts';
import { encodeLabFile } from './lab-file.ts';
import { isStandardLink } from './lab-link.ts';
import { liveAs } from './live-tabs.ts';
import { fileOf, runSummary, type Kept } from './saved-experiments.ts';
import { bytesInWords } from './size-and-time-text.ts';

const settingsPause = 300;
const runPause = 4_000;
/** Bytes; writing more every few seconds would be felt. */
const largestRun = 48e6;

export interface DraftAutosaveOptions {
  /** What the reader is at, now. */
  read(): Kept;
  say(sentence: string): void;
}

export class DraftAutosave {
  /** Names this page among those of the site. */
  readonly tab = newTab();
  readonly #options: DraftAutosaveOptions;
  readonly #lives = liveAs(this.tab).catch(() => () => undefined);
  readonly #said = new Set<string>();
  #settingsTimer = 0;
  #runTimer = 0;
  #runAt = -Infinity;
  #kept: SavedTraining | null = null;
  /** Off once the device has no room for runs; settings are small. */
  #keepsRuns = true;
  #isOver = false;

  constructor(options: DraftAutosaveOptions) {
    this.#options = options;
    document.addEventListener('visibilitychange', this.#leave);
  }

  /** Settings have changed. */
  settings(): void {
    clearTimeout(this.#settingsTimer);
    this.#settingsTimer = window.setTimeout(() => void this.#writeSettings(), settingsPause);
  }

  /** The run has gone on. */
  run(): void {
    if (this.#runTimer !== 0 || !this.#keepsRuns) return;
    const wait = Math.max(0, this.#runAt + runPause - performance.now());
    this.#runTimer = window.setTimeout(() => void this.#writeRun(), wait);
  }

  /** The run that is already the draft's own need not be written again. */
  took(training: SavedTraining | null): void {
    this.#kept = training;
  }

  async destroy(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#settingsTimer);
    clearTimeout(this.#runTimer);
    document.removeEventListener('visibilitychange', this.#leave);
    (await this.#lives)();
  }

  readonly #leave = (): void => {
    if (document.visibilityState !== 'hidden' || this.#settingsTimer === 0) return;
    clearTimeout(this.#settingsTimer);
    void this.#writeSettings();
  };

  async #writeSettings(): Promise<void> {
    this.#settingsTimer = 0;
    await this.#try(async () => {
      const { link } = await fileOf('', { ...this.#options.read(), training: null });
      // Nothing was set and nothing trained: nothing to come back to.
      if (this.#kept === null && (await isStandardLink(link))) return;
      if (!this.#isOver) await keepDraft(this.tab, link);
    });
  }

  async #writeRun(): Promise<void> {
    const kept = this.#options.read();
    const { training } = kept;
    this.#runTimer = 0;
    if (!training || training === this.#kept) return;
    const bytes = bytesOf(training);
    if (bytes > largestRun) {
      this.#sayOnce(
        `This run is too large to be kept while it goes on (${bytesInWords(bytes)}): after a reload its settings come back, its networks do not; save it when it pauses.`,
      );
      return;
    }
    this.#runAt = performance.now();
    await this.#try(async () => {
      const file = await fileOf('', kept);
      const contents = { run: runSummary(training)!, file: encodeLabFile(file) };
      if (this.#isOver) return;
      await keepDraftRun(this.tab, file.link, contents);
      this.#kept = training;
    });
    this.#runAt = performance.now();
  }

  /** A draft is a kindness: where it cannot be kept, that is said once and work goes on. */
  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      if (error.problem === 'full') this.#keepsRuns = false;
      if (error.problem === 'unavailable') return;
      this.#sayOnce(`What you are at is not kept for a reload. ${error.message}`);
    }
  }

  #sayOnce(sentence: string): void {
    if (this.#said.has(sentence)) return;
    this.#said.add(sentence);
    this.#options.say(sentence);
  }
}

function bytesOf({ state, history }: SavedTraining): number {
  const { curves, snapshots } = history;
  const numbers =
    snapshots.length +
    (1 + state.slots.length) * state.weights.length +
    5 * curves.trainLoss.length;
  return 4 * numbers;
}

function newTab(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(3));
  return [...numbers].map((value) => value.toString(36)).join('-');
}
