// Where a run stands: takes its steps, and stops for records and snapshots.
import type { Population } from './population.ts';
import type { Recorder } from './recorder.ts';
import type { StepFeeds } from './step-feeds.ts';
import type { TrainingPlan } from './training-plan.ts';
import type { Resumed } from './training-state.ts';

export interface TrainingProgress {
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  /** Of training alone, over the steps since the last record, all networks together; 0 for the first. */
  readonly millisecondsPerStep: number;
}

export interface TrainingLoopOptions {
  readonly plan: TrainingPlan;
  readonly recorder: Recorder;
  readonly population: Population;
  readonly stepFeeds: StepFeeds;
  readonly resume: Resumed | undefined;
}

export class TrainingLoop {
  /** Steps taken. */
  step: number;
  /** Ahead of `step` while a call is under way: these steps have their batches and rates already. */
  begun: number;
  /** Where the last call stopped without a record, or the run was cut off between two. */
  private passed: number;
  private readonly plan: TrainingPlan;
  private readonly recorder: Recorder;
  private readonly population: Population;
  private readonly stepFeeds: StepFeeds;

  constructor({ plan, recorder, population, stepFeeds, resume }: TrainingLoopOptions) {
    this.plan = plan;
    this.recorder = recorder;
    this.population = population;
    this.stepFeeds = stepFeeds;
    this.step = resume?.state.step ?? 0;
    this.begun = this.step;
    this.passed = resume && resume.history.curves.steps.length > 0 ? this.step : -1;
  }

  /** See `Trainer.advance`. */
  async advance(mostSteps = Infinity, recordsBetween = true): Promise<TrainingProgress | null> {
    if (!(mostSteps >= 1)) {
      throw new RangeError(`mostSteps is ${mostSteps}: expected 1 or more`);
    }
    const { plan, recorder } = this;
    const from = this.step;
    const isRecorded = recorder.lastRecord === from;
    const isWhole = from >= plan.totalSteps && recorder.lastSnapshot === from;
    if (isRecorded && isWhole) return null;
    const goesOn = isRecorded || (this.passed === from && from < plan.totalSteps);
    const milliseconds = await this.trainWithSnapshots(() =>
      goesOn ? Math.min(plan.nextRecord(from), from + Math.floor(mostSteps)) : from,
    );
    const isPassing = !recordsBetween && goesOn && this.step < plan.nextRecord(from);
    if (isPassing) this.passed = this.step;
    else if (recorder.lastRecord < this.step)
      recorder.record(this.step, await this.population.measure());
    return {
      step: this.step,
      totalSteps: plan.totalSteps,
      epoch: this.step / plan.stepsPerEpoch,
      millisecondsPerStep: this.step > from ? milliseconds / (this.step - from) : 0,
    };
  }

  /**
   * Trains until the step that `end` gives, and takes the snapshots that fall between; the plan may change on the
   * way. The milliseconds of training alone.
   */
  private async trainWithSnapshots(end: () => number): Promise<number> {
    const { plan } = this;
    let milliseconds = 0;
    await this.takeSnapshot();
    for (;;) {
      const stop = end();
      if (this.step >= Math.min(stop, plan.totalSteps)) return milliseconds;
      const start = performance.now();
      await this.trainUntil(Math.min(stop, plan.nextSnapshot(this.step)));
      milliseconds += performance.now() - start;
      await this.takeSnapshot();
    }
  }

  /** The end may come nearer on the way. */
  private async trainUntil(stop: number): Promise<void> {
    const { plan } = this;
    for (;;) {
      const left = Math.min(stop, plan.totalSteps) - this.step;
      if (left <= 0) return;
      await this.trainSteps(left >= plan.unroll ? plan.unroll : 1);
    }
  }

  private async trainSteps(steps: number): Promise<void> {
    const from = this.step;
    this.begun = from + steps;
    await this.population.train(steps, this.stepFeeds(from, steps), (lost, k) =>
      this.recorder.markDiverged(lost, from + k),
    );
    this.step = this.begun;
  }

  private async takeSnapshot(): Promise<void> {
    if (this.plan.isSnapshot(this.step) && this.recorder.lastSnapshot < this.step)
      this.recorder.snapshot(this.step, await this.population.readWeights());
  }
}
