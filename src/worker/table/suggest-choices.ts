// Proposes what to learn from a table, so that a reader only changes what is not so.
import { csvLimits } from '../../learning/csv.ts';
import { isMeasured, suggestBins } from './measured.ts';
import {
  type ColumnReport,
  type ColumnRole,
  type TableChoices,
  type TableReport,
} from './table-messages.ts';

const labelNames = /^(label|class|target|species|category|kind|type|y|outcome|diagnosis)$/i;
/** What only numbers the rows teaches nothing. */
const rowNumberNames = /^(id|index|row|nr|no|number|unnamed.*)$/i;

/** Every column is a feature but the label, and nothing is missing: a table that somebody has made ready. */
export const wholeTable = ({ header, columns }: TableReport, label: number): TableChoices => ({
  header,
  label,
  roles: columns.map(() => 'feature'),
  missing: 'refuse',
  bins: null,
});

/** @param labelColumn the column to learn, where it is known already: its name, or its number, from the end if negative. */
export function suggestChoices(report: TableReport, labelColumn?: string | number): TableChoices {
  const label = labelOf(report, labelColumn);
  return {
    header: report.header,
    label,
    roles: report.columns.map((column) => roleOf(column, report.rows)),
    missing: report.columns.some(({ missing }) => missing > 0) ? 'drop' : 'refuse',
    bins: suggestBins(report.columns[label] as ColumnReport),
  };
}

function labelOf({ columns }: TableReport, labelColumn?: string | number): number {
  const last = columns.length - 1;
  if (typeof labelColumn === 'number' && columns.at(labelColumn))
    return labelColumn < 0 ? columns.length + labelColumn : labelColumn;
  const known = columns.findIndex(({ name }) => name === labelColumn);
  if (known >= 0) return known;
  const canBe = (c: number): boolean => isClasses(columns[c] as ColumnReport);
  const named = columns.findIndex(({ name }, c) => labelNames.test(name) && canBe(c));
  if (named >= 0) return named;
  if (canBe(last)) return last;
  const words = columns.findLastIndex(({ kind }, c) => kind === 'categorical' && canBe(c));
  if (words >= 0) return words;
  const any = columns.findLastIndex((_, c) => canBe(c));
  return any >= 0 ? any : last;
}

const isClasses = (column: ColumnReport): boolean =>
  column.distinct >= 2 && column.distinct <= csvLimits.classes && !isMeasured(column);

function roleOf(column: ColumnReport, rows: number): ColumnRole {
  if (column.kind === 'text' || column.distinct === 0) return 'leave-out';
  if (column.kind === 'categorical') return 'one-hot';
  const isRowNumber = rowNumberNames.test(column.name) && column.distinct === rows;
  return isRowNumber ? 'leave-out' : 'feature';
}
