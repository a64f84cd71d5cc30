// <atlas-live-retrain>: trains the networks of a run again in the page, in a worker, and shows them while they move.
import type { Experiment, RunDisplay } from '../../artifact/display.ts';
import { breathe } from '../../worker/yield-to-tasks.ts';
import { witness } from '../../worker/limits.ts';
import type { Failure, ProviderChoice, TrainedRun, WorkerMessage } from '../../worker/messages.ts';
import { createTrainingClient, type TrainingClient } from '../../worker/training-client.ts';
import { sameLand, sameTraining, summariseRun, type PublishedRun } from './compare-runs.ts';
import { openForm, type LiveForm } from './retrain-form.ts';
import { fetchKnownLand, type KnownLand } from './known-plane.ts';
import { LiveRun } from './live-run.ts';
import { Progress } from './progress.ts';
import { LiveFigure } from './live-figure.ts';
import { onPick } from '../../elements/picks.ts';
import { FileError } from '../../elements/read-file.ts';
import { fetchRun } from '../../elements/run-cache.ts';

type Phase = 'idle' | 'training' | 'paused' | 'drawing';

/** Everything about the run under way; another run has another. */
interface Attempt {
  readonly experiment: Experiment;
  readonly land: KnownLand | null;
  /** Seconds of training, pauses left out, up to `since`. */
  seconds: number;
  /** When training last went on; null while it does not. */
  since: number | null;
  run: LiveRun | null;
  provider: string;
  initialChecksum: string | null;
  isOver: boolean;
}

export class AtlasLiveRetrain extends HTMLElement {
  #base!: Experiment;
  #published: PublishedRun | null = null;
  #form!: LiveForm;
  #progress!: Progress;
  #views: LiveFigure[] = [];
  #client: TrainingClient | null = null;
  #attempt: Attempt | null = null;
  #phase: Phase = 'idle';
  #shown: RunDisplay | null = null;
  #selected = witness;
  /** Multiply-adds a second in the last run. */
  #speed: number | null = null;
  #waking: Promise<void> | null = null;
  #stopPicks = (): void => {};

  connectedCallback(): void {
    this.#base = JSON.parse(this.dataset['experiment'] ?? '{}') as Experiment;
    this.#published = JSON.parse(this.dataset['published'] ?? 'null') as PublishedRun | null;
    const form = this.#find<HTMLFormElement>('form');
    this.#form = openForm(form);
    this.#progress = new Progress(this);
    this.#views = [...this.querySelectorAll<HTMLElement>('[data-view]')].map(
      (place) => new LiveFigure(place),
    );
    this.#selected = Math.min(witness, this.#base.initialisations - 1);
    this.#listen(form);
    this.dataset['alive'] = '';
    this.#enter('idle');
  }

  disconnectedCallback(): void {
    this.#stopPicks();
    for (const view of this.#views) view.destroy();
    this.#client?.dispose();
    this.#client = null;
  }

  #listen(form: HTMLFormElement): void {
    const wake = () => void this.#wake();
    this.addEventListener('pointerenter', wake);
    this.addEventListener('focusin', wake);
    form.addEventListener('input', () => void this.#check());
    form.addEventListener('change', () => void this.#check());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#train(this.#form.provider());
    });
    this.#button('pause').addEventListener('click', () => this.#togglePause());
    this.#button('stop').addEventListener('click', () => this.#client?.stop());
    this.#button('reset').addEventListener('click', () => this.#reset());
    this.#button('fallback').addEventListener('click', () => void this.#train('wasm'));
    // The field beside the pictures always names a network: letting go of one changes nothing.
    this.#stopPicks = onPick(this, ({ network }) => {
      if (network !== null) this.#select(network);
    });
    this.#find<HTMLInputElement>('[data-network]').addEventListener('input', (event) => {
      const { valueAsNumber } = event.currentTarget as HTMLInputElement;
      if (Number.isInteger(valueAsNumber) && valueAsNumber >= 0) this.#select(valueAsNumber);
    });
  }

  /** Fetches figures and the published run when the reader first reaches for it; until then the drawings in the HTML do. */
  #wake(): Promise<void> {
    this.#waking ??= (async () => {
      const parts = ['curves', 'data', 'boundaries', 'landscape'] as const;
      const [run] = await Promise.all([
        fetchRun(this.dataset['preset'] ?? '', parts),
        ...this.#views.map((view) => view.load()),
      ]);
      if (!this.#shown) await this.#show(run);
      await this.#check();
    })().catch((error: unknown) => {
      // The drawings in the HTML stay; training still works.
      console.error(error);
    });
    return this.#waking;
  }

  /** Draws one view a frame, apart from the browser's own work for that frame: no task is long. */
  async #show(run: RunDisplay): Promise<void> {
    this.#shown = run;
    for (const view of this.#views) {
      if (!document.hidden) await nextFrame();
      await breathe();
      if (this.#shown !== run) return;
      view.show(run, this.#selected);
    }
  }

  #select(network: number): void {
    const most = (this.#attempt?.experiment ?? this.#base).initialisations - 1;
    const next = Math.min(network, most);
    if (next === this.#selected) return;
    this.#selected = next;
    this.#writeSelected();
    this.#client?.select(next);
    if (this.#shown) void this.#show(this.#shown);
  }

  #writeSelected(): void {
    const input = this.#find<HTMLInputElement>('[data-network]');
    const most = (this.#attempt?.experiment ?? this.#base).initialisations - 1;
    input.max = String(most);
    if (input.valueAsNumber !== this.#selected) input.value = String(this.#selected);
  }

  /** Reads the form, writes what is wrong beside each control and what the run would take; null where it cannot run. */
  async #check(): Promise<{ experiment: Experiment; csv: string | null } | null> {
    const [{ readControls }, { estimateRun }, chosen] = await Promise.all([
      import('./read-form.ts'),
      import('./estimate.ts'),
      this.#form.csv().catch(refusedFile),
    ]);
    const file = chosen instanceof FileError ? null : chosen;
    const controls = this.#form
      .controls()
      .map((control) =>
        control.name === 'data.path' ? { ...control, text: file?.name ?? '' } : control,
      );
    const reading = readControls(this.#base, controls);
    const isFileMissing = controls.some(({ name, text }) => name === 'data.path' && text === '');
    const problems = new Map(reading.problems);
    if (chosen instanceof FileError) problems.set('data.path', chosen.message);
    else if (isFileMissing)
      problems.set('data.path', 'Choose a CSV file: a row for each point, its label last.');
    this.#form.showProblems(problems);
    let { experiment, together } = reading;
    let estimate = '';
    if (experiment) {
      const { sentence, refusal } = estimateRun(experiment, this.#speed);
      estimate = sentence;
      together ??= refusal;
    }
    this.#write('.live-estimate', estimate);
    this.#write('.live-together', together ?? '');
    if (problems.size > 0 || together) experiment = null;
    return experiment && { experiment, csv: file?.text ?? null };
  }

  async #train(provider: ProviderChoice): Promise<void> {
    if (this.#phase !== 'idle') return;
    const ready = await this.#check();
    if (!ready) {
      if (!this.#form.focusProblem())
        this.#progress.say('These settings cannot be trained; see the sentence above.');
      else this.#progress.say('Not trained: a setting needs to be mended first.');
      return;
    }
    const { experiment, csv } = ready;
    this.#enter('training');
    this.#write('.live-summary', '');
    this.#button('fallback').hidden = true;
    this.#bringIntoView();
    await this.#wake();
    const hasLand = sameLand(experiment, this.#base);
    const land = hasLand ? await fetchKnownLand(this.dataset['preset'] ?? '') : null;
    const attempt: Attempt = {
      experiment,
      land,
      seconds: 0,
      since: null,
      run: null,
      provider: '',
      initialChecksum: null,
      isOver: false,
    };
    this.#attempt = attempt;
    this.#selected = Math.min(this.#selected, experiment.initialisations - 1);
    this.#writeSelected();
    this.#client ??= createTrainingClient();
    const outcome = await this.#client.train(
      {
        experiment,
        provider,
        csv,
        selected: this.#selected,
        knownPlane: land?.knownPlane ?? null,
      },
      (message) => this.#hear(attempt, message),
    );
    if (attempt.isOver) return;
    attempt.isOver = true;
    if (outcome.kind === 'trained') await this.#finish(attempt, outcome.run);
    else if (outcome.kind === 'failed') this.#fail(outcome.failure);
    this.#enter('idle');
  }

  /** Resolves once the message is on screen: the worker holds the next frame back until then. */
  async #hear(attempt: Attempt, message: WorkerMessage): Promise<void> {
    if (attempt.isOver) return;
    const progress = this.#progress;
    switch (message.kind) {
      case 'stage':
        progress.stage(message.stage);
        if (message.stage === 'train') attempt.since = performance.now();
        if (message.stage === 'boundaries') {
          stopClock(attempt);
          this.#enter('drawing');
        }
        return;
      case 'download':
        progress.download(message.loadedBytes, message.totalBytes);
        return nextFrame();
      case 'provider':
        attempt.provider = message.provider;
        progress.provider(message.provider, message.threads);
        this.#write('.live-reason', message.reason);
        return;
      case 'data':
        attempt.initialChecksum = message.initialChecksum;
        attempt.run = new LiveRun(
          attempt.experiment,
          message.data,
          attempt.provider,
          attempt.land?.surface ?? null,
        );
        this.#sayWhichPlane(attempt.land ? 'published' : 'starts');
        return;
      case 'surface':
        attempt.run?.addSurface(message.surface);
        return;
      case 'landscape':
        progress.landscape(message.share);
        return nextFrame();
      case 'fallback':
        attempt.run = null;
        attempt.seconds = 0;
        this.#enter('training');
        progress.say(message.sentence);
        this.#write('.live-reason', message.sentence);
        return;
      case 'frame': {
        const { frame } = message;
        await nextFrame();
        if (attempt.isOver) return;
        attempt.run?.addFrame(frame);
        const share = frame.step / frame.totalSteps;
        progress.training(frame.epoch, attempt.experiment.epochs, share, this.#phase === 'paused');
        progress.pace(frame.millisecondsPerStep);
        const display = attempt.run?.display();
        if (display) await this.#show(display);
      }
    }
  }

  async #finish(attempt: Attempt, trained: TrainedRun): Promise<void> {
    const { run, experiment } = attempt;
    if (!run) return;
    run.finish(trained);
    const { speedOf } = await import('./estimate.ts');
    const pace = this.#progress.measuredPace;
    if (pace) this.#speed = speedOf(experiment, run.data, pace);
    const display = run.display();
    if (display) await this.#show(display);
    this.#sayWhichPlane(trained.landscape ? 'own' : attempt.land ? 'published' : 'starts');
    const summary = summariseRun({
      isSameTraining: sameTraining(experiment, this.#base),
      stopped: trained.stopped,
      provider: trained.provider,
      seconds: attempt.seconds,
      epochs: trained.frame.epoch,
      statistics: trained.statistics,
      finalLosses: run.lastLosses,
      initialChecksum: attempt.initialChecksum,
      witness,
      published: this.#published,
    });
    this.#write('.live-summary', summary);
    this.#progress.end(trained.stopped ? 'Stopped' : 'Trained');
    this.#progress.say(
      trained.landscape ? 'Done: training and landscape.' : 'Done; the landscape was left out.',
    );
    void this.#check();
  }

  #fail({ kind, sentence }: Failure): void {
    this.#progress.end('Not finished');
    this.#progress.say(sentence);
    this.#write('.live-summary', '');
    this.#button('fallback').hidden = kind !== 'device-lost' && kind !== 'provider';
  }

  #togglePause(): void {
    const isPaused = this.#phase === 'paused';
    if (isPaused) this.#client?.resume();
    else this.#client?.pause();
    if (this.#attempt && isPaused) this.#attempt.since = performance.now();
    else if (this.#attempt) stopClock(this.#attempt);
    this.#enter(isPaused ? 'training' : 'paused');
    this.#progress.say(isPaused ? 'Training goes on.' : 'Paused.');
  }

  /** Back to the published run: its settings, its pictures. */
  #reset(): void {
    if (this.#attempt) this.#attempt.isOver = true;
    this.#attempt = null;
    this.#client?.abandon();
    this.#form.reset();
    this.#progress.clear();
    this.#selected = Math.min(witness, this.#base.initialisations - 1);
    this.#writeSelected();
    for (const place of ['.live-summary', '.live-reason', '.live-estimate', '.live-together']) {
      this.#write(place, '');
    }
    this.#button('fallback').hidden = true;
    this.#sayWhichPlane('published-run');
    this.#enter('idle');
    void this.#check();
    const parts = ['curves', 'data', 'boundaries', 'landscape'] as const;
    void fetchRun(this.dataset['preset'] ?? '', parts).then(
      (run) => this.#show(run),
      (error: unknown) => console.error(error),
    );
    this.#progress.say('Reset to the published run.');
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.dataset['phase'] = phase;
    const isIdle = phase === 'idle';
    this.#form.lock(!isIdle);
    this.#button('train').disabled = !isIdle;
    const pause = this.#button('pause');
    pause.disabled = phase !== 'training' && phase !== 'paused';
    pause.textContent = phase === 'paused' ? 'Resume' : 'Pause';
    const stop = this.#button('stop');
    stop.disabled = isIdle;
    stop.textContent = phase === 'drawing' ? 'Skip the landscape' : 'Stop';
  }

  #sayWhichPlane(which: 'published-run' | 'published' | 'starts' | 'own'): void {
    const network = 'Each path is one network.';
    const sentences = {
      'published-run': 'The published run, on the plane of its own snapshots.',
      published: `${network} The plane and the surface are those of the published run; live weights are projected onto it.`,
      starts: `${network} While they train, they are seen on the plane of their own starts (principal components of the untrained weights), over a coarse surface evaluated there. The plane of the whole run comes at the end.`,
      own: `${network} Plane and surface were computed just now, from the snapshots of this run.`,
    } as const;
    this.#write('.live-plane', sentences[which]);
  }

  /** On a small screen the pictures lie below the settings: whoever trains wants to see them. */
  #bringIntoView(): void {
    const top = this.#find('[data-view]').getBoundingClientRect().top;
    if (top > 0.6 * innerHeight) this.#find('.live-report').scrollIntoView({ block: 'start' });
  }

  #find<E extends HTMLElement>(selector: string): E {
    return this.querySelector<E>(selector)!;
  }

  #button(name: string): HTMLButtonElement {
    return this.#find(`[data-action="${name}"]`);
  }

  #write(selector: string, text: string): void {
    const place = this.#find(selector);
    if (place.textContent !== text) place.textContent = text;
  }
}

function stopClock(attempt: Attempt): void {
  if (attempt.since !== null) attempt.seconds += (performance.now() - attempt.since) / 1000;
  attempt.since = null;
}

/** A file that is too large or gone, to be said beside its control. */
function refusedFile(error: unknown): FileError {
  if (error instanceof FileError) return error;
  throw error;
}

const nextFrame = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => resolve()));

customElements.define('atlas-live-retrain', AtlasLiveRetrain);
