// A figure's numbers as comma-separated values (RFC 4180), with lines of # at the top that say what they are.
import type { FigureTable } from '../../figures/kit/figure.ts';

const quoted = (text: string): string =>
  /[",\n\r]/.test(text) || /^\s|\s$|^#/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Every digit of a number; nothing where there is none. */
function cellText(cell: string | number | null): string {
  if (cell === null || (typeof cell === 'number' && Number.isNaN(cell))) return '';
  return typeof cell === 'number' ? String(cell) : quoted(cell);
}

/** @param about lines such as where the numbers come from and the state that they were drawn in. */
export function toCsv({ columns, rows }: FigureTable, about: readonly string[]): string {
  const names = columns.map(({ name, unit }) => quoted(unit ? `${name} (${unit})` : name));
  return [
    ...about.map((line) => `# ${line.replace(/\s+/g, ' ').trim()}`),
    names.join(','),
    ...rows.map((row) => row.map(cellText).join(',')),
    '',
  ].join('\r\n');
}
