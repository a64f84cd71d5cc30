// The head of a reader's table with a role for every column, and what comes out of it: plain data in, elements out.
import { countedWithCommas } from '../../learning/counted.ts';
import type {
  ColumnReport,
  ColumnRole,
  ShapedTable,
  TableChoices,
  TableReport,
} from '../../worker/table/table-messages.ts';
import { mostOneHot } from '../../worker/table/table-messages.ts';
import { html, select } from './create-html.ts';

/** Columns with a role of their own on the page; wider tables keep the proposed roles for the rest. */
export const shownColumns = 40;
const shownClasses = 20;

const kinds = { numeric: 'numbers', categorical: 'words', text: 'text' } as const;

/** A select for each column (`data-column`), its facts, and the first rows. */
export function tableHead(report: TableReport, choices: TableChoices, name: string): HTMLElement {
  const columns = report.columns.slice(0, shownColumns);
  const cells = (cellOf: (column: ColumnReport, c: number) => Node | string): HTMLElement[] =>
    columns.map((column, c) => html('td', {}, cellOf(column, c)));
  const rest = report.columns.length - columns.length;
  const table = html(
    'table',
    {},
    html(
      'caption',
      {},
      `${name}: ${countedWithCommas(report.rows, 'row')}, ${countedWithCommas(report.columns.length, 'column')}. The first ${report.head.length} rows${rest > 0 ? ` and ${columns.length} columns; the others keep the roles that were proposed` : ''}.`,
    ),
    html(
      'thead',
      {},
      html(
        'tr',
        {},
        html('th', { scope: 'col' }, 'Column'),
        ...columns.map(({ name: column }) => html('th', { scope: 'col' }, column)),
      ),
    ),
    html(
      'tbody',
      {},
      html(
        'tr',
        {},
        html('th', { scope: 'row' }, 'Role'),
        ...cells((column, c) => roleSelect(column, c, choices)),
      ),
      html('tr', { class: 'facts' }, html('th', { scope: 'row' }, 'Holds'), ...cells(facts)),
      ...report.head.map((row, r) =>
        html(
          'tr',
          {},
          html('th', { scope: 'row' }, String(r + 1)),
          ...columns.map((_, c) => html('td', {}, row[c] ?? '')),
        ),
      ),
    ),
  );
  return html(
    'div',
    {
      class: 'data-scroll',
      tabindex: 0,
      role: 'region',
      'aria-label': 'The table, column by column',
    },
    table,
  );
}

function roleSelect(
  column: ColumnReport,
  c: number,
  { label, roles }: TableChoices,
): HTMLSelectElement {
  const options: [ColumnRole | 'label', string][] = [['label', 'label']];
  if (column.kind === 'numeric') options.push(['feature', 'feature']);
  if (column.distinct > 0 && column.distinct <= mostOneHot)
    options.push(['one-hot', 'classes as 0/1 columns']);
  options.push(['leave-out', 'leave out']);
  const chosen = c === label ? 'label' : (roles[c] ?? 'leave-out');
  return select(
    { 'data-column': c, 'aria-label': `Role of ${column.name}` },
    options,
    options.some(([role]) => role === chosen) ? chosen : 'leave-out',
  );
}

function facts(column: ColumnReport): HTMLElement {
  const { kind, distinct, missing, range, values } = column;
  const lines = [
    kinds[kind],
    range
      ? `${short(range.least)} to ${short(range.most)}, mean ${short(range.mean)}`
      : distinct > 0
        ? `${countedWithCommas(distinct, 'value')}: ${values
            .slice(0, 3)
            .map(([value, count]) => `${cut(value)} (${count})`)
            .join(', ')}${distinct > 3 ? ', …' : ''}`
        : 'no value at all',
  ];
  if (missing > 0) lines.push(`${missing.toLocaleString('en')} missing`);
  return html('div', {}, ...lines.map((line) => html('span', {}, line)));
}

/** What comes out: a sentence, how the classes stand to one another, what was done, what to beware of. */
export function outcome({ rows, features, classes, done, warnings }: ShapedTable): HTMLElement[] {
  const sentence = html(
    'p',
    { class: 'data-outcome' },
    `${countedWithCommas(rows, 'row')}, ${countedWithCommas(features.length, 'feature')}, ${countedWithCommas(classes.length, 'class', 'classes')}: ready to learn from.`,
  );
  const most = Math.max(...classes.map(({ count }) => count));
  const bars = classes.slice(0, shownClasses).map(({ name, count }) => {
    const bar = html('span', { class: 'data-bar', 'aria-hidden': 'true' });
    bar.style.setProperty('--share', String(count / most));
    return html(
      'li',
      {},
      html('span', { class: 'data-class' }, cut(name, 28)),
      bar,
      html(
        'span',
        { class: 'data-number' },
        `${count.toLocaleString('en')} (${((100 * count) / rows).toFixed(1)}%)`,
      ),
    );
  });
  if (classes.length > shownClasses)
    bars.push(html('li', {}, `and ${classes.length - shownClasses} more`));
  const notes = [
    ...done.map((note) => html('li', {}, note)),
    ...warnings.map((note) =>
      html('li', { class: 'data-warning' }, html('strong', {}, 'Beware: '), note),
    ),
  ];
  return [
    sentence,
    html('ul', { class: 'data-balance', 'aria-label': 'Rows of each class' }, ...bars),
    ...(notes.length > 0 ? [html('ul', { class: 'data-notes' }, ...notes)] : []),
  ];
}

const short = (value: number): string => String(Number(value.toPrecision(4))).replace('-', '−');

const cut = (text: string, most = 18): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
