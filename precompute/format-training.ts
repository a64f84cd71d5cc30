// What is told of a run of its own, laid out for a terminal: its settings, where its networks end, what its plane holds.
import type { ConditionFacts, Manifest, TrainingFacts } from '../src/artifact/manifest.ts';
import type { LandscapeResult } from '../src/landscape/analyses/landscape/landscape-result.ts';
import { describeExperiment } from './describe-experiment.ts';
import { figures, percent, type Rows } from './report-text.ts';

type Summary = TrainingFacts['statistics']['trainLoss'];

export function settingRows(
  { study }: Manifest,
  { sizes, parameters, startHash }: ConditionFacts,
  data: TrainingFacts['data'],
): Rows {
  const [{ experiment }] = study.conditions as [Manifest['study']['conditions'][number]];
  return [
    ['experiment', describeExperiment(experiment)],
    ['network', `${sizes.join('-')}, ${parameters} weights each`],
    startHash && experiment.start
      ? ['start', `${experiment.start.path}, weights ${startHash.slice(0, 16)}`]
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
  ];
}

export function statisticsRows(statistics: TrainingFacts['statistics']): Rows {
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

/** @param landscape plain data of the run's. */
export function varianceRows(landscape: unknown): Rows {
  const { explainedVariance, nullExplainedVariance, method } = landscape as LandscapeResult;
  if (explainedVariance.length === 0)
    return [['plane', 'the two weights themselves: nothing is lost']];
  const text = (shares: readonly number[]) => {
    const two = shares.slice(0, 2).reduce((sum, share) => sum + share, 0);
    return `first two ${percent(two)}  (${shares.slice(0, 6).map(percent).join(', ')})`;
  };
  return [
    ['snapshots', text(explainedVariance)],
    ['null', `${text(nullExplainedVariance)}  the untrained initialisations alone`],
    ['by', `PCA of the ${method === 'gram' ? 'Gram' : method} matrix`],
  ];
}
