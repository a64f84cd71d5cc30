// What the reader wants of the run that is open: said at any time, heard by the worker between two pieces of work.
import { Abandoned } from '../run-control.ts';
import type { SavedTraining } from './run-messages.ts';

export class Wishes {
  isPlaying = false;
  /** Single steps that are still to take. */
  steps = 0;
  /** Asked to pause, also where nothing has been trained yet. */
  isPausing = false;
  learningRate: number | null = null;
  epochs: number | null = null;
  selected: number | null;
  isClosed = false;
  #saves: ((training: SavedTraining | null) => void)[] = [];
  #change = Promise.withResolvers<void>();
  readonly #closing = Promise.withResolvers<void>();

  constructor(selected: number | null) {
    this.selected = selected;
  }

  play(): void {
    this.isPlaying = true;
    this.isPausing = false;
    this.steps = 0;
    this.#tell();
  }

  pause(): void {
    this.isPlaying = false;
    this.isPausing = true;
    this.steps = 0;
    this.#tell();
  }

  step(): void {
    this.isPlaying = false;
    this.isPausing = false;
    this.steps++;
    this.#tell();
  }

  setLearningRate(rate: number): void {
    this.learningRate = rate;
    this.#tell();
  }

  setEpochs(epochs: number): void {
    this.epochs = epochs;
    this.#tell();
  }

  select(network: number | null): void {
    this.selected = network;
    this.#tell();
  }

  /** Resolves with the run as it is at the next moment between two pieces of work; null if it ends before. */
  save(): Promise<SavedTraining | null> {
    if (this.isClosed) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#saves.push(resolve);
      this.#tell();
    });
  }

  /** Those who wait for `save`; each is answered once. */
  takeSaves(): ((training: SavedTraining | null) => void)[] {
    return this.#saves.splice(0);
  }

  get wantsSaving(): boolean {
    return this.#saves.length > 0;
  }

  /** Whether something waits that must be done before anything else. */
  get hasNews(): boolean {
    return this.isClosed || this.wantsSaving || this.epochs !== null || this.learningRate !== null;
  }

  /** There is nothing more to train. */
  rest(): void {
    this.isPlaying = false;
    this.steps = 0;
  }

  close(): void {
    this.isClosed = true;
    for (const answer of this.takeSaves()) answer(null);
    this.#closing.resolve();
    this.#tell();
  }

  /** Resolves once the run is closed. */
  get closing(): Promise<void> {
    return this.#closing.promise;
  }

  /** Resolves when the reader next wants something else. */
  change(): Promise<void> {
    return this.#change.promise;
  }

  /** @throws Abandoned */
  check(): void {
    if (this.isClosed) throw new Abandoned('The run was closed.');
  }

  #tell(): void {
    const { resolve } = this.#change;
    this.#change = Promise.withResolvers();
    resolve();
  }
}
