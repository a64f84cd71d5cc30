// Networks that somebody trained elsewhere: a file of weights, opened for the data that are chosen.
import type { OpenedWeights } from '../../artifact/open-weights.ts';
import type { Activation, Experiment } from '../../learning/experiment.ts';
import type { TableClient } from '../../worker/table/table-client.ts';
import { bytesOfFile, FileError, type FileBound } from '../../elements/read-file.ts';
import { partOf } from './create-html.ts';

export interface WeightsActions {
  experiment(): Experiment;
  csv(): string | null;
  onOpened(opened: OpenedWeights, file: string): void;
}

const bound: FileBound = {
  mostBytes: 400e6,
  advice: 'keep fewer networks, or the last snapshot alone',
};

export class WeightsSection {
  readonly #root: HTMLElement;
  readonly #client: TableClient;
  readonly #actions: WeightsActions;
  readonly #stop = new AbortController();
  #latest = 0;

  constructor(root: HTMLElement, client: TableClient, actions: WeightsActions) {
    this.#root = root;
    this.#client = client;
    this.#actions = actions;
    const input = partOf<HTMLInputElement>(root, 'weights-file');
    input.addEventListener('change', () => void this.#choose(input), { signal: this.#stop.signal });
  }

  async open(file: File): Promise<void> {
    const request = ++this.#latest;
    this.#say(`Opening ${file.name} …`);
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = await bytesOfFile(file, bound);
    } catch (error) {
      if (error instanceof FileError) return this.#say(error.message);
      throw error;
    }
    const experiment = {
      ...this.#actions.experiment(),
      activation: this.#activation.value as Activation,
    };
    const told = await this.#client.openWeights(bytes, file.name, experiment, this.#actions.csv());
    if (request !== this.#latest) return;
    if (told.kind === 'refused') return this.#say(told.sentence);
    const { summary, experiment: opened, tellsActivation } = told.result;
    const activation = tellsActivation
      ? `The file names their activation, ${opened.activation}.`
      : `The file does not say with which activation they were trained; ${opened.activation} is taken. If it was another, choose it and open the file again.`;
    this.#say(`Opened ${summary}. ${activation}`);
    this.#actions.onOpened(told.result, file.name);
  }

  show(experiment: Experiment): void {
    this.#activation.value = experiment.activation;
  }

  destroy(): void {
    this.#latest++;
    this.#stop.abort();
  }

  get #activation(): HTMLSelectElement {
    return partOf<HTMLSelectElement>(this.#root, 'weights-activation');
  }

  async #choose(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (file) await this.open(file);
    input.value = '';
  }

  #say(words: string): void {
    partOf(this.#root, 'weights-words').textContent = words;
  }
}
