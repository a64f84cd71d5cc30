// One run of the widget, from the press of its button to its landscape: what the worker tells of it becomes pictures and sentences.
import type { Experiment } from '../../artifact/display.ts';
import type { Failure } from '../../worker/failures.ts';
import { witness } from '../../worker/limits.ts';
import type { ProviderChoice } from '../../worker/provider-choice.ts';
import type {
  FinishedRun,
  RunMessage,
  RunPhase,
  Stage,
  TrainingFrame,
} from '../../worker/run/run-messages.ts';
import type { TrainingClient } from '../../worker/run/training-client.ts';
import { sameTraining, summariseRun, type PublishedRun } from './compare-runs.ts';
import type { KnownLandscape } from './known-landscape.ts';
import { LiveRun } from './live-run.ts';
import { nextFrame } from './next-frame.ts';
import type { RunSettings } from './retrain-form.ts';
import type { RetrainView } from './retrain-view.ts';

export interface RetrainRunOptions {
  readonly client: TrainingClient;
  readonly view: RetrainView;
  readonly settings: RunSettings;
  readonly provider: ProviderChoice;
  /** Of the published run, where this one trains the same networks on the same points. */
  readonly known: KnownLandscape | null;
  /** The published run that it is compared with. */
  readonly base: Experiment;
  readonly published: PublishedRun | null;
}

export class RetrainRun {
  readonly experiment: Experiment;
  readonly #options: RetrainRunOptions;
  readonly #end = Promise.withResolvers<LiveRun | null>();
  #isOver = false;
  #live: LiveRun | null = null;
  #provider = '';
  #initialChecksum: string | null = null;
  /** Seconds of training, pauses left out, up to `since`. */
  #seconds = 0;
  /** When training last went on; null while it does not. */
  #since: number | null = null;

  constructor(options: RetrainRunOptions) {
    this.#options = options;
    this.experiment = options.settings.experiment;
  }

  /** @returns the run once it is finished and shown; null where it failed or was abandoned. */
  async train(): Promise<LiveRun | null> {
    const { client, view, provider, known, settings } = this.#options;
    const opening = client.open(
      {
        ...settings,
        ...{ provider, automatic: 'webgpu-first', isSaved: false },
        ...{ startWeights: null, resume: null, selected: view.selected },
        knownPlane: known?.knownPlane ?? null,
      },
      (message) => this.#hear(message),
    );
    client.send({ kind: 'play' });
    void opening.then((outcome) => outcome.kind === 'failed' && this.#fail(outcome.failure));
    return this.#end.promise;
  }

  /** Pauses, or goes on. */
  togglePause(): void {
    const { client, view } = this.#options;
    const isPaused = view.phase === 'paused';
    client.send({ kind: isPaused ? 'play' : 'pause' });
    if (!isPaused) this.#stopClock();
    view.enter(isPaused ? 'training' : 'paused');
    view.progress.say(isPaused ? 'Training goes on.' : 'Paused.');
  }

  /** Ends training here; once that is done, leaves the landscape out. */
  stop(): void {
    const { client, view } = this.#options;
    client.send({ kind: view.phase === 'drawing' ? 'skip-landscape' : 'finish' });
  }

  /** Ends it with nothing kept. */
  abandon(): void {
    this.#conclude(null);
  }

  /** Resolves once the message is on screen: the worker holds the next frame back until then. */
  async #hear(message: RunMessage): Promise<void> {
    if (this.#isOver) return;
    const { view, known } = this.#options;
    switch (message.kind) {
      case 'stage':
        return this.#enterStage(message.stage);
      case 'download':
        view.progress.download(message.loadedBytes, message.totalBytes);
        return nextFrame();
      case 'provider':
        this.#provider = message.provider;
        view.progress.provider(message.provider, message.threads);
        view.write('.live-reason', message.reason);
        return;
      case 'data': {
        const { data, initialChecksum } = message;
        this.#initialChecksum = initialChecksum;
        this.#live = new LiveRun(this.experiment, data, this.#provider, known?.surface ?? null);
        view.sayWhichPlane(known ? 'published' : 'starts');
        return;
      }
      case 'surface':
        this.#live?.addSurface(message.surface);
        return;
      case 'landscape':
        view.progress.landscape(message.share);
        return nextFrame();
      case 'fallback':
        return this.#beginAgain(message.sentence);
      case 'frame':
        return this.#show(message.frame);
      case 'phase':
        return this.#enterPhase(message.phase);
      case 'finished':
        return this.#finish(message.run);
      case 'failed':
        return this.#fail(message.failure);
      case 'note':
      case 'saved':
        return;
    }
  }

  #enterStage(stage: Stage): void {
    const { view } = this.#options;
    view.progress.stage(stage);
    if (stage !== 'boundaries') return;
    this.#stopClock();
    view.enter('drawing');
  }

  #enterPhase(phase: RunPhase): void {
    if (phase === 'playing') this.#since = performance.now();
    else this.#stopClock();
    if (phase === 'ended') this.#options.client.send({ kind: 'finish' });
  }

  #beginAgain(sentence: string): void {
    const { view } = this.#options;
    this.#live = null;
    this.#seconds = 0;
    this.#since = null;
    view.enter('training');
    view.progress.say(sentence);
    view.write('.live-reason', sentence);
  }

  async #show(frame: TrainingFrame): Promise<void> {
    await nextFrame();
    if (this.#isOver) return;
    const { view } = this.#options;
    this.#live?.addFrame(frame);
    const share = frame.step / frame.totalSteps;
    const isPaused = view.phase === 'paused';
    if (view.phase !== 'drawing')
      view.progress.training(frame.epoch, this.experiment.epochs, share, isPaused);
    view.progress.pace(frame.millisecondsPerStep);
    const display = this.#live?.display();
    if (display) await view.show(display);
  }

  async #finish(finished: FinishedRun): Promise<void> {
    const { view, known, base, published } = this.#options;
    const live = this.#live;
    if (!live) return;
    live.finish(finished);
    const display = live.display();
    if (display) await view.show(display);
    if (this.#isOver) return;
    const { frame, provider, landscape } = finished;
    const stopped = frame.step < frame.totalSteps;
    view.sayWhichPlane(landscape ? 'own' : known ? 'published' : 'starts');
    const summary = summariseRun({
      isSameTraining: sameTraining(this.experiment, base),
      ...{ stopped, provider, witness, published },
      seconds: this.#seconds,
      epochs: frame.epoch,
      statistics: frame.statistics!,
      finalLosses: live.lastLosses,
      initialChecksum: this.#initialChecksum,
    });
    view.write('.live-summary', summary);
    view.progress.end(stopped ? 'Stopped' : 'Trained');
    view.progress.say(
      landscape ? 'Done: training and landscape.' : 'Done; the landscape was left out.',
    );
    this.#conclude(live);
  }

  #fail({ kind, sentence }: Failure): void {
    if (this.#isOver) return;
    const { view } = this.#options;
    view.progress.end('Not finished');
    view.progress.say(sentence);
    view.write('.live-summary', '');
    view.offerFallback(kind === 'device-lost' || kind === 'provider');
    this.#conclude(null);
  }

  #conclude(run: LiveRun | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.client.close();
    this.#end.resolve(run);
  }

  #stopClock(): void {
    if (this.#since !== null) this.#seconds += (performance.now() - this.#since) / 1000;
    this.#since = null;
  }
}
