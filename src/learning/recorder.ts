// Collects records and snapshots while a run goes on, however long it turns out to be.
import { GrowingFloats } from './growing-floats.ts';
import type { Curves, TrainingHistory } from './history.ts';

const quantities = [
  'trainLoss',
  'trainAccuracy',
  'testLoss',
  'testAccuracy',
  'gradientNorm',
] as const;
type Quantity = (typeof quantities)[number];

/** One record, each quantity `[N]`; null where the experiment does not have it. */
export type Measured = Readonly<Record<Quantity, Float32Array | null>>;

/** What is known of a run without its weights. */
export type RunRecords = Pick<TrainingHistory, 'curves' | 'divergedAt'>;

export class Recorder {
  private readonly networks: number;
  private readonly parameters: number;
  private readonly stepsPerEpoch: number;
  private readonly steps: number[] = [];
  private readonly values: Record<Quantity, GrowingFloats | null>;
  private readonly snapshotSteps: number[] = [];
  /** Each `[N, P]`. */
  private readonly snapshots: Float32Array[] = [];
  private readonly divergedAt: Int32Array;

  constructor(options: {
    readonly networks: number;
    readonly parameters: number;
    readonly stepsPerEpoch: number;
    readonly classes: boolean;
    readonly hasTest: boolean;
  }) {
    const { networks, parameters, classes, hasTest } = options;
    const column = (kept: boolean) => (kept ? new GrowingFloats() : null);
    this.networks = networks;
    this.parameters = parameters;
    this.stepsPerEpoch = options.stepsPerEpoch;
    this.divergedAt = new Int32Array(networks).fill(-1);
    this.values = {
      trainLoss: column(true),
      trainAccuracy: column(classes),
      testLoss: column(hasTest),
      testAccuracy: column(hasTest && classes),
      gradientNorm: column(true),
    };
  }

  /** The step of the last record; -1 before the first. */
  get lastRecord(): number {
    return this.steps.at(-1) ?? -1;
  }

  get lastSnapshot(): number {
    return this.snapshotSteps.at(-1) ?? -1;
  }

  /** Goes on from what was recorded before; copied. */
  resume({ curves, snapshotSteps, snapshots, divergedAt }: TrainingHistory): void {
    curves.steps.forEach((step) => this.steps.push(step));
    for (const quantity of quantities) {
      const before = curves[quantity];
      if (before) this.values[quantity]?.append(before);
    }
    const size = this.networks * this.parameters;
    snapshotSteps.forEach((step, k) => {
      this.snapshotSteps.push(step);
      this.snapshots.push(snapshots.slice(k * size, (k + 1) * size));
    });
    this.divergedAt.set(divergedAt);
  }

  /** Marks a network whose loss or weights were not finite after `step` steps; the first mark stays. */
  markDiverged(network: number, step: number): void {
    if (this.divergedAt[network] === -1) this.divergedAt[network] = step;
  }

  record(step: number, measured: Measured): void {
    this.steps.push(step);
    measured.trainLoss?.forEach((loss, network) => {
      if (!Number.isFinite(loss)) this.markDiverged(network, step);
    });
    for (const quantity of quantities) {
      const row = measured[quantity]?.map((value, network) =>
        this.divergedAt[network] === -1 ? value : NaN,
      );
      if (row) this.values[quantity]?.append(row);
    }
  }

  /** @param weights `[N, P]`, kept as they are. */
  snapshot(step: number, weights: Float32Array): void {
    weights.forEach((weight, i) => {
      if (!Number.isFinite(weight)) this.markDiverged(Math.floor(i / this.parameters), step);
    });
    this.snapshots.push(weights);
    this.snapshotSteps.push(step);
  }

  /** The curves so far and who diverged, copied, so that a page can keep them while the run goes on. */
  records(): RunRecords {
    const column = (quantity: Quantity) => this.values[quantity]?.slice() ?? null;
    const curves: Curves = {
      steps: Int32Array.from(this.steps),
      epochs: Float32Array.from(this.steps, (step) => step / this.stepsPerEpoch),
      trainLoss: column('trainLoss') as Float32Array,
      trainAccuracy: column('trainAccuracy'),
      testLoss: column('testLoss'),
      testAccuracy: column('testAccuracy'),
      gradientNorm: column('gradientNorm') as Float32Array,
    };
    return { curves, divergedAt: this.divergedAt.slice() };
  }

  /** Everything so far, copied: the records and all snapshots. */
  history(): TrainingHistory {
    const size = this.networks * this.parameters;
    const snapshots = new Float32Array(this.snapshots.length * size);
    this.snapshots.forEach((weights, k) => snapshots.set(weights, k * size));
    return {
      networks: this.networks,
      parameters: this.parameters,
      ...this.records(),
      snapshotSteps: Int32Array.from(this.snapshotSteps),
      snapshots,
    };
  }
}
