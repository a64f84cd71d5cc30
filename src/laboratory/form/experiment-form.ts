// The settings of the laboratory: the form and the store kept alike, what they will take, where they began, undo and redo.
import { dataDimensions, type DataDimensions } from '../../learning/data-dimensions.ts';
import { experimentSchema, type Experiment } from '../../learning/experiment.ts';
import { parseExperiment } from '../../learning/parse-experiment.ts';
import { estimateLab } from '../estimate/estimate.ts';
import type { LabState } from '../lab-state.ts';
import type { LabStore } from '../lab-store.ts';
import {
  classic,
  presetFromAddress,
  readPreset,
  withPreset,
  type Preset,
} from '../presets/experiment-presets.ts';
import { describeSchema } from './describe-schema.ts';
import { experimentFacts, experimentFolds } from './experiment-layout.ts';
import { differencesIn, showMarks } from './difference-marks.ts';
import { SchemaForm } from './schema-form.ts';
import { createSettler } from './dependent-settings.ts';
import { isTyping, undoKey } from './undo-keys.ts';

const where = 'the settings';

export interface ExperimentFormOptions {
  /** Multiply-adds a second, measured on this machine; null before anything was. */
  measuredSpeed(): number | null;
  /** How large the reader's own file of that name is; null before it has been read. */
  dimensionsFor?(path: string): DataDimensions | null;
  /** Whether the settings in the form can be trained. */
  onReady?(isReady: boolean): void;
}

export class ExperimentForm {
  readonly #root: HTMLElement;
  readonly #store: LabStore;
  readonly #options: ExperimentFormOptions;
  readonly #form: SchemaForm<Experiment>;
  readonly #ends = new AbortController();
  readonly #unlisten: () => void;
  #preset: Preset = classic();
  #isValid = true;

  constructor(root: HTMLElement, store: LabStore, options: ExperimentFormOptions) {
    this.#root = root;
    this.#store = store;
    this.#options = options;
    const field = describeSchema(experimentSchema, experimentFacts);
    this.#form = new SchemaForm(this.#place('lab-form'), field, {
      value: store.state.experiment,
      prefix: 'lab',
      where,
      folded: experimentFolds,
      settle: createSettler(),
      parse: (plain) => parseExperiment(plain, where),
      onChange: (experiment, path) => {
        this.#isValid = experiment !== null;
        if (experiment) this.#store.change({ experiment }, path);
        this.#show();
      },
    });
    this.#unlisten = store.listen((state, before) => this.#follow(state, before));
    const { signal } = this.#ends;
    const press = (name: string, act: () => void) =>
      this.#place(name).addEventListener('click', act, { signal });
    press('lab-undo', () => store.undo());
    press('lab-redo', () => store.redo());
    press('lab-reset', () => this.startFrom(this.#preset));
    const select = this.#place('lab-preset') as HTMLSelectElement;
    select.addEventListener('change', () => void this.#choose(select.value), { signal });
    document.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    const asked = presetFromAddress(location.search);
    if (asked !== null) void this.#markPreset(asked);
    this.#show();
  }

  /** Where the settings go back to. */
  get preset(): Preset {
    return this.#preset;
  }

  /** Begins again from these settings, in one step that can be undone. */
  startFrom(preset: Preset): void {
    this.#preset = preset;
    this.#store.change(withPreset(this.#store.state, preset));
    this.#form.set(this.#store.state.experiment);
    this.#isValid = true;
    this.#show();
  }

  /** Says again what the settings will take, after another measurement. */
  refresh(): void {
    this.#show();
  }

  lock(isLocked: boolean): void {
    this.#form.lock(isLocked);
  }

  focusProblem(): boolean {
    return this.#form.focusProblem();
  }

  destroy(): void {
    this.#ends.abort();
    this.#unlisten();
    this.#form.destroy();
  }

  #place(name: string): HTMLElement {
    return this.#root.querySelector<HTMLElement>(`[data-${name}]`)!;
  }

  #follow(state: LabState, before: LabState): void {
    if (state.experiment !== before.experiment) {
      this.#form.set(state.experiment);
      this.#isValid = true;
    }
    this.#show();
  }

  #onKey(event: KeyboardEvent): void {
    const key = undoKey(event);
    if (key === null || isTyping(event.target)) return;
    event.preventDefault();
    if (key === 'undo') this.#store.undo();
    else this.#store.redo();
  }

  async #choose(id: string): Promise<void> {
    const preset = await readPreset(id);
    if (preset) this.startFrom(preset);
    else this.#say('lab-refusal', 'The list of settings could not be loaded; try again.');
  }

  /** The laboratory was opened with it: nothing changes but where reset leads. */
  async #markPreset(id: string): Promise<void> {
    const preset = await readPreset(id);
    if (!preset || this.#ends.signal.aborted) return;
    this.#preset = preset;
    this.#show();
  }

  #show(): void {
    const { state, canUndo, canRedo } = this.#store;
    (this.#place('lab-undo') as HTMLButtonElement).disabled = !canUndo;
    (this.#place('lab-redo') as HTMLButtonElement).disabled = !canRedo;
    (this.#place('lab-preset') as HTMLSelectElement).value = this.#preset.id;
    const leaves = this.#form.leaves(state.experiment);
    const fromPreset = differencesIn(leaves, [this.#other('preset', this.#preset.experiment)]);
    const others = [this.#other('preset', this.#preset.experiment)];
    if (state.compared) others.unshift(this.#other('B', state.compared));
    showMarks(this.#root, differencesIn(leaves, others));
    (this.#place('lab-reset') as HTMLButtonElement).disabled =
      fromPreset.size === 0 && this.#isValid;
    this.#estimate(state.experiment);
  }

  #other(name: string, experiment: Experiment) {
    return { name, leaves: this.#form.leaves(experiment) };
  }

  #estimate(experiment: Experiment): void {
    const { sentence, advice, refusal } = estimateLab(
      experiment,
      this.#dimensionsOf(experiment),
      this.#options.measuredSpeed(),
    );
    this.#say('lab-estimate', [sentence, advice ?? ''].join(' ').trim());
    this.#say('lab-refusal', refusal ?? '');
    this.#options.onReady?.(this.#isValid && refusal === null);
  }

  #dimensionsOf({ data }: Experiment): DataDimensions | null {
    if (data.kind === 'csv') return this.#options.dimensionsFor?.(data.path) ?? null;
    return dataDimensions(data);
  }

  #say(name: string, sentence: string): void {
    const place = this.#place(name);
    if (place.textContent !== sentence) place.textContent = sentence;
  }
}
