// The short form at work: read by the schema, with the reader's file, and what the run would take beside it.
import type { Experiment } from '../../learning/experiment.ts';
import { parseExperiment } from '../../learning/parse-experiment.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { bytesOfFile, FileError, tableBound } from '../../elements/read-file.ts';
import { SchemaForm } from '../form/schema-form.ts';
import { estimateRun, speedOf } from './estimate.ts';
import { completeSettings, shortField, shortFormOptions } from './short-form.ts';

const where = 'the form';

export interface RunSettings {
  readonly experiment: Experiment;
  /** Text of the reader's file, where the data are one. */
  readonly csv: string | null;
}

export class RetrainForm {
  readonly #root: HTMLFormElement;
  readonly #base: Experiment;
  readonly #form: SchemaForm<Experiment>;
  #experiment: Experiment | null;
  #csv: string | null = null;
  /** Multiply-adds a second in the last run. */
  #speed: number | null = null;

  /** @param prefix before the ids of its controls. */
  constructor(root: HTMLFormElement, base: Experiment, prefix: string) {
    this.#root = root;
    this.#base = base;
    this.#experiment = base;
    this.#form = new SchemaForm(root, shortField(), {
      ...shortFormOptions(prefix),
      value: base,
      where,
      parse: (plain) => parseExperiment(completeSettings(base, plain), where),
      onChange: (experiment) => {
        this.#experiment = experiment;
        this.#estimate();
      },
    });
    root.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === 'file') void this.#read(target);
    });
    this.#estimate();
  }

  /** Null where something cannot be trained; a sentence says so beside its control, or below them all. */
  get settings(): RunSettings | null {
    const experiment = this.#experiment;
    if (!experiment || this.#refusal(experiment) !== null) return null;
    return { experiment, csv: experiment.data.kind === 'csv' ? this.#csv : null };
  }

  /** Moves the focus to the first control with a problem; says whether there is one. */
  focusProblem(): boolean {
    return this.#form.focusProblem();
  }

  /** Back to the published settings. */
  reset(): void {
    this.#form.set(this.#base);
    this.#experiment = this.#base;
    this.#csv = null;
    this.#estimate();
  }

  /** From now on estimates say what was measured. */
  learnSpeed(experiment: Experiment, data: PreparedData, millisecondsPerStep: number): void {
    this.#speed = speedOf(experiment, data, millisecondsPerStep);
    this.#estimate();
  }

  async #read(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    const table = await readTable(file);
    if (input.files?.[0] !== file) return;
    this.#csv = 'text' in table ? table.text : null;
    this.#form.takeFile(input.name, table);
  }

  #refusal(experiment: Experiment): string | null {
    return estimateRun(experiment, this.#speed).refusal;
  }

  #estimate(): void {
    const experiment = this.#experiment;
    const estimate = experiment && estimateRun(experiment, this.#speed);
    this.#write('.live-estimate', estimate?.sentence ?? '');
    // Without an experiment the form itself says there what is wrong.
    if (estimate) this.#write('[data-together]', estimate.refusal ?? '');
  }

  #write(selector: string, text: string): void {
    const place = this.#root.querySelector(selector)!;
    if (place.textContent !== text) place.textContent = text;
  }
}

type ReadTable = { readonly name: string; readonly text: string } | { readonly problem: string };

/** The reader's table, or a sentence where it is too large or gone. */
export async function readTable(file: File): Promise<ReadTable> {
  try {
    const bytes = await bytesOfFile(file, tableBound);
    return { name: file.name, text: new TextDecoder().decode(bytes) };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { problem: error.message };
  }
}
