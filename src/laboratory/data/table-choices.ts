// What is chosen for a table as a whole, and what a choice changes.
import { isMeasured, suggestBins } from '../../worker/table/measured.ts';
import type {
  ColumnRole,
  InspectedTable,
  TableChoices,
  TableReport,
} from '../../worker/table/table-messages.ts';
import { html, select } from './create-html.ts';
import { shownColumns } from './table-view.ts';

/** Controls (`data-choice`), each where the table gives reason for it. */
export function tableFields(report: TableReport, choices: TableChoices): HTMLElement[] {
  const { header, missing, bins, label } = choices;
  const field = (name: string, control: HTMLElement): HTMLElement =>
    html('label', { class: 'data-field' }, html('span', {}, name), control);
  const fields = [
    field(
      'First line',
      select(
        { 'data-choice': 'header' },
        [
          ['yes', 'names the columns'],
          ['no', 'is data'],
        ],
        header === false || (header === 'auto' && !report.header) ? 'no' : 'yes',
      ),
    ),
  ];
  if (report.columns.length > shownColumns)
    fields.push(
      field(
        'Label',
        select(
          { 'data-choice': 'label' },
          report.columns.map(({ name }, c) => [String(c), name]),
          String(label),
        ),
      ),
    );
  if (report.columns.some((column) => column.missing > 0))
    fields.push(
      field(
        'Missing values',
        select(
          { 'data-choice': 'missing' },
          [
            ['drop', 'leave those rows out'],
            ['mean', 'fill in the mean'],
            ['median', 'fill in the median'],
            ['refuse', 'are not accepted'],
          ],
          missing,
        ),
      ),
    );
  const labelled = report.columns[label];
  if (labelled && isMeasured(labelled))
    fields.push(
      field(
        'The label is a number',
        select(
          { 'data-choice': 'bins' },
          [
            ...[2, 3, 4, 5, 6, 8, 10].map(
              (k) => [String(k), `${k} classes of equal size`] as const,
            ),
            ['', 'each value a class'] as const,
          ],
          String(bins ?? ''),
        ),
      ),
      html(
        'p',
        { class: 'data-small' },
        'The laboratory sorts into classes. A measured number becomes a few of them.',
      ),
    );
  return fields;
}

/** The choices with another role for one column; where it becomes the label, the former label gets the role proposed. */
export function withRole(
  choices: TableChoices,
  { report }: InspectedTable,
  c: number,
  role: string,
): TableChoices {
  const { roles, label } = choices;
  if (role === 'label') {
    const column = report.columns[c];
    return { ...choices, label: c, bins: column ? suggestBins(column) : null };
  }
  const changed = roles.map((own, i) => (i === c ? (role as ColumnRole) : own));
  if (c !== label) return { ...choices, roles: changed };
  // A table without a label is none: the last other column takes its place.
  const next = report.columns.findLastIndex((_, i) => i !== c);
  const column = report.columns[next];
  return { ...choices, roles: changed, label: next, bins: column ? suggestBins(column) : null };
}
