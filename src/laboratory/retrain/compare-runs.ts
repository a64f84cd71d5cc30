// One paragraph at the end of a run: what came out, and how it compares with the published run.
import { canonicalJson } from '../../artifact/canonical-json.ts';
import type { ConvergenceStatistics, Experiment } from '../../artifact/display.ts';
import { formatNumber } from '../../figures/kit/format.ts';
import { seedsOf } from '../../learning/seeds.ts';

/** What is known of the published run without fetching it. */
export interface PublishedRun {
  /** SHA-256 of the witness's initial weights; null where it has no such network. */
  readonly initialChecksum: string | null;
  /** Training losses at the end, full precision; NaN is written null. */
  readonly finalLosses: readonly (number | null)[];
}

/** What decides the weights beside the seeds: everything but names, and what is measured, kept or drawn. */
const decisive = [
  'data',
  'testFraction',
  'normalise',
  'hiddenSizes',
  'activation',
  'residual',
  'bias',
  'initialiser',
  'loss',
  'weightDecay',
  'optimiser',
  'learningRate',
  'schedule',
  'rateChanges',
  'batchSize',
  'epochs',
  'initialisations',
  'start',
] as const satisfies readonly (keyof Experiment)[];

export const sameTraining = (a: Experiment, b: Experiment): boolean =>
  same(a, b, decisive) && canonicalJson(seedsOf(a)) === canonicalJson(seedsOf(b));

/** What decides the plane and its surface: the points, and the function of weights that is evaluated on them. */
export const sameLandscape = (a: Experiment, b: Experiment): boolean =>
  same(a, b, [
    'data',
    'testFraction',
    'normalise',
    'hiddenSizes',
    'activation',
    'residual',
    'bias',
    'loss',
  ]) &&
  seedsOf(a).data === seedsOf(b).data &&
  seedsOf(a).split === seedsOf(b).split;

/** Settings are equal in whatever order they were written. */
function same(a: Experiment, b: Experiment, keys: readonly (keyof Experiment)[]): boolean {
  return keys.every((key) => canonicalJson(a[key]) === canonicalJson(b[key]));
}

export interface Comparison {
  readonly isSameTraining: boolean;
  readonly stopped: boolean;
  readonly provider: string;
  readonly seconds: number;
  readonly epochs: number;
  readonly statistics: ConvergenceStatistics;
  readonly finalLosses: Float32Array;
  readonly initialChecksum: string | null;
  readonly witness: number;
  readonly published: PublishedRun | null;
}

export function summariseRun(run: Comparison): string {
  const { statistics, finalLosses, seconds, provider, epochs, stopped } = run;
  const { converged, stuck, diverged } = statistics.outcomes;
  const loss = statistics.trainLoss;
  const outcomes = [`${converged} converged`, `${stuck} stuck`, `${diverged} diverged`].join(', ');
  const sentences = [
    `${finalLosses.length} networks trained ${stopped ? `until you stopped them, after ${formatNumber(epochs)} epochs` : `for ${formatNumber(epochs)} epochs`}, ` +
      `in ${formatNumber(seconds)} s on ${provider === 'webgpu' ? 'WebGPU' : 'WebAssembly'}.`,
    `Median training loss ${formatNumber(loss.median)} (${formatNumber(loss.minimum)} to ${formatNumber(loss.maximum)}); ${outcomes}.`,
    comparison(run),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function comparison(run: Comparison): string {
  const { published, isSameTraining, initialChecksum, witness, finalLosses, stopped } = run;
  if (!published || !isSameTraining) {
    return isSameTraining
      ? ''
      : 'The settings differ from those of the published run, so the two are not compared.';
  }
  const begun =
    initialChecksum === null || published.initialChecksum === null
      ? ''
      : initialChecksum === published.initialChecksum
        ? `Network ${witness} began with the published weights, bit for bit (their SHA-256 checksums agree).`
        : `Network ${witness} did not begin with the published weights: their checksums differ, which is a fault worth reporting.`;
  if (stopped) return begun;
  const differences = published.finalLosses.map((loss, n) =>
    Math.abs((loss ?? NaN) - (finalLosses[n] ?? NaN)),
  );
  const finite = differences.filter(Number.isFinite).sort((a, b) => a - b);
  const largest = finite.at(-1);
  if (largest === undefined) return begun;
  const middle = finite[Math.floor(finite.length / 2)] ?? NaN;
  const ended =
    largest === 0
      ? 'All final losses are those of the published run, to the last bit.'
      : `Final losses differ from the published ones by ${formatNumber(middle)} in the median and ${formatNumber(largest)} at most: processors round differently.`;
  return [begun, ended].filter((sentence) => sentence !== '').join(' ');
}
