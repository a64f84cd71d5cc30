// How fast this machine is: learned from steps that were measured, kept for the next visit.
import type { ProviderName } from '../../engine/runtime/executor.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { DataSize } from '../../learning/memory.ts';
import type { ProviderChoice } from '../../worker/provider-choice.ts';
import { speedOf } from './run-cost.ts';

/** Another way to count work would make the numbers of before wrong. */
const version = 1;
const key = 'loss-atlas-speeds';

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/** Multiply-adds a second that can be true of a machine. */
const plausible = { least: 1e6, most: 1e14 };

export class MeasuredSpeeds {
  readonly #store: Kept | null;
  readonly #speeds = new Map<string, number>();

  /** @param store null where nothing may be kept. */
  constructor(store: Kept | null = safeStorage()) {
    this.#store = store;
    for (const [provider, speed] of read(store)) this.#speeds.set(provider, speed);
  }

  /** Milliseconds that one step of an experiment took. */
  learn(
    provider: ProviderName | string,
    experiment: Experiment,
    size: DataSize,
    millisecondsPerStep: number,
  ): void {
    const speed = speedOf(experiment, size, millisecondsPerStep);
    if (!(speed >= plausible.least && speed <= plausible.most)) return;
    this.#speeds.set(provider, speed);
    try {
      const speeds = Object.fromEntries(this.#speeds);
      this.#store?.setItem(key, JSON.stringify({ version, speeds }));
    } catch {
      // A full or forbidden store loses a guess, nothing else.
    }
  }

  /** Multiply-adds a second; of the faster where both were measured and the choice is open. Null before any. */
  of(choice: ProviderChoice): number | null {
    if (choice !== 'auto') return this.#speeds.get(choice) ?? null;
    const known = [...this.#speeds.values()];
    return known.length > 0 ? Math.max(...known) : null;
  }
}

function read(store: Kept | null): [string, number][] {
  try {
    const kept = JSON.parse(store?.getItem(key) ?? 'null') as unknown;
    if (typeof kept !== 'object' || kept === null) return [];
    const { version: theirs, speeds } = kept as Record<string, unknown>;
    if (theirs !== version || typeof speeds !== 'object' || speeds === null) return [];
    return Object.entries(speeds).filter(
      (entry): entry is [string, number] =>
        ['webgpu', 'wasm'].includes(entry[0]) &&
        typeof entry[1] === 'number' &&
        entry[1] >= plausible.least &&
        entry[1] <= plausible.most,
    );
  } catch {
    return [];
  }
}

function safeStorage(): Kept | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
