// Makes of a table and a reader's choices the text that the laboratory learns from: header, features, label last.
import Papa from 'papaparse';
import { counted } from '../../learning/counted.ts';
import {
  CsvError,
  csvLimits,
  featureProblem,
  missing,
  missingLabel,
  parseCsv,
  readTable,
  type Row,
  type Table,
} from '../../learning/csv.ts';
import { quote } from '../../learning/quote.ts';
import { equalBins } from './equal-bins.ts';
import { ownNames } from './own-names.ts';
import { fillOf } from './fill-in.ts';
import { classCounts, noteScales, noteWarnings } from './table-warnings.ts';
import { mostOneHot, type ShapedTable, type TableChoices } from './table-messages.ts';

/** A column of the new table: its name, and what each row of the old one has in it; null where it is missing. */
interface Part {
  readonly name: string;
  readonly cells: readonly (string | null)[];
}

/** `parseCsv` reads what comes out of it. Throws `CsvError`, and nothing else. */
export function shapeTable(text: string, choices: TableChoices, where: string): ShapedTable {
  const table = readTable(text, { where, header: choices.header });
  checkChoices(table, choices, where);
  const done: string[] = [];
  const rows = rowsWithLabel(table, choices, where, done);
  const label = labelCells(rows, table, choices, where);
  const parts = featureParts(rows, table, choices, where);
  const kept = rows.map((_, r) => parts.every(({ cells }) => cells[r] !== null));
  const droppedRows = kept.filter((isKept) => !isKept).length;
  if (droppedRows > 0) done.push(`${counted(droppedRows, 'row')} with a missing value left out.`);
  if (droppedRows === rows.length)
    throw new CsvError(
      `every row misses a value: expected at least one complete row; leave out the columns with many gaps, or fill them in (${where})`,
    );
  const filled = choices.missing === 'mean' || choices.missing === 'median';
  const gaps = filled ? gapsIn(rows, table, choices) : 0;
  if (gaps > 0)
    done.push(
      `${counted(gaps, 'missing value')} filled in with the column's ${choices.missing} (of words: the most frequent one), taken over all rows, those of the test part too.`,
    );

  const names = ownNames([...parts.map(({ name }) => name), table.names[choices.label] as string]);
  const labelColumn = names[names.length - 1] as string;
  const body = rows.flatMap((_, r) =>
    kept[r] ? [[...parts.map(({ cells }) => cells[r] as string), label[r] as string]] : [],
  );
  const csv = `${Papa.unparse([names, ...body], { newline: '\n' })}\n`;
  const dataset = parseCsv(csv, { header: true, labelColumn, where });
  return {
    csv,
    labelColumn,
    rows: dataset.labels.length,
    features: dataset.featureNames,
    classes: classCounts(dataset),
    done: [...done, ...noteScales(dataset)],
    warnings: noteWarnings(dataset, {
      measured: choices.bins === null && isNumeric(label) ? labelColumn : null,
    }),
  };
}

function checkChoices({ names }: Table, { label, roles, bins }: TableChoices, where: string): void {
  if (!(label in names) || roles.length !== names.length)
    throw new CsvError(
      `the file has ${names.length} columns and roles are given for ${roles.length}: expected a role for each and a label among them (${where})`,
    );
  if (bins !== null && !(Number.isInteger(bins) && bins >= 2 && bins <= csvLimits.classes))
    throw new CsvError(
      `the label is to be parted into ${bins} classes: expected a whole number from 2 to ${csvLimits.classes} (${where})`,
    );
}

/** A label cannot be filled in: rows without one go, or are the reason to refuse. */
function rowsWithLabel(
  { rows, names }: Table,
  { label, missing: choice }: TableChoices,
  where: string,
  done: string[],
): readonly Row[] {
  const kept = rows.filter(({ cells }) => !missingLabel.test(cells[label] as string));
  const without = rows.length - kept.length;
  if (without === 0) return rows;
  const column = `the label column ${quote(names[label])}`;
  if (choice === 'refuse')
    throw new CsvError(
      `${column} has ${counted(without, 'missing value')}: expected a label in every row; leave those rows out (${where})`,
    );
  if (kept.length === 0)
    throw new CsvError(`${column} is empty: expected at least two classes (${where})`);
  done.push(`${counted(without, 'row')} without a label left out.`);
  return kept;
}

function labelCells(
  rows: readonly Row[],
  { names }: Table,
  { label, bins }: TableChoices,
  where: string,
): readonly string[] {
  const cells = rows.map(({ cells: row }) => row[label] as string);
  if (bins === null) return cells;
  const odd = rows.find(({ cells: row }) => featureProblem(row[label] as string) !== null);
  if (odd)
    throw new CsvError(
      `line ${odd.line}, the label column ${quote(names[label])} is ${quote(odd.cells[label])}: expected a number, since only numbers can be parted into classes of equal size (${where})`,
    );
  return equalBins(cells.map(Number), bins);
}

function featureParts(
  rows: readonly Row[],
  { names }: Table,
  { label, roles, missing: choice }: TableChoices,
  where: string,
): Part[] {
  const parts = names.flatMap((name, c): Part[] => {
    if (c === label || roles[c] === 'leave-out') return [];
    const isOneHot = roles[c] === 'one-hot';
    const gap = isOneHot ? missingLabel : missing;
    const cells = rows.map(({ cells: row }) => row[c] as string);
    const fill =
      choice === 'mean' || choice === 'median' ? fillOf(cells, gap, choice, isOneHot) : null;
    const present = rows.map(({ line }, r): string | null => {
      const cell = cells[r] as string;
      if (gap.test(cell)) {
        if (choice !== 'refuse') return fill;
        throw new CsvError(
          `line ${line}, column ${c + 1} (${quote(name)}) is ${quote(cell)}: the value is missing; leave such rows out or fill them in (${where})`,
        );
      }
      const problem = isOneHot ? null : featureProblem(cell);
      if (problem === null) return cell;
      throw new CsvError(
        `line ${line}, column ${c + 1} (${quote(name)}) is ${quote(cell)}: ${problem}; or leave the column out (${where})`,
      );
    });
    return isOneHot ? oneHotParts(name, present, where) : [{ name, cells: present }];
  });
  if (parts.length === 0)
    throw new CsvError(
      `no column is left to learn from: expected at least one feature beside the label; choose another role for one (${where})`,
    );
  if (parts.length > csvLimits.columns - 1)
    throw new CsvError(
      `the table would have ${parts.length} features: expected at most ${csvLimits.columns - 1}; leave some out (${where})`,
    );
  return parts;
}

function oneHotParts(name: string, cells: readonly (string | null)[], where: string): Part[] {
  const values = [...new Set(cells)].filter((value) => value !== null).sort();
  if (values.length > mostOneHot)
    throw new CsvError(
      `column ${quote(name)} has ${values.length} different values: expected at most ${mostOneHot} to make a column of 0 and 1 for each; leave it out (${where})`,
    );
  return values.map((value) => ({
    name: `${name} = ${value}`,
    cells: cells.map((cell) => (cell === null ? null : cell === value ? '1' : '0')),
  }));
}

function gapsIn(rows: readonly Row[], { names }: Table, { label, roles }: TableChoices): number {
  const used = names.map((_, c) => c).filter((c) => c !== label && roles[c] !== 'leave-out');
  return rows.reduce(
    (sum, { cells }) =>
      sum +
      used.filter((c) => (roles[c] === 'one-hot' ? missingLabel : missing).test(cells[c] as string))
        .length,
    0,
  );
}

const isNumeric = (cells: readonly string[]): boolean =>
  cells.every((cell) => featureProblem(cell) === null);
