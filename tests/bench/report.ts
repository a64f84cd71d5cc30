// RESULTS.md: what is said is printed and kept; one section can be written again without the others.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export type Row = readonly (string | number)[];

const file = 'tests/bench/RESULTS.md';

export interface Report {
  say(text: string): void;
  table(head: Row, body: readonly Row[]): void;
  readonly text: string;
}

export function openReport(): Report {
  const lines: string[] = [];
  const say = (text: string): void => {
    process.stdout.write(`${text}\n`);
    lines.push(text);
  };
  return {
    say,
    table(head, body) {
      const line = (row: Row) => `| ${row.map(show).join(' | ')} |`;
      say(['', line(head), line(head.map(() => '---')), ...body.map(line), ''].join('\n'));
    },
    get text() {
      return `${lines
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trimEnd()}\n`;
    },
  };
}

const show = (value: string | number): string =>
  typeof value === 'string' ? value : value >= 100 ? value.toFixed(0) : value.toFixed(1);

/** Puts a part into the file in place of what stood under its heading, one of the first level. */
export function keepPart(part: string): void {
  const [heading = ''] = part.split('\n', 1);
  const all = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const parts = all.split(/^(?=# )/m).filter((text) => text.trim() !== '');
  const at = parts.findIndex((text) => text.startsWith(`${heading}\n`));
  if (at < 0) parts.push(part);
  else parts[at] = part;
  writeFileSync(file, `${parts.map((text) => text.trimEnd()).join('\n\n')}\n`);
}
