// Tells numbers that are measured from numbers that name something.
import { mostNamedNumbers, type ColumnReport } from './table-messages.ts';

/** So many different values are measured rather than named. */
export const isMeasured = ({ kind, distinct }: ColumnReport): boolean =>
  kind === 'numeric' && distinct > mostNamedNumbers;

/** A measured number is no class; four parts of it are. */
export const suggestBins = (label: ColumnReport): number | null => (isMeasured(label) ? 4 : null);
