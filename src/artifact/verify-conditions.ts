// Whether the conditions of an artifact are those of its experiments: data, sizes, starts and ends.
import type { TrainedCondition } from '../landscape/analyses/analysis.ts';
import type { AnsweredSpec } from '../landscape/analyses/index.ts';
import type { NumericArray } from '../landscape/analyses/numeric-array.ts';
import type { OutcomesResult } from '../landscape/analyses/outcomes/outcomes-result.ts';
import type { SlicesResult } from '../landscape/analyses/slices/slices-result.ts';
import { rowIsFinite } from '../landscape/rows.ts';
import type { Experiment } from '../learning/experiment.ts';
import { initialPopulation } from '../learning/initial-weights.ts';
import { networkShapeOf } from '../learning/network-of.ts';
import { parameterCount, type NetworkShape } from '../learning/network-shape.ts';
import type { PreparedData } from '../learning/samples.ts';
import { seedsOf } from '../learning/seeds.ts';
import { ArtifactError } from './artifact-error.ts';
import type { ConditionFacts, Manifest } from './manifest.ts';
import { weightsHash } from './start-weights.ts';
import { readConditionWeights, type ConditionWeights } from './weights-file.ts';

export interface ConditionSources {
  /** Bytes of a file of the artifact, by its path inside it. */
  readonly read: (path: string) => Promise<Uint8Array>;
  /** The artifact's folder, for messages. */
  readonly where: string;
  /** Data made anew from the experiment, with the hash of the text they come from. */
  readonly prepare: (experiment: Experiment) => Promise<{ data: PreparedData; dataHash: string }>;
}

/** @throws ArtifactError at the first fact, weight or file that is not the one its experiment gives. */
export async function readConditions(
  manifest: Manifest,
  { read, where, prepare }: ConditionSources,
): Promise<TrainedCondition[]> {
  const settled: Pick<TrainedCondition, 'data' | 'network'>[] = [];
  for (const [index, { key, experiment }] of manifest.study.conditions.entries()) {
    const facts = manifest.conditions[index] as ConditionFacts;
    const place = `${where}: condition ${key}`;
    const { data, dataHash } = await prepare(experiment);
    if (dataHash !== facts.dataHash) {
      throw new ArtifactError(
        `${place} was computed from other data than are here now: run the experiment again`,
      );
    }
    const network = networkShapeOf(experiment, data);
    checkFacts(facts, network, experiment.initialisations, place);
    settled.push({ data, network });
  }
  const weights = await readConditionWeights(manifest, read, where);
  const conditions: TrainedCondition[] = [];
  for (const [index, { key, title, experiment }] of manifest.study.conditions.entries()) {
    const facts = manifest.conditions[index] as ConditionFacts;
    const own = weights[index] as ConditionWeights;
    const condition = { key, title, experiment, ...settled[index]!, ...own };
    const place = `${where}: condition ${key}`;
    checkDiverged(facts, own, place);
    await checkStarts(condition, facts, place);
    conditions.push(condition);
  }
  return conditions;
}

/** Those of the file that was hashed, or else those that the seed gives. */
async function checkStarts(
  { experiment, network, initial }: TrainedCondition,
  { startHash, parameters }: ConditionFacts,
  place: string,
): Promise<void> {
  const { start, initialiser, initialisations } = experiment;
  const seed = seedsOf(experiment).starts;
  if (start) {
    if ((await weightsHash(initial)) === startHash) return;
    throw new ArtifactError(
      `${place}: the initial weights are not those that were read from ${start.path}; run the experiment again`,
    );
  }
  const drawn = initialPopulation(network, initialiser, seed, initialisations);
  const other = drawn.findIndex((weight, i) => !Object.is(weight, initial[i]));
  if (other < 0 && startHash === undefined) return;
  if (other < 0) {
    throw new ArtifactError(
      `${place}: its manifest tells of weights to start from where its experiment names none; run the experiment again`,
    );
  }
  throw new ArtifactError(
    `${place}: weight ${other % parameters} of network ${Math.floor(other / parameters)} starts at ${initial[other]} where seed ${seed} gives ${drawn[other]}; run the experiment again`,
  );
}

function checkFacts(
  facts: ConditionFacts,
  network: NetworkShape,
  networks: number,
  place: string,
): void {
  const expected = {
    sizes: [...network.sizes],
    parameters: parameterCount(network),
    networks,
  } as const;
  for (const [what, value] of Object.entries(expected)) {
    const told = facts[what as keyof typeof expected];
    if (String(told) === String(value)) continue;
    throw new ArtifactError(
      `${place}: ${what} are ${String(told)} where ${String(value)} were expected; run the experiment again`,
    );
  }
}

/** Where the history is kept, it tells; else a network diverged at the latest where its final weights are not finite. */
function checkDiverged(
  { diverged, networks, parameters }: ConditionFacts,
  { final, history }: ConditionWeights,
  place: string,
): void {
  const told = history?.divergedAt.reduce((count, step) => count + Number(step >= 0), 0);
  let least = told ?? 0;
  if (told === undefined)
    for (let n = 0; n < networks; n++) least += Number(!rowIsFinite(final, parameters, n));
  if (diverged >= least && diverged <= (told ?? networks)) return;
  throw new ArtifactError(
    `${place}: ${diverged} of ${networks} networks diverged where ${told === undefined ? 'the weights of ' : ''}${least} ${told === undefined ? 'are not finite' : 'did by its records'}; run the experiment again`,
  );
}

/**
 * An analysis that keeps when each network diverged tells how many did.
 * @throws ArtifactError where the manifest tells otherwise.
 */
export function checkDivergedCounts(
  { study, conditions }: Pick<Manifest, 'study' | 'conditions'>,
  spec: AnsweredSpec,
  result: unknown,
  where: string,
): void {
  for (const { key, diverged } of conditions) {
    const steps = divergenceOf(study, key, spec, result);
    const kept = steps?.values.reduce((count, step) => count + Number(step >= 0), 0) ?? diverged;
    if (kept === diverged) continue;
    throw new ArtifactError(
      `${where}: condition ${key}: ${diverged} networks diverged where ${kept} did by what an analysis kept; run the experiment again`,
    );
  }
}

/** `[N]`: the step at which each network of the condition diverged, where the analysis keeps it. */
function divergenceOf(
  { conditions }: Manifest['study'],
  key: string,
  spec: AnsweredSpec,
  result: unknown,
): NumericArray | null {
  if (spec.kind === 'outcomes') return (result as OutcomesResult).conditions[key]!.divergedAt;
  if (spec.kind !== 'slices' || spec.across !== undefined) return null;
  const own = spec.condition ?? conditions[0]!.key;
  return own === key ? (result as SlicesResult).paths.divergedAt : null;
}
