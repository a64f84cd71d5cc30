// Leads an open run as the reader wishes: plays, pauses, steps, changes; tells of it; never waits for a page that does not draw.
import { cadenceOf } from '../../learning/cadence.ts';
import { breathe } from '../yield-to-tasks.ts';
import { FramePacer } from '../frame-pacer.ts';
import type { LabMessage, LabPhase, SavedTraining } from './run-messages.ts';
import type { OpenRun } from './open-run.ts';
import { bytesOf, saveEvery } from './saving.ts';
import type { Wishes } from './run-commands.ts';

/** Milliseconds of training without a look at the reader's wishes. */
const stretch = 100;
/** Milliseconds that a pause waits for the page to draw the frame before, so that its own comes first. */
const patience = 250;
/** Milliseconds without drawing that are told afterwards. */
const unseen = 3000;

export interface RunHome {
  readonly wishes: Wishes;
  /** Resolves once the page has shown the message. */
  readonly say: (message: LabMessage) => Promise<void>;
  /** Hears of every state that is saved. */
  readonly onSaved: (training: SavedTraining) => void;
  /** Hears of the experiment as the reader has changed it. */
  readonly onChanged: (experiment: SavedTraining['experiment']) => void;
  /** Called once the first frame is on its way. */
  readonly onReady: () => void;
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Until it is closed. @throws Abandoned then; what the engine throws. */
export async function leadRun(run: OpenRun, home: RunHome): Promise<never> {
  const { wishes } = home;
  const { trainer } = run;
  const tell = (message: LabMessage): void => void home.say(message).catch(() => {});
  const pacer = new FramePacer<LabMessage>(async (message) => {
    const [since, from] = [performance.now(), run.progress.step];
    await home.say(message);
    const seconds = Math.round((performance.now() - since) / 1000);
    const steps = run.progress.step - from;
    if (1000 * seconds < unseen || steps === 0) return;
    const sentence = `Training went on while the page drew nothing: ${steps} steps in ${seconds} s.`;
    tell({ kind: 'note', sentence });
  });
  let phase: LabPhase | null = null;
  /** What the page has yet to see, or to keep. */
  let owesFrame = true;
  let owesStatistics = true;
  let owesSaving = false;
  let saveAt = performance.now() + saveEvery(0);
  let isSaving = false;

  const enter = (next: LabPhase): void => {
    phase = next;
    tell({ kind: 'phase', phase: next });
  };

  const frame = async (isResting: boolean): Promise<LabMessage> => {
    owesFrame = false;
    const made = await run.frame(wishes.selected, isResting && owesStatistics);
    if (isResting) owesStatistics = false;
    return { kind: 'frame', frame: made };
  };

  const take = async (): Promise<SavedTraining> => {
    const training = await run.save();
    owesSaving = false;
    saveAt = performance.now() + saveEvery(bytesOf(training));
    home.onSaved(training);
    return training;
  };

  const save = async (): Promise<void> => {
    isSaving = true;
    const done = () => {
      isSaving = false;
    };
    // A page that has not taken the last one is not sent another on the way.
    void home.say({ kind: 'saved', training: await take() }).then(done, done);
  };

  const answerSaves = async (): Promise<void> => {
    if (!wishes.wantsSaving) return;
    const training = await take();
    for (const answer of wishes.takeSaves()) answer(training);
  };

  /** A wish that cannot be followed is told, and stops nothing. */
  const change = (make: () => void): void => {
    try {
      make();
      home.onChanged(trainer.experiment);
      owesFrame = owesSaving = true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const { message } = error;
      tell({ kind: 'note', sentence: `${message[0]?.toUpperCase()}${message.slice(1)}.` });
    }
  };

  const followChanges = (): void => {
    const { learningRate, epochs } = wishes;
    wishes.learningRate = wishes.epochs = null;
    if (epochs !== null) change(() => trainer.setEpochs(epochs));
    if (learningRate !== null) change(() => trainer.setLearningRate(learningRate));
  };

  /** Steps that take about as long as a wish may wait, as a number of whole calls where calls are short enough. */
  const stepsAtOnce = (): number => {
    const { totalSteps, stepsPerEpoch, experiment } = trainer;
    const { unroll } = cadenceOf({ ...experiment, totalSteps, stepsPerEpoch });
    const { millisecondsPerStep } = run.progress;
    if (millisecondsPerStep === 0) return unroll;
    const most = Math.floor(stretch / millisecondsPerStep);
    if (most >= unroll) return most - (most % unroll);
    // Single steps cost a graph of their own, and more time each: worth it where one call takes very long.
    return unroll * millisecondsPerStep <= 2.5 * stretch ? unroll : Math.max(1, most);
  };

  const train = async (): Promise<void> => {
    const isSingle = !wishes.isPlaying;
    const next = await trainer.advance(isSingle ? 1 : stepsAtOnce(), isSingle);
    if (isSingle && wishes.steps > 0) wishes.steps--;
    if (next) run.progress = next;
    owesStatistics = owesSaving = true;
  };

  /** What a page needs that stays where it is: a frame, if it draws, the run to keep, and the phase. */
  const settle = async (resting: LabPhase): Promise<void> => {
    // The end may have come nearer: then its record and snapshot are still to make.
    if (resting === 'ended') while (await trainer.advance());
    owesFrame = true;
    await Promise.race([pacer.idle(), sleep(patience), wishes.closing]);
    wishes.check();
    if (!pacer.isDrawing) await pacer.send(() => frame(true));
    if (resting !== 'ready') await save();
    enter(resting);
  };

  const restingPhase = (hasMoved: boolean): LabPhase => {
    if (run.isOver) return 'ended';
    const isFresh = (phase === null || phase === 'ready') && !hasMoved && !wishes.isPausing;
    return isFresh ? 'ready' : 'paused';
  };

  let hasMoved = false;
  let selected = wishes.selected;
  for (;;) {
    wishes.check();
    followChanges();
    await answerSaves();
    const isOpen = phase !== null;
    if (isOpen && !run.isOver && (wishes.isPlaying || wishes.steps > 0)) {
      if (wishes.isPlaying && phase !== 'playing') enter('playing');
      await train();
      hasMoved = true;
      await breathe();
      if (wishes.isPlaying && !run.isOver) {
        await pacer.offer(() => frame(false));
        if (!isSaving && performance.now() >= saveAt) await save();
      }
      continue;
    }
    const resting = restingPhase(hasMoved);
    if (wishes.hasNews) continue;
    wishes.isPausing = false;
    if (run.isOver) wishes.rest();
    if (resting !== phase || hasMoved) {
      hasMoved = false;
      await settle(resting);
      if (!isOpen) home.onReady();
      continue;
    }
    if (selected !== wishes.selected) owesFrame = true;
    selected = wishes.selected;
    if (owesFrame && !pacer.isDrawing) {
      await pacer.send(() => frame(true));
      continue;
    }
    const wait = owesSaving && !isSaving ? saveAt - performance.now() : Infinity;
    if (wait <= 0) {
      await save();
      continue;
    }
    const wakes: Promise<void>[] = [wishes.change()];
    if (owesFrame) wakes.push(pacer.idle());
    if (wait < Infinity) wakes.push(sleep(wait));
    await Promise.race(wakes);
  }
}
