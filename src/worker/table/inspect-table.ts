// Says what the columns of a table hold, before anybody has chosen what to learn from them.
import {
  featureProblem,
  missing,
  missingLabel,
  readTable,
  type CsvOptions,
} from '../../learning/csv.ts';
import {
  headRows,
  mostOneHot,
  shownValues,
  type ColumnReport,
  type TableReport,
} from './table-messages.ts';

/** Cells are quoted in a preview only so far. */
const longestCell = 80;

/** Throws `CsvError`, and nothing else. */
export function inspectTable(
  text: string,
  options: Pick<CsvOptions, 'where' | 'header'>,
): TableReport {
  const { header, names, rows } = readTable(text, options);
  return {
    rows: rows.length,
    header: header !== null,
    columns: names.map((name, c) =>
      inspectColumn(
        name,
        rows.map(({ cells }) => cells[c] ?? ''),
      ),
    ),
    head: rows.slice(0, headRows).map(({ cells }) => cells.map(shorten)),
  };
}

/** "None" may well be a word among words, but among numbers it is a gap. */
function inspectColumn(name: string, cells: readonly string[]): ColumnReport {
  const numbers = cells.filter((cell) => !missing.test(cell));
  const isNumeric = numbers.length > 0 && numbers.every((cell) => featureProblem(cell) === null);
  const present = isNumeric ? numbers : cells.filter((cell) => !missingLabel.test(cell));
  const counts = new Map<string, number>();
  for (const cell of present) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const isFew = counts.size > 0 && counts.size <= mostOneHot;
  return {
    name,
    kind: isNumeric ? 'numeric' : isFew ? 'categorical' : 'text',
    missing: cells.length - present.length,
    distinct: isNumeric ? new Set(present.map(Number)).size : counts.size,
    range: isNumeric ? rangeOf(present.map(Number)) : null,
    values: [...counts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, shownValues)
      .map(([value, count]) => [shorten(value), count] as const),
  };
}

function rangeOf(values: readonly number[]) {
  let [least, most, sum] = [Infinity, -Infinity, 0];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    // Parts of the mean, so that no sum of large numbers overflows.
    sum += value / values.length;
  }
  return { least, most, mean: sum };
}

const shorten = (cell: string): string =>
  cell.length > longestCell ? `${cell.slice(0, longestCell - 1)}…` : cell;
