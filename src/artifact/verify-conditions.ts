// Whether the conditions of a study's artifact are those of its experiments: data, sizes, starts and ends.
import type { TrainedCondition } from '../landscape/analyses/analysis.ts';
import type { AnalysisSpec } from '../landscape/analyses/index.ts';
import type { NumericArray } from '../landscape/analyses/numeric-array.ts';
import type { OutcomesResult } from '../landscape/analyses/outcomes.ts';
import type { SlicesResult } from '../landscape/analyses/slices.ts';
import { rowIsFinite } from '../landscape/rows.ts';
import type { Experiment } from '../learning/experiment.ts';
import { initialPopulation } from '../learning/initial-weights.ts';
import { networkShapeOf } from '../learning/network-of.ts';
import { parameterCount, type NetworkShape } from '../learning/network-shape.ts';
import type { PreparedData } from '../learning/samples.ts';
import { ArtifactError } from './artifact-error.ts';
import { weightsHash } from './start-weights.ts';
import { decodeStudyWeights } from './study-content.ts';
import { studyWeightsFile } from './study-files.ts';
import type { StudyManifest } from './study-manifest.ts';

export interface ConditionSources {
  /** Bytes of a file of the artifact, by its path inside it. */
  readonly read: (path: string) => Promise<Uint8Array>;
  /** The artifact's folder, for messages. */
  readonly where: string;
  /** Data made anew from the experiment, with the hash of the text they come from. */
  readonly prepare: (experiment: Experiment) => Promise<{ data: PreparedData; dataHash: string }>;
}

type ConditionFacts = StudyManifest['conditions'][number];

/** @throws ArtifactError at the first fact, weight or file that is not the one its experiment gives. */
export async function readConditions(
  manifest: StudyManifest,
  { read, where, prepare }: ConditionSources,
): Promise<TrainedCondition[]> {
  const bytes = await read(studyWeightsFile);
  const conditions: TrainedCondition[] = [];
  for (const [index, { key, title, experiment }] of manifest.study.conditions.entries()) {
    const facts = manifest.conditions[index] as ConditionFacts;
    const place = `${where}: condition ${key}`;
    const { data, dataHash } = await prepare(experiment);
    if (dataHash !== facts.dataHash) {
      throw new ArtifactError(
        `${place} was computed from other data than are here now: run the experiment again`,
      );
    }
    const { initialisations } = experiment;
    const network = networkShapeOf(experiment, data);
    checkFacts(facts, network, initialisations, place);
    const weights = decodeStudyWeights(bytes, `${where}/${studyWeightsFile}`, facts);
    checkDiverged(facts, weights.final, place);
    await checkStarts(experiment, network, weights.initial, facts, place);
    conditions.push({ key, title, experiment, data, network, ...weights });
  }
  return conditions;
}

/** Those of the file that was hashed, or else those that the seed gives. */
async function checkStarts(
  { start, initialiser, seed, initialisations }: Experiment,
  network: NetworkShape,
  initial: Float32Array,
  { startHash }: ConditionFacts,
  place: string,
): Promise<void> {
  if (start) {
    if ((await weightsHash(initial)) === startHash) return;
    throw new ArtifactError(
      `${place}: the initial weights are not those that were read from ${start.path}; run the experiment again`,
    );
  }
  const drawn = initialPopulation(network, initialiser, seed, initialisations);
  const other = drawn.findIndex((weight, i) => !Object.is(weight, initial[i]));
  if (other < 0) return;
  throw new ArtifactError(
    `${place}: weight ${other} starts at ${initial[other]} where seed ${seed} gives ${drawn[other]}; run the experiment again`,
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

/** A network diverged at the latest where its final weights are not finite. */
function checkDiverged(
  { diverged, networks, parameters }: ConditionFacts,
  final: Float32Array,
  place: string,
): void {
  let least = 0;
  for (let n = 0; n < networks; n++) least += Number(!rowIsFinite(final, parameters, n));
  if (diverged >= least && diverged <= networks) return;
  throw new ArtifactError(
    `${place}: ${diverged} of ${networks} networks diverged where the weights of ${least} are not finite; run the experiment again`,
  );
}

/**
 * An analysis that keeps when each network diverged tells how many did.
 * @throws ArtifactError where the manifest tells otherwise.
 */
export function checkDivergedCounts(
  { study, conditions }: Pick<StudyManifest, 'study' | 'conditions'>,
  spec: AnalysisSpec,
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
  { conditions }: StudyManifest['study'],
  key: string,
  spec: AnalysisSpec,
  result: unknown,
): NumericArray | null {
  if (spec.kind === 'outcomes') return (result as OutcomesResult).conditions[key]!.divergedAt;
  if (spec.kind !== 'slices' || spec.across !== undefined) return null;
  const own = spec.condition ?? conditions[0]!.key;
  return own === key ? (result as SlicesResult).paths.divergedAt : null;
}
