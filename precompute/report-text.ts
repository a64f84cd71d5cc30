// How reports lay out names and numbers for a terminal.
import pc from 'picocolors';

export type Rows = readonly (readonly [string, string])[];

export function section(title: string, rows: Rows): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    pc.underline(title),
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
  ].join('\n');
}

/** Four figures, with a power of ten where that is shorter. */
export function figures(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5)
    ? value.toExponential(2)
    : String(Number(value.toPrecision(4)));
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
}
