// The reader's tables as they were made ready, by the name under which settings know them.
import { freeName } from './free-name.ts';

/** Versions that are kept: each is at most a few tens of megabytes, and a reader rarely goes back so far. */
const mostKept = 24;

export interface Kept<Origin> {
  readonly csv: string;
  /** What it was made of; null where it came ready. */
  readonly origin: Origin | null;
}

/** A name stands for one text for ever, so that undoing a choice of columns brings the former text back. */
export class PreparedTables<Origin> {
  readonly #kept = new Map<string, Kept<Origin>>();
  /** A name whose text was forgotten is not given to another. */
  readonly #used = new Set<string>();

  get(path: string): Kept<Origin> | null {
    return this.#kept.get(path) ?? null;
  }

  /** Under exactly this name, whatever was there. */
  put(path: string, kept: Kept<Origin>): void {
    this.#kept.delete(path);
    this.#kept.set(path, kept);
    this.#used.add(path);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) return;
      this.#kept.delete(oldest);
    }
  }

  /** @returns the name: that of the file, or with a number where it means another text already. */
  keep(file: string, kept: Kept<Origin>): string {
    const path = freeName(
      file,
      (name) => this.#used.has(name) && this.#kept.get(name)?.csv !== kept.csv,
    );
    this.put(path, kept);
    return path;
  }
}
