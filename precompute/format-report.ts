// What an artifact's manifest says, laid out for a terminal.
import pc from 'picocolors';
import type { Manifest } from '../src/artifact/manifest.ts';
import { describeExperiment } from './describe-experiment.ts';
import { figures, kilobytes, percent, section, type Rows } from './report-text.ts';

type Summary = Manifest['statistics']['trainLoss'];

export function formatReport(manifest: Manifest): string {
  const { experiment, network, data, start, statistics, timings, versions } = manifest;
  const total = manifest.files.reduce((bytes, file) => bytes + file.bytes, 0);
  return [
    pc.bold(`${manifest.name}  ${experiment.title}`.trim()),
    section('Configuration', [
      ['experiment', describeExperiment(experiment)],
      ['network', `${network.sizes.join('-')}, ${network.parameters} weights each`],
      start && experiment.start
        ? ['start', `${experiment.start.path}, weights ${start.sha256.slice(0, 16)}`]
        : ['initialiser', `${experiment.initialiser.kind}, scale ${experiment.initialiser.scale}`],
      ['loss', `${experiment.loss}, weight decay ${experiment.weightDecay}`],
      ['schedule', experiment.schedule.kind],
      [
        'data',
        `${data.trainCount} training and ${data.testCount} test samples, ${data.features} features, ${data.classNames.length || 'no'} classes`,
      ],
      [
        'plane',
        `${experiment.directions}, ${experiment.grid.size} by ${experiment.grid.size} points`,
      ],
      ['profile', manifest.profile],
    ]),
    section('Computed', [
      ['provider', manifest.provider],
      ['because', manifest.providerReason],
      [
        'seconds',
        Object.entries(timings)
          .map(([stage, value]) => `${stage} ${value.toFixed(1)}`)
          .join(', '),
      ],
      [
        'versions',
        Object.entries(versions)
          .map(([name, version]) => `${name} ${version}`)
          .join(', '),
      ],
      ['engine', manifest.engineVersion.slice(0, 16)],
      ['content', manifest.contentHash.slice(0, 16)],
    ]),
    section('Where they end', statisticsRows(statistics)),
    section('Explained variance', varianceRows(manifest)),
    section('Files', [
      ...manifest.files.map(
        ({ path, bytes, purpose }) => [`${path}`, `${kilobytes(bytes)}  ${purpose}`] as const,
      ),
      ['all', kilobytes(total)],
    ]),
  ].join('\n\n');
}

function statisticsRows(statistics: Manifest['statistics']): Rows {
  const { trainLoss, testLoss, trainAccuracy, testAccuracy, epochsToThreshold } = statistics;
  const rows: [string, Summary | null][] = [
    ['training loss', trainLoss],
    ['test loss', testLoss],
    ['training accuracy', trainAccuracy],
    ['test accuracy', testAccuracy],
    [`epochs to ${statistics.threshold}`, epochsToThreshold],
  ];
  const present = rows.filter((row): row is [string, Summary] => row[1] !== null);
  return [
    ...present.map(([name, summary]) => [name, summaryText(summary)] as const),
    ...Object.entries(statistics.outcomes).map(
      ([outcome, count]) =>
        [
          outcome,
          `${count}  ${statistics.criteria[outcome as keyof typeof statistics.criteria]}`,
        ] as const,
    ),
  ];
}

function summaryText(summary: Summary): string {
  const { count, missing, mean, meanInterval, standardDeviation, median, minimum, maximum } =
    summary;
  if (count === 0) return `none of ${missing}`;
  const [low, high] = meanInterval.map(figures) as [string, string];
  const without = missing > 0 ? `, without ${missing}` : '';
  return `mean ${figures(mean)} (95% ${low} to ${high}), sd ${figures(standardDeviation)}, median ${figures(median)}, ${figures(minimum)} to ${figures(maximum)}${without}`;
}

function varianceRows({ explainedVariance, nullExplainedVariance, projection }: Manifest): Rows {
  if (explainedVariance.length === 0)
    return [['plane', 'the two weights themselves: nothing is lost']];
  const text = (shares: readonly number[]) => {
    const two = shares.slice(0, 2).reduce((sum, share) => sum + share, 0);
    return `first two ${percent(two)}  (${shares.slice(0, 6).map(percent).join(', ')})`;
  };
  return [
    ['snapshots', text(explainedVariance)],
    ['null', `${text(nullExplainedVariance)}  the untrained initialisations alone`],
    ['by', `PCA of the ${projection === 'gram' ? 'Gram' : projection} matrix`],
  ];
}
