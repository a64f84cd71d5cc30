// The laboratory at work: settings, data, the run, the pictures, what is kept and taken away, put together here and nowhere else.
import { ExperimentError } from '../learning/experiment-error.ts';
import { parseExperiment } from '../learning/parse-experiment.ts';
import type { PreparedData } from '../learning/samples.ts';
import { AnalysisClient } from '../worker/analysis/analysis-client.ts';
import type {
  ProviderTimes,
  RunCommand,
  RunMessage,
  SavedTraining,
} from '../worker/run/run-messages.ts';
import { TrainingClient } from '../worker/run/training-client.ts';
import type { ProviderChoice } from '../worker/provider-choice.ts';
import { RunInputStore, type RunInputs } from './run-inputs.ts';
import { CompareView } from './compare/compare-view.ts';
import { DataSection, type ChosenData, type ChosenWeights } from './data/data-section.ts';
import { firstState, type FirstState } from './first-state.ts';
import { ExperimentForm } from './form/experiment-form.ts';
import { createSettler } from './form/dependent-settings.ts';
import { forked, forkStart } from './fork.ts';
import { StorageSection, type OpenedExperiment } from './storage/storage-section.ts';
import { writeAddress } from './storage/open-address.ts';
import type { LabState } from './lab-state.ts';
import { LabStore } from './lab-store.ts';
import { MeasuredSpeeds } from './estimate/calibrate.ts';
import { Board } from './panels/panel-board.ts';
import { LabSession } from './session.ts';
import { ExportSection } from './export/export-section.ts';
import { Transport, type Fork } from './transport.ts';

export async function openLaboratory(root: HTMLElement): Promise<Laboratory> {
  return new Laboratory(root, await firstState(location));
}

export class Laboratory {
  readonly #store: LabStore;
  readonly #session: LabSession;
  readonly #transport: Transport;
  readonly #form: ExperimentForm;
  readonly #data: DataSection;
  readonly #board: Board;
  readonly #compare: CompareView;
  readonly #storage: StorageSection;
  readonly #exports: ExportSection;
  readonly #analyses = new AnalysisClient();
  readonly #speed = new MeasuredSpeeds();
  readonly #inputs = new RunInputStore((path) => this.#data.csvFor(path));
  readonly #boardPlace: HTMLElement;
  #times: ProviderTimes | null = null;
  readonly #stop = new AbortController();

  constructor(root: HTMLElement, { state, problems }: FirstState) {
    const part = (name: string) => root.querySelector<HTMLElement>(`[data-lab="${name}"]`)!;
    const say = (sentence: string) => this.#transport.say(sentence);
    this.#store = new LabStore(state);
    this.#boardPlace = root.querySelector<HTMLElement>('.lab-board')!;
    this.#session = new LabSession(new TrainingClient(), {
      phase: (phase) => this.#transport.phase(phase),
      message: (message) => this.#hear(message),
      draw: () => this.#draw(),
      failed: (failure) =>
        this.#transport.failed(failure, this.#session.run('a')?.training !== null),
    });
    this.#transport = new Transport(part('transport'), {
      train: () => void this.#train(),
      run: (command) => this.#command(command),
      stop: () => void this.#session.stop(),
      provider: (provider) => this.#chooseProvider(provider),
      continue: (more) => void this.#goOn(more),
      fork: (fork) => void this.#fork(fork),
      keep: () => void this.#session.save().then(() => this.#keepAsB()),
      drop: () => this.#dropB(),
      rescue: () => void this.#goOn(0, 'wasm'),
    });
    this.#board = new Board(part('panels'), {
      store: this.#store,
      analyses: this.#analyses,
      measuredSpeed: () => this.#speed.of(this.#store.state.provider),
      onLandscape: (key, landscapeInPlane) => {
        this.#session.setLandscape(key, landscapeInPlane);
        void this.#draw();
      },
    });
    this.#compare = new CompareView(part('compare'));
    this.#form = new ExperimentForm(part('form'), this.#store, {
      measuredSpeed: () => this.#speed.of(this.#store.state.provider),
      // Asked before the data section is there, too.
      dimensionsFor: (path) => (this.#data as DataSection | undefined)?.dimensionsFor(path) ?? null,
      onReady: (isReady) => this.#transport.ready(isReady),
    });
    this.#data = new DataSection(part('data'), {
      experiment: () => this.#store.state.experiment,
      onData: (data) => this.#takeData(data),
      onWeights: (opened) => void this.#takeWeights(opened),
      say,
    });
    this.#storage = new StorageSection(part('storage'), {
      store: this.#store,
      runs: () => this.#session.runs,
      onOpen: (opened) => void this.#reopen(opened),
      say,
      weightsFor: (path) => this.#inputs.weights(path),
      csvFor: (path) => this.#data.csvFor(path),
    });
    // What was left off is offered where one looks first.
    const offer = part('storage').querySelector('[data-storage="offer"]');
    if (offer) root.querySelector('.lab-transport')?.after(offer);
    this.#exports = new ExportSection(part('export'), {
      runs: () => this.#session.runs,
      selected: () => this.#store.state.selected,
      landscapeOf: async (key) => this.#session.run(key)?.landscapeInPlane ?? null,
      say,
    });
    this.#store.listen((now, before) => this.#follow(now, before));
    this.#data.show(state.experiment);
    this.#transport.provider(state.provider);
    if (problems.length > 0) say(problems.join(' '));
    document.addEventListener('visibilitychange', () => void this.#draw(), {
      signal: this.#stop.signal,
    });
    void this.#draw();
  }

  destroy(): void {
    this.#stop.abort();
    for (const part of [this.#transport, this.#board, this.#form, this.#data, this.#storage])
      part.destroy();
    this.#exports.destroy();
    this.#analyses.dispose();
    this.#session.dispose();
  }

  #follow(now: LabState, before: LabState): void {
    if (now.selected !== before.selected)
      this.#session.send({ kind: 'select', network: now.selected });
    if (now.experiment !== before.experiment) this.#data.show(now.experiment);
    if (now.provider !== before.provider) this.#transport.provider(now.provider);
    writeAddress(now);
  }

  #hear(message: RunMessage): void {
    this.#transport.message(message);
    if (message.kind === 'frame') {
      const { epochs } =
        this.#session.run('a')?.training?.experiment ?? this.#store.state.experiment;
      this.#transport.frame(message.frame, epochs);
    }
    if (message.kind === 'provider') this.#times = message.times;
    if (message.kind === 'data') this.#learnSpeeds(message.data);
    if (message.kind === 'saved') this.#save(message.training);
  }

  /** Drawn only where it can be seen: a hidden page has no frames to wait for. */
  async #draw(): Promise<void> {
    const { runs } = this.#session;
    const [a, b] = [this.#session.run('a'), this.#session.run('b')];
    this.#transport.runs(Boolean(a?.training), b !== null || this.#store.state.compared !== null);
    this.#exports.show();
    if (document.hidden) return;
    await Promise.all([this.#board.show(runs), this.#compare.show(runs)]);
  }

  /** A run that was stopped is opened again where it is told to play. */
  #command(command: RunCommand): void {
    if (command.kind === 'play' && this.#session.phase === 'stopped') void this.#goOn(0);
    else this.#session.send(command);
  }

  async #train(): Promise<void> {
    const { experiment } = this.#store.state;
    const inputs = this.#told(() => this.#inputs.inputsOf(experiment));
    if (!inputs) return;
    this.#bringIntoView();
    await this.#begin(inputs, null);
  }

  /** On a small screen the pictures lie below the settings: whoever trains wants to see them. */
  #bringIntoView(): void {
    const { top } = this.#boardPlace.getBoundingClientRect();
    if (top > 0.6 * innerHeight || top < -0.5 * innerHeight)
      this.#boardPlace.scrollIntoView({ block: 'start' });
  }

  async #begin(inputs: RunInputs, resume: SavedTraining | null): Promise<void> {
    const { experiment, provider, selected } = this.#store.state;
    const request = { ...inputs, experiment, resume, provider, selected };
    const isOpen = await this.#session.open(request);
    if (isOpen && !resume) this.#session.send({ kind: 'play' });
  }

  /** A goes on for more epochs, or to its end; a failed run on the provider that always works. */
  async #goOn(more: number, provider = this.#store.state.provider): Promise<void> {
    await this.#session.save();
    const { training } = this.#session.run('a') ?? {};
    if (!training) return;
    const epochs = training.experiment.epochs + more;
    await this.#session.goOn(epochs, provider, this.#store.state.selected);
  }

  async #fork(fork: Fork): Promise<void> {
    // What was done since the last saving belongs to this moment too.
    await this.#session.save();
    const a = this.#session.run('a');
    if (!a?.training) return;
    const { experiment, state } = a.training;
    const rate = this.#session.frame?.learningRate ?? experiment.learningRate;
    const start = this.#inputs.keepWeights(forkStart, state.weights);
    const settings = this.#told(() => forked(experiment, fork, start, rate));
    if (!settings) return;
    this.#keepAsB();
    this.#store.change({ experiment: settings });
    await this.#begin({ csv: a.csv, startWeights: state.weights }, null);
  }

  #chooseProvider(provider: ProviderChoice): void {
    this.#store.pass({ provider });
    const { phase } = this.#session;
    if (phase !== 'idle' && phase !== 'stopped')
      this.#transport.say(
        'This run stays where it is; the next one computes there. To move this one, press Stop, then Play.',
      );
  }

  #keepAsB(): void {
    this.#session.keepAsB();
    const b = this.#session.run('b');
    if (b?.training) this.#store.pass({ compared: b.training.experiment });
  }

  #dropB(): void {
    this.#session.setB(null);
    this.#store.pass({ compared: null });
  }

  #takeData({ spec }: ChosenData): void {
    const { experiment } = this.#store.state;
    const plain = { ...experiment, data: spec };
    const path = spec.kind === experiment.data.kind ? 'data' : 'data.kind';
    const next = this.#told(() =>
      parseExperiment({ ...plain, ...createSettler()(plain, path) }, 'the data'),
    );
    if (next) this.#store.change({ experiment: next }, 'data');
  }

  /** Opened weights are a run that has not moved yet: it can be looked at, and trained on. */
  async #takeWeights({ experiment, weights, from }: ChosenWeights): Promise<void> {
    const path = this.#inputs.keepWeights(from, weights);
    this.#store.change({ experiment: { ...experiment, start: { path } } });
    const { state } = this.#store;
    const inputs = this.#told(() => this.#inputs.inputsOf(state.experiment));
    if (!inputs) return;
    const { provider, selected } = state;
    const beginning = { ...inputs, experiment: state.experiment, resume: null };
    const isOpen = await this.#session.open({ ...beginning, provider, selected });
    if (isOpen) this.#session.send({ kind: 'pause' });
  }

  async #reopen({ state, training, csv, startWeights }: OpenedExperiment): Promise<void> {
    // What was brought along is the run's, whatever has been set since.
    const owner = training?.experiment ?? state.experiment;
    const { start } = owner;
    const path = start && startWeights ? this.#inputs.keepWeights(start.path, startWeights) : null;
    if (csv !== null) this.#data.give(owner, csv);
    const isNamed = path !== null && state.experiment.start?.path === start?.path;
    const experiment = isNamed ? { ...state.experiment, start: { path } } : state.experiment;
    this.#store.change({ ...state, experiment });
    if (training) await this.#begin({ csv, startWeights }, training);
  }

  /** What `auto` has measured is worth knowing also of the provider that it did not take. */
  #learnSpeeds(data: PreparedData): void {
    const { experiment } = this.#session.run('a')?.training ?? this.#store.state;
    for (const [provider, milliseconds] of Object.entries(this.#times ?? {}))
      this.#speed.learn(provider, experiment, data, milliseconds);
    this.#times = null;
  }

  #save(training: SavedTraining): void {
    const { pace } = this.#transport;
    const { display } = this.#session.run('a') ?? {};
    if (pace && display)
      this.#speed.learn(display.provider, training.experiment, display.data, pace);
    this.#form.refresh();
    this.#storage.keepDraft();
  }

  /** What makes something of the settings may refuse them: in a sentence, beside the buttons. */
  #told<T>(make: () => T): T | null {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      this.#transport.say(error.message);
      return null;
    }
  }
}
