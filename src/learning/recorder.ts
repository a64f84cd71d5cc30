// Collects records and snapshots while a run goes on, in arrays of their final size.
import type { Curves, TrainingHistory } from './history.ts';

const quantities = [
  'trainLoss',
  'trainAccuracy',
  'testLoss',
  'testAccuracy',
  'gradientNorm',
] as const;

/** One record, each quantity `[N]`; null where the experiment does not have it. */
export type Measured = Readonly<Record<(typeof quantities)[number], Float32Array | null>>;

/** What is known of a run without its weights. */
export type RunRecords = Pick<TrainingHistory, 'curves' | 'divergedAt'>;

export class Recorder {
  private readonly networks: number;
  private readonly parameters: number;
  private readonly stepsPerEpoch: number;
  private readonly steps: number[] = [];
  private readonly values: Record<(typeof quantities)[number], Float32Array | null>;
  private readonly snapshotSteps: number[] = [];
  private readonly snapshots: Float32Array;
  private readonly divergedAt: Int32Array;

  constructor(options: {
    readonly networks: number;
    readonly parameters: number;
    readonly stepsPerEpoch: number;
    readonly records: number;
    readonly snapshots: number;
    readonly classes: boolean;
    readonly hasTest: boolean;
  }) {
    const { networks, parameters, records, classes, hasTest } = options;
    const column = (kept: boolean): Float32Array | null =>
      kept ? new Float32Array(records * networks) : null;
    this.networks = networks;
    this.parameters = parameters;
    this.stepsPerEpoch = options.stepsPerEpoch;
    this.snapshots = new Float32Array(options.snapshots * networks * parameters);
    this.divergedAt = new Int32Array(networks).fill(-1);
    this.values = {
      trainLoss: column(true),
      trainAccuracy: column(classes),
      testLoss: column(hasTest),
      testAccuracy: column(hasTest && classes),
      gradientNorm: column(true),
    };
  }

  /** Marks a network whose loss or weights were not finite after `step` steps; the first mark stays. */
  markDiverged(network: number, step: number): void {
    if (this.divergedAt[network] === -1) this.divergedAt[network] = step;
  }

  record(step: number, measured: Measured): void {
    const row = this.steps.length * this.networks;
    this.steps.push(step);
    measured.trainLoss?.forEach((loss, network) => {
      if (!Number.isFinite(loss)) this.markDiverged(network, step);
    });
    for (const quantity of quantities) {
      measured[quantity]?.forEach((value, network) => {
        const lost = this.divergedAt[network] !== -1;
        (this.values[quantity] as Float32Array)[row + network] = lost ? NaN : value;
      });
    }
  }

  snapshot(step: number, weights: Float32Array): void {
    weights.forEach((weight, i) => {
      if (!Number.isFinite(weight)) this.markDiverged(Math.floor(i / this.parameters), step);
    });
    this.snapshots.set(weights, this.snapshotSteps.length * weights.length);
    this.snapshotSteps.push(step);
  }

  /** The curves so far and who diverged, copied, so that a page can keep them while the run goes on. */
  records(): RunRecords {
    const filled = this.steps.length * this.networks;
    const column = (quantity: (typeof quantities)[number]): Float32Array | null =>
      this.values[quantity]?.slice(0, filled) ?? null;
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
    const weights = this.snapshotSteps.length * this.networks * this.parameters;
    return {
      networks: this.networks,
      parameters: this.parameters,
      ...this.records(),
      snapshotSteps: Int32Array.from(this.snapshotSteps),
      snapshots: this.snapshots.slice(0, weights),
    };
  }
}
