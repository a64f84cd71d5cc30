// Curves that grow record by record, in arrays that double, and a view of them that a figure can draw in time.
import type { Curves } from '../../learning/history.ts';

const quantities = [
  'trainLoss',
  'trainAccuracy',
  'testLoss',
  'testAccuracy',
  'gradientNorm',
] as const;
type Quantity = (typeof quantities)[number];

/** Points of one quantity, all networks together, above which a view leaves records out. */
const mostPoints = 12_000;

export class CurveLog {
  readonly #networks: number;
  #records = 0;
  #steps = new Int32Array(64);
  #epochs = new Float32Array(64);
  readonly #values = new Map<Quantity, Float32Array>();

  constructor(networks: number) {
    this.#networks = networks;
  }

  append(records: Curves): void {
    const added = records.steps.length;
    const needed = this.#records + added;
    this.#steps = grown(this.#steps, needed, Int32Array);
    this.#epochs = grown(this.#epochs, needed, Float32Array);
    this.#steps.set(records.steps, this.#records);
    this.#epochs.set(records.epochs, this.#records);
    for (const quantity of quantities) {
      const values = records[quantity];
      if (!values) continue;
      const known = this.#values.get(quantity) ?? new Float32Array(64 * this.#networks);
      const room = grown(known, needed * this.#networks, Float32Array);
      room.set(values, this.#records * this.#networks);
      this.#values.set(quantity, room);
    }
    this.#records = needed;
  }

  /** All records, or evenly chosen ones with the first and last, where all would be too many to draw. */
  view(): Curves {
    const stride = Math.ceil((this.#records * this.#networks) / mostPoints);
    const chosen: number[] = [];
    for (let record = 0; record < this.#records; record += stride) chosen.push(record);
    if (this.#records > 0 && chosen.at(-1) !== this.#records - 1) chosen.push(this.#records - 1);
    const rows = (quantity: Quantity): Float32Array | null => {
      const values = this.#values.get(quantity);
      if (!values) return null;
      const n = this.#networks;
      if (stride <= 1) return values.subarray(0, this.#records * n);
      const picked = new Float32Array(chosen.length * n);
      chosen.forEach((record, i) =>
        picked.set(values.subarray(record * n, (record + 1) * n), i * n),
      );
      return picked;
    };
    return {
      steps: Int32Array.from(chosen, (record) => this.#steps[record]!),
      epochs: Float32Array.from(chosen, (record) => this.#epochs[record]!),
      trainLoss: rows('trainLoss') ?? new Float32Array(0),
      trainAccuracy: rows('trainAccuracy'),
      testLoss: rows('testLoss'),
      testAccuracy: rows('testAccuracy'),
      gradientNorm: rows('gradientNorm') ?? new Float32Array(0),
    };
  }

  /** `[N]`; empty before the first record. */
  lastLosses(): Float32Array {
    const end = this.#records * this.#networks;
    return (this.#values.get('trainLoss') ?? new Float32Array(0)).slice(
      Math.max(0, end - this.#networks),
      end,
    );
  }
}

function grown<T extends Int32Array | Float32Array>(
  values: T,
  length: number,
  make: new (length: number) => T,
): T {
  if (values.length >= length) return values;
  const larger = new make(Math.max(length, 2 * values.length));
  larger.set(values as never);
  return larger;
}
