// <atlas-live-retrain>: trains the networks of a run again in the page, in a worker, and shows them while they move.
import type { Experiment } from '../../artifact/display.ts';
import { onPick } from '../../elements/picks.ts';
import { fetchRun } from '../../elements/run-cache.ts';
import { witness } from '../../worker/limits.ts';
import type { ProviderChoice } from '../../worker/provider-choice.ts';
import { TrainingClient } from '../../worker/run/training-client.ts';
import { sameLandscape, type PublishedRun } from './compare-runs.ts';
import { fetchKnownLandscape } from './known-landscape.ts';
import type { RetrainForm } from './retrain-form.ts';
import { RetrainRun } from './retrain-run.ts';
import { RetrainView } from './retrain-view.ts';

const parts = ['curves', 'data', 'boundaries', 'landscape'] as const;

export class AtlasLiveRetrain extends HTMLElement {
  #base!: Experiment;
  #published: PublishedRun | null = null;
  #view!: RetrainView;
  readonly #client = new TrainingClient();
  #run: RetrainRun | null = null;
  #opening: Promise<RetrainForm> | null = null;
  /** Null until it has been fetched; the controls in the HTML are used until then. */
  #form: RetrainForm | null = null;
  #pictures: Promise<void> | null = null;
  #stopPicks = (): void => {};
  /** Presses of Train and Reset: what an earlier one has begun is not gone on with. */
  #presses = 0;

  connectedCallback(): void {
    this.#base = JSON.parse(this.dataset['experiment'] ?? '{}') as Experiment;
    this.#published = JSON.parse(this.dataset['published'] ?? 'null') as PublishedRun | null;
    this.#view = new RetrainView(this);
    this.#view.select(witness, this.#lastNetwork);
    this.#listen();
    this.dataset['alive'] = '';
    this.#view.enter('idle');
  }

  disconnectedCallback(): void {
    this.#stopPicks();
    this.#run?.abandon();
    this.#view.destroy();
    this.#client.dispose();
  }

  #listen(): void {
    const view = this.#view;
    const wake = () => void this.#wake();
    this.addEventListener('pointerenter', wake);
    this.addEventListener('focusin', wake);
    view.find('form').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#train(view.provider);
    });
    view.button('pause').addEventListener('click', () => this.#run?.togglePause());
    view.button('stop').addEventListener('click', () => this.#run?.stop());
    view.button('reset').addEventListener('click', () => void this.#reset());
    view.button('fallback').addEventListener('click', () => void this.#train('wasm'));
    // The field beside the pictures always names a network: letting go of one changes nothing.
    this.#stopPicks = onPick(this, ({ network }) => {
      if (network !== null) this.#select(network);
    });
    view.find<HTMLInputElement>('[data-network]').addEventListener('input', (event) => {
      const { valueAsNumber } = event.currentTarget as HTMLInputElement;
      if (Number.isInteger(valueAsNumber) && valueAsNumber >= 0) this.#select(valueAsNumber);
    });
  }

  /** Fetches form, figures and the published run when the reader first reaches for it; until then the HTML does. */
  async #wake(): Promise<void> {
    try {
      await Promise.all([this.#openForm(), this.#openPictures()]);
    } catch (error) {
      // The drawings in the HTML stay; training still works.
      console.error(error);
    }
  }

  #openForm(): Promise<RetrainForm> {
    this.#opening ??= import('./retrain-form.ts').then(({ RetrainForm: Form }) => {
      const prefix = this.dataset['prefix'] ?? '';
      this.#form = new Form(this.#view.find('form'), this.#base, prefix);
      return this.#form;
    });
    return this.#opening;
  }

  #openPictures(): Promise<void> {
    this.#pictures ??= Promise.all([this.#fetchPublished(), this.#view.load()]).then(([run]) =>
      this.#view.shown ? undefined : this.#view.show(run),
    );
    return this.#pictures;
  }

  #fetchPublished() {
    return fetchRun(this.dataset['preset'] ?? '', parts);
  }

  get #lastNetwork(): number {
    return (this.#run?.experiment ?? this.#base).initialisations - 1;
  }

  #select(network: number): void {
    const view = this.#view;
    const before = view.selected;
    view.select(network, this.#lastNetwork);
    if (view.selected === before) return;
    this.#client.send({ kind: 'select', network: view.selected });
    if (view.shown) void view.show(view.shown);
  }

  async #train(provider: ProviderChoice): Promise<void> {
    const view = this.#view;
    if (view.phase !== 'idle') return;
    const press = ++this.#presses;
    const form = await this.#openForm();
    if (this.#presses !== press) return;
    const { settings } = form;
    if (!settings) {
      view.progress.say(
        form.focusProblem()
          ? 'Not trained: a setting needs to be mended first.'
          : 'These settings cannot be trained; see the sentence above.',
      );
      return;
    }
    view.enter('training');
    view.write('.live-summary', '');
    view.offerFallback(false);
    view.bringIntoView();
    await this.#wake();
    const known = sameLandscape(settings.experiment, this.#base)
      ? await fetchKnownLandscape(this.dataset['preset'] ?? '')
      : null;
    if (this.#presses !== press) return;
    const run = new RetrainRun({
      ...{ client: this.#client, view, settings, provider, known },
      ...{ base: this.#base, published: this.#published },
    });
    this.#run = run;
    view.select(view.selected, this.#lastNetwork);
    const trained = await run.train();
    if (this.#run !== run) return;
    view.enter('idle');
    const pace = view.progress.measuredPace;
    if (trained && pace) form.learnSpeed(run.experiment, trained.data, pace);
  }

  /** Back to the published run: its settings, its pictures. */
  async #reset(): Promise<void> {
    const view = this.#view;
    this.#presses++;
    this.#run?.abandon();
    this.#run = null;
    view.clear();
    this.#form?.reset();
    // The file, the provider, and all of it where the form has not been fetched yet.
    view.find<HTMLFormElement>('form').reset();
    view.select(witness, this.#lastNetwork);
    view.sayWhichPlane('published-run');
    view.enter('idle');
    view.progress.say('Reset to the published run.');
    try {
      const run = await this.#fetchPublished();
      if (!this.#run) await view.show(run);
    } catch (error) {
      console.error(error);
    }
  }
}

customElements.define('atlas-live-retrain', AtlasLiveRetrain);
