// What a study's manifest and results say, laid out for a terminal.
import pc from 'picocolors';
import { isNumberAsText, isTensorMark } from '../src/artifact/result-tree.ts';
import { resultTensorFile } from '../src/artifact/study-files.ts';
import type { StudyManifest } from '../src/artifact/study-manifest.ts';
import { analysisOf } from '../src/landscape/analyses/index.ts';
import { describeExperiment } from './describe-experiment.ts';
import { figures, kilobytes, section } from './report-text.ts';

type Rows = [string, string][];

/** @param results plain data, by the analyses that are answered. */
export function formatStudy(
  manifest: StudyManifest,
  results: ReadonlyMap<string, unknown>,
): string {
  const { name, study, unanswered, claims, files } = manifest;
  const bytes = files.reduce((total, file) => total + file.bytes, 0);
  return [
    pc.bold(`${name} study  ${study.title}`.trim()),
    section('Conditions', conditionRows(manifest)),
    section('Computed', computedRows(manifest)),
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
    section('Files', [
      ...files.map(({ path, bytes, purpose }): [string, string] => [
        path,
        `${kilobytes(bytes)}  ${purpose}`,
      ]),
      ['all', kilobytes(bytes)],
    ]),
  ].join('\n\n');
}

function conditionRows({ study, conditions }: StudyManifest): Rows {
  return study.conditions.map(({ key, title, experiment }, index) => {
    const { sizes, parameters, diverged, startHash } = conditions[
      index
    ] as StudyManifest['conditions'][number];
    const lost = diverged > 0 ? `, ${diverged} diverged` : '';
    const start = startHash ? `, starting weights ${startHash.slice(0, 16)}` : '';
    const name = title === key ? '' : `${title}: `;
    return [
      key,
      `${name}${describeExperiment(experiment)}; ${sizes.join('-')}, ${parameters} weights${start}${lost}`,
    ];
  });
}

function computedRows({ provider, providerReason, timings, contentHash }: StudyManifest): Rows {
  return [
    ['provider', provider],
    ['because', providerReason],
    [
      'seconds',
      Object.entries(timings)
        .map(([stage, value]) => `${stage} ${value.toFixed(1)}`)
        .join(', '),
    ],
    ['content', contentHash.slice(0, 16)],
  ];
}

/** Longer lists are told by their range, or by how often each word is in them. */
const listedItems = 8;

/** Every number of a result by its path; of its tensors, how many there are. */
function resultRows(result: unknown, tensorFile: string): Rows {
  const rows: Rows = [];
  let tensors = 0;
  const walk = (value: unknown, path: string): void => {
    const text = textOf(value);
    if (text !== null) rows.push([path, text]);
    else if (typeof value === 'object' && value !== null) {
      if (isTensorMark(value)) tensors++;
      else {
        for (const [key, item] of Object.entries(value)) walk(item, path ? `${path}.${key}` : key);
      }
    }
  };
  walk(result, '');
  return [...rows, ['tensors', `${tensors}, in ${tensorFile}`]];
}

/** What fits on one line: numbers, words, lists of them, estimates with their interval, spreads, summaries. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number') return figures(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) {
    if (value.every(isNumber)) return listText(value.map(Number));
    return value.length > listedItems && value.every((item) => typeof item === 'string')
      ? countText(value)
      : null;
  }
  const parts = value as Readonly<Record<string, unknown>>;
  const number = (key: string) => (typeof parts[key] === 'number' ? figures(parts[key]) : 'NaN');
  if ('value' in parts && Array.isArray(parts['interval'])) {
    const [low, high] = parts['interval'].map((end) => figures(Number(end)));
    return `${number('value')} (95% ${low} to ${high})`;
  }
  if ('median' in parts && 'minimum' in parts && 'maximum' in parts) {
    return `median ${number('median')}, ${number('minimum')} to ${number('maximum')}, of ${number('count')}`;
  }
  return null;
}

/** As the result's file has it: what is not finite is a text. */
const isNumber = (value: unknown): boolean => typeof value === 'number' || isNumberAsText(value);

/** `17 converged, 3 stuck`. */
function countText(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

function listText(values: readonly number[]): string {
  if (values.length <= listedItems) return values.map(figures).join(', ');
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return `${values.length} numbers, none of them finite`;
  const ends = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  return `${values.length} numbers, ${ends.map(figures).join(' to ')}`;
}

const colours = { shown: pc.green, 'not shown': pc.yellow, opposite: pc.red } as const;

function claimRows(claims: StudyManifest['claims']): Rows {
  return claims.flatMap(({ id, source, verdict, found, evidence, criterion, sentence }): Rows => [
    [id, `${colours[verdict](verdict)}  (${source})`],
    ['', `paper: ${found}`],
    ...evidence.map(({ what, value, interval, unit }): [string, string] => {
      const range = interval ? ` (95% ${figures(interval[0])} to ${figures(interval[1])})` : '';
      return ['', `${what}: ${figures(value)}${range}${unit ? ` ${unit}` : ''}`];
    }),
    ['', `criterion: ${criterion}`],
    ['', sentence],
  ]);
}
