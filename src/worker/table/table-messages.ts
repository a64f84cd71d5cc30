// What the data section and its worker say to each other: tables, pictures of data, weights.
import type { OpenedWeights } from '../../artifact/open-weights.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { PreparedData } from '../../learning/samples.ts';

/** 'categorical': text with few values; 'text': with many; a column without a single value is 'text' too. */
export type ColumnKind = 'numeric' | 'categorical' | 'text';

export interface ColumnReport {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Cells without a value. */
  readonly missing: number;
  /** Different values, missing ones not counted. */
  readonly distinct: number;
  /** Of a numeric column with a value in it. */
  readonly range: { readonly least: number; readonly most: number; readonly mean: number } | null;
  /** The most frequent values first, at most `shownValues`. */
  readonly values: readonly (readonly [value: string, count: number])[];
}

export interface TableReport {
  readonly rows: number;
  /** Whether the first line names the columns. */
  readonly header: boolean;
  readonly columns: readonly ColumnReport[];
  /** The first rows, as they are written. */
  readonly head: readonly (readonly string[])[];
}

export const shownValues = 20;
/** Text with at most so many values can be told apart by columns of 0 and 1. */
export const mostOneHot = 20;
/** A number with more values than these is measured rather than named. */
export const mostNamedNumbers = 20;
export const headRows = 8;

/** 'one-hot': a column of 0 and 1 for every value. */
export type ColumnRole = 'feature' | 'one-hot' | 'leave-out';
export type MissingChoice = 'refuse' | 'drop' | 'mean' | 'median';

export interface TableChoices {
  readonly header: boolean | 'auto';
  /** Index of the column to learn. */
  readonly label: number;
  /** Of every column; what is said of the label's does not count. */
  readonly roles: readonly ColumnRole[];
  readonly missing: MissingChoice;
  /** Parts a numeric label into so many classes of about equal size; null leaves its values as they are. */
  readonly bins: number | null;
}

export interface InspectedTable {
  readonly report: TableReport;
  /** What is proposed. */
  readonly choices: TableChoices;
}

/** A table made ready: header, features, label last. */
export interface ShapedTable {
  readonly csv: string;
  readonly labelColumn: string;
  readonly rows: number;
  readonly features: readonly string[];
  /** In the order in which they are numbered. */
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  /** What was done to the rows, and what to beware of: a sentence each. */
  readonly done: readonly string[];
  readonly warnings: readonly string[];
}

/** Points of one part on the plane that is drawn. */
export interface DrawnPoints {
  /** `[n, 2]`. */
  readonly points: Float32Array;
  /** `[n]`. */
  readonly labels: Int32Array;
}

/** What a set of data looks like. */
export type DataPicture = {
  readonly classNames: readonly string[];
  readonly features: number;
  /** Samples of each part, drawn or not. */
  readonly train: number;
  readonly test: number;
} & (
  | {
      readonly kind: 'plane';
      readonly axes: readonly [string, string];
      /** How the plane was found: 'features' where there are just two; 'one' draws classes on lines of their own. */
      readonly by: 'features' | 'one' | 'first-two' | 'principal';
      /** Share of the variance that the plane holds, where it is of principal components. */
      readonly share: number | null;
      readonly drawn: { readonly train: DrawnPoints; readonly test: DrawnPoints };
    }
  | { readonly kind: 'images'; readonly data: PreparedData }
  | { readonly kind: 'values' }
);

/** Points of a set of two features as they are before normalisation, for a hand to go on with. */
export interface PlainPoints {
  /** `[x, y, class]` each. */
  readonly points: readonly (readonly [number, number, number])[];
  /** Whether both axes were moved and stretched to fit the pad. */
  readonly isFitted: boolean;
}

/** Nothing here rejects: what went wrong is one sentence. */
export type Told<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'refused'; readonly sentence: string };

/** A file, or what was pasted. */
export type TableSource = string | Uint8Array<ArrayBuffer>;

export interface TableService {
  /**
   * Keeps the text for `shape`. With a `labelColumn`, that is the one proposed, and the table as it is, if it can be.
   * A number counts columns, from the end if negative.
   */
  inspect(
    source: TableSource,
    where: string,
    header: boolean | 'auto',
    labelColumn: string | number | null,
  ): Promise<Told<InspectedTable>>;
  shape(where: string, choices: TableChoices): Promise<Told<ShapedTable>>;
  picture(experiment: Experiment, csv: string | null): Promise<Told<DataPicture>>;
  plainPoints(
    experiment: Experiment,
    csv: string | null,
    reach: number,
  ): Promise<Told<PlainPoints>>;
  openWeights(
    bytes: Uint8Array<ArrayBuffer>,
    where: string,
    experiment: Experiment,
    csv: string | null,
  ): Promise<Told<OpenedWeights>>;
}
