// What a run has still to do: how long it goes on, at which rates, and where it stops; all of it may change on the way.
import { stepsPerEpoch, totalSteps } from './batches.ts';
import { cadenceOf, type Cadence } from './cadence.ts';
import { mostRateChanges, type Experiment, type RateChange } from './experiment.ts';
import type { Samples } from './samples.ts';
import { rateOf } from './schedules.ts';

export class TrainingPlan {
  readonly stepsPerEpoch: number;
  private current: Experiment;
  private readonly samples: Pick<Samples, 'count'>;
  private cadence: Cadence;

  constructor(experiment: Experiment, samples: Pick<Samples, 'count'>) {
    this.current = experiment;
    this.samples = samples;
    this.stepsPerEpoch = stepsPerEpoch(experiment, samples);
    this.cadence = this.cadenceNow();
  }

  /** With the changes made so far: a fresh run of it takes the same steps. */
  get experiment(): Experiment {
    const { rateChanges, ...others } = this.current;
    // A change after the last step waits for the day when the run goes on.
    const counting = rateChanges?.filter(({ step }) => step < this.totalSteps) ?? [];
    const snapshots = Math.min(others.snapshots, this.totalSteps + 1);
    return { ...others, snapshots, ...(counting.length > 0 ? { rateChanges: counting } : {}) };
  }

  get totalSteps(): number {
    return totalSteps(this.current, this.samples);
  }

  /** Steps that go into one call; the same for any length of the run. */
  get unroll(): number {
    return this.cadence.unroll;
  }

  rateAt(step: number): number {
    return rateOf(this.current, step, this.totalSteps, this.stepsPerEpoch);
  }

  /** The first record after `step`; the end where there is none. */
  nextRecord(step: number): number {
    return this.cadence.nextRecord(step);
  }

  /** The first snapshot after `step`; the end where there is none. */
  nextSnapshot(step: number): number {
    return this.cadence.snapshots.find((at) => at > step) ?? this.totalSteps;
  }

  isSnapshot(step: number): boolean {
    return this.cadence.snapshots.includes(step);
  }

  /** @param step the first that takes the new rate. @throws RangeError where it is no rate, or one change too many. */
  setLearningRate(rate: number, step: number): void {
    if (!(rate > 0 && rate <= 100)) {
      throw new RangeError(`the learning rate is ${rate}: expected more than 0 and at most 100`);
    }
    const before = (this.current.rateChanges ?? []).filter((change) => change.step < step);
    const after = (this.current.rateChanges ?? []).filter((change) => change.step > step);
    const isNew = before.at(-1)?.learningRate !== rate;
    const made: RateChange[] = isNew ? [{ step, learningRate: rate }] : [];
    const rateChanges = [...before, ...made, ...after];
    if (rateChanges.length > mostRateChanges) {
      throw new RangeError(
        `the learning rate was changed ${mostRateChanges} times already: a run holds no more changes; start a new one from here`,
      );
    }
    this.current = { ...this.current, rateChanges };
  }

  /** @param begun the steps that are taken or under way. @throws RangeError where these are more. */
  setEpochs(epochs: number, begun: number): void {
    const least = Math.max(1, Math.ceil(begun / this.stepsPerEpoch));
    if (!(Number.isInteger(epochs) && epochs >= least && epochs <= 100_000)) {
      throw new RangeError(
        `epochs is ${epochs}: expected a whole number from ${least}, which training has reached, to 100000`,
      );
    }
    if (epochs === this.current.epochs) return;
    const { schedule } = this.current;
    const isWhole = schedule.kind === 'cosine' && schedule.overEpochs === undefined;
    // A fall over all epochs would have another slope from its start.
    const kept = isWhole ? { ...schedule, overEpochs: this.current.epochs } : schedule;
    this.current = { ...this.current, epochs, schedule: kept };
    this.cadence = this.cadenceNow();
  }

  private cadenceNow(): Cadence {
    const { totalSteps, stepsPerEpoch } = this;
    return cadenceOf({ ...this.current, totalSteps, stepsPerEpoch });
  }
}
