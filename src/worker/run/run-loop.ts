// Trains an open run as its commands say: plays, pauses, steps, changes, finishes; tells of it; never waits for a page that does not draw.
import { cadenceOf } from '../../learning/cadence.ts';
import { FramePacer } from '../frame-pacer.ts';
import { yieldToTasks } from '../yield-to-tasks.ts';
import type { OpenRun } from './open-run.ts';
import type { RunCommands } from './run-commands.ts';
import type { RunChange, RunMessage, RunPhase, SavedTraining } from './run-messages.ts';
import { bytesOf, saveEvery } from './save-interval.ts';

/** Milliseconds of training without a look at the reader's commands. */
const longestTraining = 100;
/** Milliseconds that a pause waits for the page to draw the frame before, so that its own comes first. */
const longestDrawing = 250;
/** Milliseconds without drawing that are told afterwards. */
const unseen = 3000;

export interface RunLoopOptions {
  readonly run: OpenRun;
  readonly commands: RunCommands;
  /** Whether the run is saved to the page. */
  readonly isSaved: boolean;
  /** Throws where nobody wants the run any more, or another attempt leads it. */
  readonly check: () => void;
  /** Resolves once the page has shown the message. */
  readonly say: (message: RunMessage) => Promise<void>;
  /** Hears of every state that is saved. */
  readonly onSaved: (training: SavedTraining) => void;
  /** Hears of the experiment as the reader has changed it. */
  readonly onChanged: (experiment: SavedTraining['experiment']) => void;
  /** Called once the first frame is on its way. */
  readonly onReady: () => void;
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export class RunLoop {
  readonly #options: RunLoopOptions;
  readonly #run: OpenRun;
  readonly #commands: RunCommands;
  readonly #pacer: FramePacer<RunMessage>;
  #phase: RunPhase | null = null;
  /** Trained since the page was last told all of it. */
  #hasMoved = false;
  #drawnNetwork: number | null;
  #needsFrame = true;
  #needsStatistics = true;
  #needsSave = false;
  #saveAt = performance.now() + saveEvery(0);
  #isSaving = false;

  constructor(options: RunLoopOptions) {
    this.#options = options;
    this.#run = options.run;
    this.#commands = options.commands;
    this.#drawnNetwork = options.commands.selected;
    this.#pacer = new FramePacer((message) => this.#show(message));
  }

  /** Until the run is closed. @throws RunClosedError then; what the engine throws. */
  async work(): Promise<never> {
    for (;;) {
      // Commands outlive the attempt that follows them: none is touched after an await without another check.
      this.#options.check();
      for (const change of this.#commands.takeChanges()) this.#change(change);
      const isOpen = this.#phase !== null;
      if (this.#commands.isSaveAsked) await this.#answerSaves();
      else if (isOpen && this.#commands.isFinishing) await this.#finish();
      else if (isOpen && this.#isAskedToTrain) await this.#train();
      else await this.#rest();
    }
  }

  get #isAskedToTrain(): boolean {
    const { isPlaying, steps } = this.#commands;
    return !this.#run.isOver && (isPlaying || steps > 0);
  }

  async #train(): Promise<void> {
    const commands = this.#commands;
    if (commands.isPlaying && this.#phase !== 'playing') this.#enter('playing');
    const isSingle = !commands.isPlaying;
    await this.#run.advance(isSingle ? 1 : this.#stepsAtOnce(), isSingle);
    this.#options.check();
    if (isSingle && commands.steps > 0) commands.steps--;
    this.#hasMoved = this.#needsStatistics = this.#needsSave = true;
    await yieldToTasks();
    if (!commands.isPlaying || this.#run.isOver) return;
    await this.#pacer.offer(() => this.#frame(false));
    if (this.#isSaveDue) await this.#save();
  }

  /** Steps that take about as long as a command may wait, as a number of whole calls where calls are short enough. */
  #stepsAtOnce(): number {
    const { totalSteps, stepsPerEpoch, experiment } = this.#run.trainer;
    const { unroll } = cadenceOf({ ...experiment, totalSteps, stepsPerEpoch });
    const { millisecondsPerStep } = this.#run.progress;
    if (millisecondsPerStep === 0) return unroll;
    const most = Math.floor(longestTraining / millisecondsPerStep);
    if (most >= unroll) return most - (most % unroll);
    // Single steps cost a graph of their own, and more time each: worth it where one call takes very long.
    return unroll * millisecondsPerStep <= 2.5 * longestTraining ? unroll : Math.max(1, most);
  }

  /** Tells the page where the run rests, then waits for what is wanted next. */
  async #rest(): Promise<void> {
    const commands = this.#commands;
    const resting = this.#restingPhase();
    if (this.#phase !== null && commands.isUrgent) return;
    commands.isPausing = false;
    if (this.#run.isOver) commands.rest();
    if (resting !== this.#phase || this.#hasMoved) return this.#settle(resting);
    if (this.#drawnNetwork !== commands.selected) this.#needsFrame = true;
    this.#drawnNetwork = commands.selected;
    if (this.#needsFrame && !this.#pacer.isDrawing) {
      await this.#pacer.send(() => this.#frame(true));
      return;
    }
    if (this.#isSaveDue) return this.#save();
    await this.#news();
  }

  #restingPhase(): RunPhase {
    if (this.#run.isOver) return 'ended';
    const isNew = this.#phase === null || this.#phase === 'ready';
    return isNew && !this.#hasMoved && !this.#commands.isPausing ? 'ready' : 'paused';
  }

  /** What a page needs that stays where it is: a frame, if it draws, the run to keep, and the phase. */
  async #settle(resting: RunPhase): Promise<void> {
    const isOpening = this.#phase === null;
    this.#hasMoved = false;
    // The end may have come nearer: then its record and snapshot are still to make.
    if (resting === 'ended') while (await this.#run.advance());
    this.#needsFrame = true;
    await Promise.race([this.#pacer.idle(), sleep(longestDrawing), this.#commands.closing]);
    this.#options.check();
    if (!this.#pacer.isDrawing) await this.#pacer.send(() => this.#frame(true));
    if (resting !== 'ready' && this.#options.isSaved) await this.#save();
    this.#enter(resting);
    if (isOpening) this.#options.onReady();
  }

  /** Resolves when something is wanted, or due. */
  async #news(): Promise<void> {
    const wakes: Promise<void>[] = [this.#commands.news()];
    if (this.#needsFrame) wakes.push(this.#pacer.idle());
    const wait = this.#saveAt - performance.now();
    if (this.#canSave && this.#needsSave && wait < Infinity) wakes.push(sleep(wait));
    await Promise.race(wakes);
  }

  async #finish(): Promise<void> {
    const { selected, closed, skipped } = this.#commands;
    const run = await this.#run.finish(selected, {
      closed,
      skipped,
      onStage: (stage) => this.#tell({ kind: 'stage', stage }),
      onLandscape: (share) => void this.#pacer.offer(() => ({ kind: 'landscape', share })),
    });
    this.#options.check();
    this.#commands.endFinish();
    this.#commands.rest();
    this.#needsFrame = this.#needsStatistics = false;
    this.#tell({ kind: 'finished', run });
  }

  /** A change that cannot be made is told, and stops nothing. */
  #change(change: RunChange): void {
    try {
      this.#run.apply(change);
      this.#options.onChanged(this.#run.trainer.experiment);
      this.#needsFrame = this.#needsSave = true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const { message } = error;
      this.#tell({ kind: 'note', sentence: `${message[0]?.toUpperCase()}${message.slice(1)}.` });
    }
  }

  async #frame(isResting: boolean): Promise<RunMessage> {
    this.#needsFrame = false;
    const withStatistics = isResting && this.#needsStatistics;
    const frame = await this.#run.frame(this.#commands.selected, withStatistics);
    if (isResting) this.#needsStatistics = false;
    return { kind: 'frame', frame };
  }

  /** Shows a frame; a page that was away hears how much it has missed. */
  async #show(message: RunMessage): Promise<void> {
    const [since, from] = [performance.now(), this.#run.progress.step];
    await this.#options.say(message);
    const seconds = Math.round((performance.now() - since) / 1000);
    const steps = this.#run.progress.step - from;
    if (1000 * seconds < unseen || steps === 0) return;
    const sentence = `Training went on while the page drew nothing: ${steps} steps in ${seconds} s.`;
    this.#tell({ kind: 'note', sentence });
  }

  /** A page that has not taken the last one is not sent another on the way. */
  get #canSave(): boolean {
    return this.#options.isSaved && !this.#isSaving;
  }

  get #isSaveDue(): boolean {
    return this.#canSave && this.#needsSave && performance.now() >= this.#saveAt;
  }

  async #save(): Promise<void> {
    this.#isSaving = true;
    const done = () => {
      this.#isSaving = false;
    };
    void this.#options.say({ kind: 'saved', training: await this.#take() }).then(done, done);
  }

  async #answerSaves(): Promise<void> {
    const training = await this.#take();
    this.#options.check();
    for (const answer of this.#commands.takeSaves()) answer(training);
  }

  async #take(): Promise<SavedTraining> {
    const training = await this.#run.save();
    this.#needsSave = false;
    this.#saveAt = performance.now() + saveEvery(bytesOf(training));
    this.#options.onSaved(training);
    return training;
  }

  #enter(phase: RunPhase): void {
    this.#phase = phase;
    this.#tell({ kind: 'phase', phase });
  }

  #tell(message: RunMessage): void {
    void this.#options.say(message).catch(() => {});
  }
}
