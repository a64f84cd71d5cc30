// The laboratory's training service: one open run, led step by step, and gone on with where its device is lost.
import type { Experiment } from '../../learning/experiment.ts';
import type { DataSources } from '../../learning/prepare-data.ts';
import { DeviceLostError, failureOf } from '../failures.ts';
import { FramePacer } from '../frame-pacer.ts';
import { pageMemory } from '../limits.ts';
import { Abandoned } from '../run-control.ts';
import { ExecutorChoice, type Chosen, type ProviderHome } from './executor-choice.ts';
import { leadRun } from './lab-run.ts';
import type {
  LabListener,
  LabMessage,
  LabRequest,
  LabTraining,
  OpenOutcome,
  SavedTraining,
} from './run-messages.ts';
import { experimentOf, openRun, prepareRun } from './open-run.ts';
import { measureStep, shapesOf } from './step-time.ts';
import { Wishes } from './run-commands.ts';

export interface LabHome extends ProviderHome {
  sources(csv: string | null): DataSources;
}

/** A run from its opening to its end, on however many providers. */
interface Story {
  readonly wishes: Wishes;
  readonly listener: LabListener;
  /** Concludes the opening; only the first call counts. */
  readonly conclude: (outcome: OpenOutcome) => void;
  isOpen: boolean;
  /** What an attempt on another provider would go on from. */
  saved: SavedTraining | null;
  /** With the changes made since. */
  experiment: Experiment;
}

export function createLabService(home: LabHome): LabTraining {
  const executors = new ExecutorChoice(home);
  let current: Wishes | null = null;
  /** Runs share the runtime, so the next begins when the last has let go of it. */
  let last: Promise<unknown> = Promise.resolve();

  /** One attempt on one provider; rejects with DeviceLostError as soon as the device is lost. */
  async function attempt(request: LabRequest, story: Story): Promise<never> {
    const { wishes } = story;
    let isOver = false;
    // An attempt that has lost its device may linger; it is not heard any more.
    const say = async (message: LabMessage): Promise<void> => {
      if (isOver || wishes.isClosed) throw new Abandoned('This attempt is over.');
      await story.listener(message);
    };
    /** The order of messages is kept; a page that draws nothing is not waited for. */
    const tell = (message: LabMessage): void => void say(message).catch(() => {});
    const data = await prepareRun(request, home.sources(request.csv));
    wishes.check();
    tell({ kind: 'stage', stage: 'runtime' });
    const downloads = new FramePacer<LabMessage>(say);
    const chosen = await executors.take({
      choice: request.provider,
      shapes: shapesOf(experimentOf(request), data),
      onDownload: (report) => void downloads.offer(() => ({ kind: 'download', ...report })),
      time(executor) {
        wishes.check();
        tell({ kind: 'stage', stage: 'compile' });
        return measureStep(executor, experimentOf(request), data, pageMemory.chunk);
      },
    });
    const { executor } = chosen;
    wishes.check();
    announce(chosen, tell);
    const lost = executor.lost.then((message) => {
      executors.drop(executor);
      throw new DeviceLostError(message);
    });
    lost.catch(() => {});
    const check = (): void => {
      wishes.check();
      if (isOver) throw new Abandoned('This attempt is over.');
    };
    const training = async (): Promise<never> => {
      tell({ kind: 'stage', stage: 'compile' });
      const showSurface = async (surface: (LabMessage & { kind: 'surface' })['surface']) =>
        tell({ kind: 'surface', surface });
      const onCompiled = () => tell({ kind: 'data', data });
      const run = await openRun({ request, data, executor, check, showSurface, onCompiled });
      try {
        check();
        tell({ kind: 'stage', stage: 'train' });
        return await leadRun(run, {
          ...{ wishes, say },
          onSaved(training) {
            // Where nothing can be lost but with the whole worker, the page's copy is the only one needed.
            if (executor.provider !== 'wasm' && !isOver) story.saved = training;
          },
          onChanged(experiment) {
            if (!isOver) story.experiment = experiment;
          },
          onReady() {
            if (isOver) return;
            story.isOpen = true;
            const { totalSteps, stepsPerEpoch } = run.trainer;
            story.conclude({ kind: 'opened', totalSteps, stepsPerEpoch });
          },
        });
      } finally {
        run.dispose();
      }
    };
    try {
      return await Promise.race([training(), lost]);
    } catch (error) {
      if (error instanceof Abandoned || error instanceof DeviceLostError) throw error;
      // A computation may fail a moment before the loss of its device is told.
      await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 100))]);
      throw error;
    } finally {
      isOver = true;
    }
  }

  async function tellStory(request: LabRequest, story: Story): Promise<void> {
    const { wishes } = story;
    const tell = (message: LabMessage): void => {
      if (!wishes.isClosed) void story.listener(message).catch(() => {});
    };
    try {
      wishes.check();
      try {
        await attempt(request, story);
      } catch (error) {
        if (!(error instanceof DeviceLostError) || request.provider !== 'auto') throw error;
        wishes.check();
        const resume = story.saved && { ...story.saved, experiment: story.experiment };
        tell({ kind: 'fallback', sentence: fallbackSentence(resume) });
        if (story.isOpen && !wishes.isPlaying) wishes.isPausing = true;
        await attempt(
          { ...request, experiment: story.experiment, resume, provider: 'wasm' },
          story,
        );
      }
    } catch (error) {
      if (error instanceof Abandoned || wishes.isClosed) return;
      const failure = failureOf(error);
      if (story.isOpen) tell({ kind: 'failed', failure });
      else story.conclude({ kind: 'failed', failure });
    } finally {
      story.conclude({ kind: 'closed' });
      wishes.close();
      if (current === wishes) current = null;
    }
  }

  return {
    open(request, listener) {
      current?.close();
      const wishes = new Wishes(request.selected);
      current = wishes;
      return new Promise((conclude) => {
        const story: Story = {
          ...{ wishes, listener, conclude, isOpen: false },
          saved: request.resume,
          experiment: experimentOf(request),
        };
        // Whoever closes it while it opens need not wait for what is under way.
        void wishes.closing.then(() => conclude({ kind: 'closed' }));
        last = last.then(() => tellStory(request, story));
      });
    },
    play: () => current?.play(),
    pause: () => current?.pause(),
    step: () => current?.step(),
    setLearningRate: (rate) => current?.setLearningRate(rate),
    setEpochs: (epochs) => current?.setEpochs(epochs),
    select: (network) => current?.select(network),
    save: () => current?.save() ?? Promise.resolve(null),
    close: () => current?.close(),
  };
}

function announce({ executor, reason, times }: Chosen, tell: (message: LabMessage) => void): void {
  const { provider, threads } = executor;
  tell({ kind: 'provider', provider, reason, threads, times });
}

const fallbackSentence = (resume: SavedTraining | null): string =>
  resume
    ? `The graphics device was lost, so training goes on from step ${resume.state.step}, which was saved, on WebAssembly.`
    : 'The graphics device was lost before anything was saved, so the same run begins again, from the same first weights, on WebAssembly.';
