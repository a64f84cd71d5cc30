// Reads a CSV text as numeric features and a class, or says on which line and in which column it cannot.
import Papa from 'papaparse';
import { counted } from './counted.ts';
import type { ClassDataset } from './datasets/dataset.ts';
import { quote } from './quote.ts';

/** The one error of this file: a sentence with line and column. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

export interface CsvOptions {
  /** Whether the first line names the columns; `'auto'` looks (see `parseCsv`). */
  readonly header?: boolean | 'auto' | undefined;
  /** Name, or zero-based index; the last column if absent. */
  readonly labelColumn?: string | number | undefined;
  /** The file, for error sentences. */
  readonly where: string;
}

export const csvLimits = {
  rows: 50_000,
  columns: 4_097,
  classes: 256,
  characters: 32_000_000,
  /** Empty ones and those within quotes among them. */
  lines: 1_000_000,
} as const;

/** A line of the file that has something on it. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What a file says before anybody asks what its values mean: one row at least, all as long as the names. */
export interface Table {
  /** The line that names the columns, if one does. */
  readonly header: Row | null;
  readonly names: readonly string[];
  readonly rows: readonly Row[];
}

/** A plain decimal number: no thousands separators, no hexadecimal, no empty text (which `Number` takes for 0). */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const infinite = /^[+-]?inf(inity)?$/i;
export const missing = /^(|\?|na|n\/a|nan|null|none)$/i;
/** "none" and "null" may well name a class. */
export const missingLabel = /^(|\?|na|n\/a|nan)$/i;

/**
 * Comma, tab, semicolon or bar separated; quotes as in RFC 4180; spaces round a value and empty lines do not count.
 * With header `'auto'` the first line is a header if it holds the name `labelColumn`, or if none of its
 * features is a number and at least one is not a missing value either. Classes are the label values in
 * order: as numbers if all are, else as text in which numbers count ("b2" before "b10").
 * Throws `CsvError`, and nothing else.
 */
export function parseCsv(text: string, options: CsvOptions): ClassDataset {
  const { where } = options;
  const { header, names, rows } = readTable(text, options);
  const labelColumn = findLabelColumn(names, header !== null, options);

  const features = names.length - 1;
  const inputs = new Float64Array(rows.length * features);
  const labels: string[] = [];
  rows.forEach(({ line, cells }, row) => {
    let feature = row * features;
    cells.forEach((cell, c) => {
      const problem = c === labelColumn ? labelProblem(cell) : featureProblem(cell);
      if (problem) {
        const column = header ? `column ${c + 1} (${quote(names[c])})` : `column ${c + 1}`;
        throw new CsvError(`line ${line}, ${column} is ${quote(cell)}: ${problem} (${where})`);
      }
      if (c === labelColumn) labels.push(cell);
      else inputs[feature++] = Number(cell);
    });
  });

  const classNames = sortedClasses(labels);
  const labelName = quote(names[labelColumn]);
  if (classNames.length < 2) {
    throw new CsvError(
      `the label column ${labelName} has the one value ${quote(classNames[0])}: expected at least two classes; choose another labelColumn (${where})`,
    );
  }
  if (classNames.length > csvLimits.classes) {
    throw new CsvError(
      `the label column ${labelName} has ${classNames.length} different values: expected at most ${csvLimits.classes} classes; choose another labelColumn (${where})`,
    );
  }
  const numberOf = new Map(classNames.map((name, c) => [name, c]));
  return {
    kind: 'classes',
    featureNames: names.filter((_, c) => c !== labelColumn),
    classNames,
    inputs,
    labels: Int32Array.from(labels, (label) => numberOf.get(label) as number),
  };
}

/** The rows of a file and the names of its columns, by the rules of `parseCsv`. Throws `CsvError`, and nothing else. */
export function readTable(text: string, options: CsvOptions): Table {
  const { where } = options;
  const [first, ...others] = readRows(text, where);
  if (!first)
    throw new CsvError(`the file is empty: expected lines of numbers and a label (${where})`);
  if (first.cells.length < 2) {
    throw new CsvError(
      `line ${first.line} has one column: expected at least one feature and a label, separated by comma, tab, semicolon or bar (${where})`,
    );
  }
  if (first.cells.length > csvLimits.columns) {
    throw new CsvError(
      `line ${first.line} has ${first.cells.length} columns: expected at most ${csvLimits.columns}; leave some out (${where})`,
    );
  }
  const header = hasHeader(first, options) ? first : null;
  const rows = header ? others : [first, ...others];
  const names = first.cells.map((cell, c) => (header && cell) || `column ${c + 1}`);
  if (header) checkNames(names, header.line, where);
  if (rows.length === 0) {
    throw new CsvError(`the file has a header but no data: expected lines of numbers (${where})`);
  }
  if (rows.length > csvLimits.rows) {
    throw new CsvError(
      `the file has more than ${csvLimits.rows} rows of data: expected at most ${csvLimits.rows}; keep a random part of them (${where})`,
    );
  }
  for (const { line, cells } of rows) {
    if (cells.length === names.length) continue;
    throw new CsvError(
      `line ${line} has ${counted(cells.length, 'value')}: expected ${names.length}, as on line ${first.line} (${where})`,
    );
  }
  return { header, names, rows };
}

/** Non-empty lines, their cells trimmed. */
function readRows(text: string, where: string): Row[] {
  if (text.length > csvLimits.characters) {
    throw new CsvError(
      `the file has ${text.length} characters: expected at most ${csvLimits.characters}; keep a random part of its rows (${where})`,
    );
  }
  // Each takes memory, were there nothing on it.
  if (hasMoreLines(text, csvLimits.lines)) {
    throw new CsvError(
      `the file has more than ${csvLimits.lines} lines: expected at most ${csvLimits.rows} rows of data; leave out the empty ones, or keep a random part (${where})`,
    );
  }
  // NUL never occurs in text, and U+FFFD is what decoding leaves of bytes that are not UTF-8.
  const binary = /[\0\uFFFD]/.exec(text);
  if (binary) {
    const line = text.slice(0, binary.index).split(/\r\n?|\n/).length;
    throw new CsvError(
      `line ${line} holds bytes that are not text: expected a CSV file in UTF-8, not compressed and not a spreadsheet (${where})`,
    );
  }
  const { data, errors } = Papa.parse<string[]>(text.replace(/\r\n?/g, '\n'), {
    newline: '\n',
    delimitersToGuess: [',', '\t', ';', '|'],
  });
  const rows: Row[] = [];
  const lines: number[] = [];
  let line = 1;
  for (const raw of data) {
    lines.push(line);
    const cells = raw.map((cell) => cell.trim());
    if (cells.some((cell) => cell !== '')) rows.push({ line, cells });
    // A quoted cell may run over several lines.
    line += 1 + raw.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
  }
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) {
    throw new CsvError(
      `line ${lines[broken.row ?? 0] ?? 1} has a quotation mark without its partner: expected quotes only in pairs round a whole value (${where})`,
    );
  }
  return rows;
}

function hasMoreLines(text: string, most: number): boolean {
  let lines = 0;
  for (const _ of text.matchAll(/\r\n?|\n/g)) if (++lines > most) return true;
  return false;
}

function hasHeader(first: Row, { header = 'auto', labelColumn }: CsvOptions): boolean {
  if (header !== 'auto') return header;
  if (typeof labelColumn === 'string' && first.cells.includes(labelColumn)) return true;
  const label = typeof labelColumn === 'number' ? labelColumn : first.cells.length - 1;
  const features = first.cells.filter((_, c) => c !== label);
  return (
    features.every((cell) => !decimal.test(cell) && !infinite.test(cell)) &&
    features.some((cell) => !missing.test(cell))
  );
}

function checkNames(names: readonly string[], line: number, where: string): void {
  const twice = names.findIndex((name, c) => names.indexOf(name) !== c);
  if (twice < 0) return;
  const name = names[twice] as string;
  throw new CsvError(
    `line ${line} names column ${names.indexOf(name) + 1} and column ${twice + 1} both ${quote(name)}: expected a name of its own for each (${where})`,
  );
}

function findLabelColumn(
  names: readonly string[],
  named: boolean,
  { labelColumn = names.length - 1, where }: CsvOptions,
): number {
  if (typeof labelColumn === 'number') {
    if (labelColumn in names) return labelColumn;
    throw new CsvError(
      `labelColumn is ${labelColumn}: the file has ${names.length} columns, so expected 0 to ${names.length - 1} (${where})`,
    );
  }
  const found = named ? names.indexOf(labelColumn) : -1;
  if (found >= 0) return found;
  throw new CsvError(
    named
      ? `labelColumn is ${quote(labelColumn)}: expected one of the columns ${listNames(names)} (${where})`
      : `labelColumn is ${quote(labelColumn)}: the file has no header, so expected an index from 0 to ${names.length - 1} (${where})`,
  );
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(quote).join(', ');
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}

export function featureProblem(cell: string): string | null {
  if (missing.test(cell)) return 'the value is missing; fill it in or leave the line out';
  if (infinite.test(cell)) return 'expected a finite number';
  if (!decimal.test(cell)) return 'expected a number, with a point for decimals';
  if (!Number.isFinite(Math.fround(Number(cell)))) {
    return 'expected a number that fits in single precision, below 3.4e38';
  }
  return null;
}

function labelProblem(cell: string): string | null {
  return missingLabel.test(cell) ? 'the label is missing; fill it in or leave the line out' : null;
}

export function sortedClasses(labels: readonly string[]): string[] {
  const classes = [...new Set(labels)];
  const collator = new Intl.Collator('en', { numeric: true });
  // Names that compare equal ("1" and "1.0") keep one order, wherever they first appear.
  const byCode = (a: string, b: string) => (a < b ? -1 : 1);
  return classes.every((name) => decimal.test(name))
    ? classes.sort((a, b) => Number(a) - Number(b) || byCode(a, b))
    : classes.sort((a, b) => collator.compare(a, b) || byCode(a, b));
}
