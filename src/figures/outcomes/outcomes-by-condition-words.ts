// The outcomes of conditions in words and numbers: text alternative, table, and what a reader may change.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import {
  countsOf,
  outcomeFacts,
  outcomeName,
  quantitiesOf,
  type OutcomeQuantity,
  type OutcomeRow,
  type OutcomeRows,
  type OutcomesByConditionState,
} from './outcome-rows.ts';
import type { Comparison, PairedComparison } from '../../landscape/comparison/effect-size.ts';
import { scaleControl, compareControls } from '../kit/common-controls.ts';

/** Which of the artifact's comparisons are of the quantity, or null: it has them for two quantities only. */
export function comparisonOf(
  row: OutcomeRow,
  quantity: OutcomeQuantity,
): { readonly effect: Comparison; readonly paired: PairedComparison | null } | null {
  const { difference } = row;
  if (difference === null) return null;
  if (quantity === 'trainLoss')
    return { effect: difference.trainLoss, paired: difference.pairedTrainLoss };
  if (quantity === 'testAccuracy' && difference.testAccuracy !== null)
    return { effect: difference.testAccuracy, paired: null };
  return null;
}

export const isCompared = (quantity: OutcomeQuantity): boolean =>
  quantity === 'trainLoss' || quantity === 'testAccuracy';

/** "28 converged, 2 stuck", leaving out what did not happen; "all dead" where no unit tells points apart. */
export function countsInWords(row: OutcomeRow): string {
  const networks = row.outcomeOf.length;
  const counts = Object.entries(countsOf(row))
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome}`);
  if (row.dead > 0) counts.push(row.dead === networks ? 'all dead' : `${row.dead} dead`);
  return counts.join(', ');
}

export const noOutcomes = (quantity: OutcomeQuantity): string =>
  `These results hold no ${outcomeFacts[quantity].name.toLowerCase()}: load the study's analysis of outcomes${quantity === 'largestEigenvalue' ? ' and of curvature' : ''}.`;

export function describeOutcomes(found: OutcomeRows, state: OutcomesByConditionState): string {
  const { quantity } = state;
  const { format, name } = outcomeFacts[quantity];
  const networks = found.rows[0]!.outcomeOf.length;
  const head = `${name} of ${networks} networks under each of ${found.rows.length} conditions of the study “${found.studyTitle}”. `;
  const sentences = found.rows.map((row) => {
    const compared = state.view === 'difference' ? comparisonOf(row, quantity) : null;
    const { mean } = row;
    const parts = [
      mean === null ? 'no value' : `mean ${format(mean.value)}`,
      mean?.interval
        ? `(95% interval ${format(mean.interval[0])} to ${format(mean.interval[1])})`
        : '',
    ];
    const text = `${row.condition.title}: ${parts.join(' ').trim()}; ${countsInWords(row)}`;
    if (compared === null) return `${text}.`;
    const { meanDifference, hedgesG, cliffsDelta } = compared.effect;
    return (
      `${text}; against the reference ${formatNumber(meanDifference.value)} ` +
      `(95% interval ${formatNumber(meanDifference.interval[0])} to ${formatNumber(meanDifference.interval[1])}), ` +
      `Hedges' g ${formatNumber(hedgesG.value)}, Cliff's delta ${formatNumber(cliffsDelta.value)}.`
    );
  });
  return head + sentences.join(' ');
}

/** A row a network, or in the view of differences a row a condition. */
export function tableOfOutcomes(found: OutcomeRows, state: OutcomesByConditionState): FigureTable {
  if (state.view === 'difference')
    return {
      columns: [
        { name: 'Condition' },
        { name: 'Mean' },
        { name: 'Difference of means' },
        { name: 'Low end of its 95% interval' },
        { name: 'High end of its 95% interval' },
        { name: "Hedges' g" },
        { name: "Cliff's delta" },
        { name: 'Converged', unit: 'networks' },
        { name: 'Stuck', unit: 'networks' },
        { name: 'Diverged', unit: 'networks' },
        { name: 'Dead', unit: 'networks' },
      ],
      rows: found.rows.map((row) => {
        const effect = comparisonOf(row, state.quantity)?.effect;
        const { converged, stuck, diverged } = countsOf(row);
        return [
          row.condition.title,
          row.mean?.value ?? null,
          effect?.meanDifference.value ?? null,
          effect?.meanDifference.interval[0] ?? null,
          effect?.meanDifference.interval[1] ?? null,
          effect?.hedgesG.value ?? null,
          effect?.cliffsDelta.value ?? null,
          converged,
          stuck,
          diverged,
          row.dead,
        ];
      }),
    };
  return {
    columns: [
      { name: 'Condition' },
      { name: 'Network' },
      { name: outcomeName(state.quantity, found) },
      { name: 'Outcome' },
    ],
    rows: found.rows.flatMap((row) =>
      row.values.map((value, n) => [
        row.condition.title,
        n,
        Number.isFinite(value) ? value : null,
        row.outcomeOf[n] ?? null,
      ]),
    ),
  };
}

export function controlsOfOutcomes(data: StudyDisplay): FigureControl[] {
  return [
    {
      key: 'quantity',
      name: 'Quantity',
      kind: 'choice',
      options: quantitiesOf(data).map((quantity) => ({
        value: quantity,
        text: outcomeFacts[quantity].name.toLowerCase(),
      })),
    },
    ...compareControls(data.study),
    {
      key: 'view',
      name: 'Show',
      kind: 'choice',
      options: [
        { value: 'values', text: 'every network' },
        { value: 'difference', text: 'difference to the first' },
      ],
    },
    scaleControl(),
  ];
}
