// What a run measured, as comma-separated values (RFC 4180): one header line, long format, nothing where there is no number.
import Papa from 'papaparse';
import type { Summary } from '../../landscape/statistics.ts';
import type { ExportedRun } from './exported-run.ts';

type Cell = string | number | null;

/** The shortest decimals that read back as the same 32-bit number. */
const single = (value: number | undefined): Cell =>
  value === undefined || Number.isNaN(value) ? null : Number(value.toPrecision(9));

const double = (value: number): Cell => (Number.isNaN(value) ? null : value);

const table = (columns: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  `${Papa.unparse({ fields: [...columns], data: rows as Cell[][] }, { newline: '\r\n' })}\r\n`;

/** One line for each record of each network. */
export function curvesTable({ history }: ExportedRun): string {
  const { curves, networks } = history;
  const columns = [
    ['train_loss', curves.trainLoss],
    ['test_loss', curves.testLoss],
    ['train_accuracy', curves.trainAccuracy],
    ['test_accuracy', curves.testAccuracy],
    ['gradient_norm', curves.gradientNorm],
  ] as const;
  const kept = columns.filter(([, values]) => values !== null);
  const rows: Cell[][] = [];
  curves.steps.forEach((step, record) => {
    for (let network = 0; network < networks; network++)
      rows.push([
        step,
        single(curves.epochs[record]),
        network,
        ...kept.map(([, values]) => single(values?.[record * networks + network])),
      ]);
  });
  return table(['step', 'epoch', 'network', ...kept.map(([name]) => name)], rows);
}

/** One line for each quantity, over the networks that did not diverge. */
export function statisticsTable({ statistics }: ExportedRun): string {
  const summaries: readonly (readonly [string, Summary | null])[] = [
    ['train_loss', statistics.trainLoss],
    ['test_loss', statistics.testLoss],
    ['train_accuracy', statistics.trainAccuracy],
    ['test_accuracy', statistics.testAccuracy],
    ['epochs_to_threshold', statistics.epochsToThreshold],
  ];
  const columns = [
    'quantity',
    'count',
    'missing',
    'mean',
    'standard_deviation',
    'median',
    'lower_quartile',
    'upper_quartile',
    'minimum',
    'maximum',
    'mean_low_95',
    'mean_high_95',
    'median_low_95',
    'median_high_95',
  ];
  const rows = summaries.flatMap(([name, summary]) =>
    summary
      ? [
          [
            name,
            summary.count,
            summary.missing,
            ...[
              summary.mean,
              summary.standardDeviation,
              summary.median,
              summary.lowerQuartile,
              summary.upperQuartile,
              summary.minimum,
              summary.maximum,
              ...summary.meanInterval,
              ...summary.medianInterval,
            ].map(double),
          ],
        ]
      : [],
  );
  return table(columns, rows);
}

/** One line for each network: how it ended. */
export function networksTable({ history, statistics }: ExportedRun): string {
  const { curves, networks } = history;
  const last = (curves.steps.length - 1) * networks;
  const at = (values: Float32Array | null, network: number): Cell =>
    values ? single(values[last + network]) : null;
  const rows = Array.from({ length: networks }, (_, network): Cell[] => {
    const divergedAt = statistics.divergedAt[network] ?? -1;
    return [
      network,
      statistics.outcomeOf[network] ?? null,
      divergedAt < 0 ? null : divergedAt,
      at(curves.trainLoss, network),
      at(curves.testLoss, network),
      at(curves.trainAccuracy, network),
      at(curves.testAccuracy, network),
      at(curves.gradientNorm, network),
    ];
  });
  const columns = ['network', 'outcome', 'diverged_at_step'];
  const finals = ['train_loss', 'test_loss', 'train_accuracy', 'test_accuracy', 'gradient_norm'];
  return table([...columns, ...finals], rows);
}

/** One line for each point of the plane's grid; null where no landscape has been computed. */
export function gridTable({ landscapeInPlane }: ExportedRun): string | null {
  if (!landscapeInPlane) return null;
  const { xs, ys, loss, testLoss, accuracy } = landscapeInPlane.landscape;
  const rows: Cell[][] = [];
  ys.forEach((y, row) => {
    xs.forEach((x, column) => {
      const i = row * xs.length + column;
      rows.push([
        single(x),
        single(y),
        single(loss[i]),
        ...(testLoss ? [single(testLoss[i])] : []),
        ...(accuracy ? [single(accuracy[i])] : []),
      ]);
    });
  });
  const optional = [...(testLoss ? ['test_loss'] : []), ...(accuracy ? ['accuracy'] : [])];
  return table(['x', 'y', 'loss', ...optional], rows);
}

/** One line for each snapshot of each network; null where no landscape has been computed. */
export function trajectoriesTable({
  landscapeInPlane,
  history: { networks },
}: ExportedRun): string | null {
  if (!landscapeInPlane) return null;
  const { snapshotSteps, coordinates, offPlane, trueLoss, planeLoss } = landscapeInPlane.landscape;
  const rows: Cell[][] = [];
  snapshotSteps.forEach((step, snapshot) => {
    for (let network = 0; network < networks; network++) {
      const i = snapshot * networks + network;
      rows.push([
        network,
        step,
        single(coordinates[2 * i]),
        single(coordinates[2 * i + 1]),
        single(offPlane[i]),
        single(trueLoss[i]),
        single(planeLoss[i]),
      ]);
    }
  });
  const columns = ['network', 'step', 'x', 'y', 'off_plane', 'true_loss', 'plane_loss'];
  return table(columns, rows);
}
