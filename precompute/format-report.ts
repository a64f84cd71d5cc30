// What an artifact's manifest and results say, laid out for a terminal.
import pc from 'picocolors';
import { resultTensorFile } from '../src/artifact/files.ts';
import type { ConditionFacts, Manifest, TrainingFacts } from '../src/artifact/manifest.ts';
import { analysisOf } from '../src/landscape/analyses/index.ts';
import { describeExperiment } from './describe-experiment.ts';
import { resultRows } from './format-result.ts';
import { varianceRows, statisticsRows, settingRows } from './format-training.ts';
import { figures, kilobytes, section, type Rows } from './report-text.ts';

/** @param results plain data, by the analyses that are answered. */
export function formatReport(manifest: Manifest, results: ReadonlyMap<string, unknown>): string {
  const { name, study, unanswered, claims, conditions } = manifest;
  const [facts] = conditions as [ConditionFacts];
  const { training } = facts;
  return [
    pc.bold(`${name}  ${study.title}`.trim()),
    training
      ? section('Configuration', settingRows(manifest, facts, training.data))
      : section('Conditions', conditionRows(manifest)),
    section('Computed', computedRows(manifest)),
    ...(training ? trainingSections(training, results.get('landscape')) : []),
    ...Object.entries(study.analyses).map(([analysis, spec]) => {
      const { title } = analysisOf(spec);
      const rows = results.has(analysis)
        ? resultRows(results.get(analysis), resultTensorFile(analysis))
        : ([['not answered', unanswered[analysis] ?? '']] satisfies Rows);
      return section(`${analysis}: ${title}`, rows);
    }),
    ...(claims.length > 0
      ? [section('Claims of papers, on these networks', claimRows(claims))]
      : []),
    section('Files', fileRows(manifest)),
  ].join('\n\n');
}

const trainingSections = ({ statistics }: TrainingFacts, landscape: unknown): string[] => [
  section('Where they end', statisticsRows(statistics)),
  section('Explained variance', varianceRows(landscape)),
];

function conditionRows({ study, conditions }: Manifest): Rows {
  return study.conditions.map(({ key, title, experiment }, index) => {
    const { sizes, parameters, diverged, startHash } = conditions[index] as ConditionFacts;
    const lost = diverged > 0 ? `, ${diverged} diverged` : '';
    const start = startHash ? `, starting weights ${startHash.slice(0, 16)}` : '';
    const name = title === key ? '' : `${title}: `;
    return [
      key,
      `${name}${describeExperiment(experiment)}; ${sizes.join('-')}, ${parameters} weights${start}${lost}`,
    ];
  });
}

function computedRows(manifest: Manifest): Rows {
  const { profile, provider, providerReason, timings, versions } = manifest;
  return [
    ['profile', profile],
    ['provider', provider],
    ['because', providerReason],
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
  ];
}

function fileRows({ files }: Manifest): Rows {
  const total = files.reduce((bytes, file) => bytes + file.bytes, 0);
  return [
    ...files.map(({ path, bytes, purpose }): [string, string] => [
      path,
      `${kilobytes(bytes)}  ${purpose}`,
    ]),
    ['all', kilobytes(total)],
  ];
}

const colours = { shown: pc.green, 'not shown': pc.yellow, opposite: pc.red } as const;

function claimRows(claims: Manifest['claims']): Rows {
  return claims.flatMap(
    ({ id, source, verdict, found, evidence, criterion, sentence }): [string, string][] => [
      [id, `${colours[verdict](verdict)}  (${source})`],
      ['', `paper: ${found}`],
      ...evidence.map(({ what, value, interval, unit }): [string, string] => {
        const range = interval ? ` (95% ${figures(interval[0])} to ${figures(interval[1])})` : '';
        return ['', `${what}: ${figures(value)}${range}${unit ? ` ${unit}` : ''}`];
      }),
      ['', `criterion: ${criterion}`],
      ['', sentence],
    ],
  );
}
