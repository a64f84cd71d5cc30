// The data section: what the networks learn from, seen, brought along, or drawn by hand; and networks from elsewhere.
import type { OpenedWeights } from '../../artifact/open-weights.ts';
import type { DataDimensions } from '../../learning/data-dimensions.ts';
import type { DataSpec, Experiment } from '../../learning/experiment.ts';
import { seedsOf } from '../../learning/seeds.ts';
import { createTableClient } from '../../worker/table/table-client.ts';
import { PreparedTables } from './prepared-tables.ts';
import { partOf } from './create-html.ts';
import { dropFiles, isWeightsFile } from './drop-files.ts';
import { freeName } from './free-name.ts';
import { editorExtent, type HandPoints } from './drawn-points.ts';
import { drawPicture, pictureWords } from './data-preview.ts';
import { PointsSection } from './points-section.ts';
import { TableSection, type TableOrigin } from './table-section.ts';
import { WeightsSection } from './weights-section.ts';

export interface ChosenData {
  readonly spec: DataSpec;
  /** Text in canonical form where `spec.kind` is 'csv'. */
  readonly csv: string | null;
}

export interface ChosenWeights {
  readonly experiment: Experiment;
  /** `[N, P]`. */
  readonly weights: Float32Array;
  /** The file's name, with a number where it names other weights already. */
  readonly from: string;
}

export interface DataSectionOptions {
  /** The settings in the form. */
  experiment(): Experiment;
  onData(data: ChosenData): void;
  onWeights(opened: ChosenWeights): void;
  say(sentence: string): void;
}

type CsvSpec = Extract<DataSpec, { kind: 'csv' }>;

/** Where settings do not name the label, it is the last. */
const lastColumn = -1;
/** Settings come in quick succession while a slider is drawn. */
const pictureDelay = 200;

export class DataSection {
  readonly #root: HTMLElement;
  readonly #options: DataSectionOptions;
  readonly #client = createTableClient();
  readonly #tables = new PreparedTables<TableOrigin>();
  readonly #weightNames = new Set<string>();
  readonly #table: TableSection;
  readonly #points: PointsSection;
  readonly #weights: WeightsSection;
  readonly #endDrops: () => void;
  #pictured = '';
  #timer = 0;
  #latest = 0;
  #endPicture: () => void = () => {};

  constructor(root: HTMLElement, options: DataSectionOptions) {
    this.#root = root;
    this.#options = options;
    this.#table = new TableSection(root, this.#client, {
      onTable: (origin) => this.#takeTable(origin),
      awaitedLabel: () => {
        const awaited = this.#awaited();
        return awaited && (awaited.labelColumn ?? lastColumn);
      },
    });
    this.#points = new PointsSection(root, {
      onPoints: (points) => this.#takePoints(points),
      current: () => this.#currentPoints(),
    });
    this.#weights = new WeightsSection(root, this.#client, {
      experiment: () => options.experiment(),
      csv: () => this.#csvOf(options.experiment()),
      onOpened: (opened, file) => this.#takeWeights(opened, file),
    });
    this.#endDrops = dropFiles(root, (file) => this.#drop(file));
    root.dataset['ready'] = '';
  }

  /** What the settings say now, whoever changed them. */
  show(experiment: Experiment): void {
    const { data } = experiment;
    if (data.kind === 'csv') this.#showTable(data);
    if (data.kind === 'points') this.#points.show(data.points);
    this.#weights.show(experiment);
    this.#showAbsence();
    const { testFraction, normalise } = experiment;
    const { data: drawn, split } = seedsOf(experiment);
    const key = JSON.stringify([
      data,
      drawn,
      split,
      testFraction,
      normalise,
      this.#csvOf(experiment) !== null,
    ]);
    if (key === this.#pictured) return;
    this.#pictured = key;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#picture(experiment), pictureDelay);
  }

  csvFor(path: string): string | null {
    return this.#tables.get(path)?.csv ?? null;
  }

  /** How large a table is that is here; null of any other. */
  dimensionsFor(path: string): DataDimensions | null {
    const shaped = this.#tables.get(path)?.origin?.shaped;
    if (!shaped) return null;
    const { rows, features, classes } = shaped;
    return { samples: rows, features: features.length, outputs: classes.length };
  }

  /** A table that was kept with a saved experiment, before these settings are shown. */
  give(experiment: Experiment, csv: string): void {
    if (experiment.data.kind === 'csv')
      this.#tables.put(experiment.data.path, { csv, origin: null });
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#latest++;
    this.#endDrops();
    this.#endPicture();
    this.#table.destroy();
    this.#points.destroy();
    this.#weights.destroy();
    this.#client.dispose();
    delete this.#root.dataset['ready'];
  }

  #csvOf({ data }: Experiment): string | null {
    return data.kind === 'csv' ? this.csvFor(data.path) : null;
  }

  #drop(file: File): void {
    const part = isWeightsFile(file) ? 'weights-part' : 'table-part';
    partOf<HTMLDetailsElement>(this.#root, part).open = true;
    void (isWeightsFile(file) ? this.#weights.open(file) : this.#table.open(file));
  }

  /** The table that the settings name and that is not here. */
  #awaited(): CsvSpec | null {
    const { data } = this.#options.experiment();
    return data.kind === 'csv' && this.csvFor(data.path) === null ? data : null;
  }

  #takeTable(origin: TableOrigin): void {
    const { csv, labelColumn } = origin.shaped;
    const kept = { csv, origin };
    const awaited = this.#awaited();
    // The table of a link comes back under the name that the link has for it.
    const isAwaited =
      awaited !== null &&
      (typeof awaited.labelColumn !== 'string' || awaited.labelColumn === labelColumn);
    if (awaited && !isAwaited)
      this.#options.say(
        `${origin.file} has another label, ${labelColumn}, than the table of these settings, ${awaited.labelColumn}: it is taken as a table of its own.`,
      );
    const path = isAwaited ? awaited.path : this.#tables.keep(origin.file, kept);
    if (isAwaited) this.#tables.put(path, kept);
    const spec: DataSpec = { kind: 'csv', path, header: true, labelColumn };
    this.#options.onData({ spec, csv });
    this.show(this.#options.experiment());
  }

  #takePoints(points: HandPoints): void {
    const spec: DataSpec = { kind: 'points', points: points.map(([x, y, label]) => [x, y, label]) };
    this.#options.onData({ spec, csv: null });
  }

  #takeWeights({ experiment, weights, summary }: OpenedWeights, file: string): void {
    this.#options.say(`Opened ${summary}.`);
    const from = freeName(file, (name) => this.#weightNames.has(name));
    this.#weightNames.add(from);
    this.#options.onWeights({ experiment, weights, from });
  }

  async #currentPoints(): ReturnType<ConstructorParameters<typeof PointsSection>[1]['current']> {
    const experiment = this.#options.experiment();
    const told = await this.#client.plainPoints(experiment, this.#csvOf(experiment), editorExtent);
    if (told.kind === 'done') return told.result;
    partOf(this.#root, 'points-words').textContent = told.sentence;
    return null;
  }

  #showTable({ path, labelColumn }: CsvSpec): void {
    const kept = this.#tables.get(path);
    if (!kept) return;
    if (kept.origin) return this.#table.show(kept.origin);
    void this.#table.give(kept.csv, path, labelColumn ?? lastColumn).then((origin) => {
      if (origin) this.#tables.put(path, { csv: kept.csv, origin });
    });
  }

  #showAbsence(): void {
    const awaited = this.#awaited();
    const place = partOf(this.#root, 'absent');
    place.hidden = awaited === null;
    if (!awaited) return;
    place.textContent = `This experiment learns from ${awaited.path}, which stays on its owner’s device. Choose it again, or choose other data.`;
    partOf<HTMLDetailsElement>(this.#root, 'table-part').open = true;
  }

  async #picture(experiment: Experiment): Promise<void> {
    const request = ++this.#latest;
    const place = partOf(this.#root, 'picture');
    const words = partOf(this.#root, 'picture-words');
    if (this.#awaited()) {
      this.#endPicture();
      place.replaceChildren();
      words.textContent = 'Nothing to see until the table is here.';
      return;
    }
    const told = await this.#client.picture(experiment, this.#csvOf(experiment));
    if (request !== this.#latest) return;
    this.#endPicture();
    this.#endPicture = () => {};
    if (told.kind === 'refused') {
      place.replaceChildren();
      words.textContent = told.sentence;
      return;
    }
    words.textContent = pictureWords(told.result);
    const end = await drawPicture(place, told.result);
    if (request === this.#latest) this.#endPicture = end;
    else end();
  }
}
