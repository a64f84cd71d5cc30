// Runs the truths one after the other on one executor, and tells each result as soon as it is there.
import type { Executor } from '../../engine/runtime/executor.ts';
import type { LossOptions } from '../../learning/evaluator.ts';
import { networkShapeOf } from '../../learning/network-of.ts';
import { prepareData, type DataSources } from '../../learning/prepare-data.ts';
import type { PreparedData } from '../../learning/samples.ts';
import {
  deepLinearTruth,
  twoWeightDescentTruth,
  twoWeightGradientTruth,
  twoWeightHessianTruth,
  twoWeightLossTruth,
} from './closed-forms.ts';
import {
  gradientDifferenceTruth,
  hessianDifferenceTruth,
  hessianSymmetryTruth,
  unitSymmetryTruth,
  type OneNetwork,
} from './derivatives.ts';
import {
  finalLossesTruth,
  firstStepsTruth,
  sameStartTruth,
  surfacePointsTruth,
  type PublishedRun,
} from './published.ts';
import { truths, type Comparison, type TruthId, type TruthResult } from './truths.ts';

export interface TruthHome {
  readonly executor: Executor;
  readonly sources: DataSources;
  /** Asked once, by the first truth that needs it. */
  published(): Promise<PublishedRun>;
  /** Bytes that activations may take. */
  readonly memoryBudget: number;
}

interface Scene {
  readonly executor: Executor;
  readonly memoryBudget: number;
  readonly run: PublishedRun;
  readonly data: PreparedData;
  readonly options: LossOptions;
  readonly witness: OneNetwork;
}

/** By truth: what it needs of the published run is fetched only where it asks. */
type Test = (executor: Executor, scene: () => Promise<Scene>) => Promise<Comparison>;

const ofWitness =
  (truth: (network: OneNetwork) => Promise<Comparison>): Test =>
  async (_, scene) =>
    truth((await scene()).witness);

const ofRun =
  (truth: (scene: Scene) => Promise<Comparison>): Test =>
  async (_, scene) =>
    truth(await scene());

const tests: Readonly<Record<TruthId, Test>> = {
  'two-weight-loss': twoWeightLossTruth,
  'two-weight-gradient': twoWeightGradientTruth,
  'two-weight-hessian': twoWeightHessianTruth,
  'two-weight-descent': twoWeightDescentTruth,
  'deep-linear': deepLinearTruth,
  'gradient-difference': ofWitness(gradientDifferenceTruth),
  'hessian-difference': ofWitness(hessianDifferenceTruth),
  'hessian-symmetry': ofWitness(hessianSymmetryTruth),
  'unit-symmetry': ofWitness(unitSymmetryTruth),
  'same-start': ofRun(({ run, options }) => sameStartTruth(run, options)),
  'first-steps': ofRun(({ run, data, executor, memoryBudget }) =>
    firstStepsTruth(run, data, executor, memoryBudget),
  ),
  'final-losses': ofRun(({ run, options }) => finalLossesTruth(run, options)),
  'surface-points': ofRun(({ run, options }) => surfacePointsTruth(run, options)),
};

/** A truth that cannot be tested is not passed, says why, and leaves the others to go on. */
export async function runTruths(
  home: TruthHome,
  onResult: (result: TruthResult) => Promise<void>,
): Promise<TruthResult[]> {
  const { executor } = home;
  let known: Promise<Scene> | null = null;
  const scene = (): Promise<Scene> => (known ??= openScene(home));
  const results: TruthResult[] = [];
  for (const { id, tolerance } of truths) {
    const result = await testOne(id, tolerance, () => tests[id](executor, scene));
    results.push(result);
    await onResult(result);
  }
  return results;
}

async function testOne(
  id: TruthId,
  tolerance: number,
  test: () => Promise<Comparison>,
): Promise<TruthResult> {
  try {
    const comparison = await test();
    return { id, comparison, problem: null, passed: comparison.error <= tolerance };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = message.split('\n', 1)[0]!.trim().replace(/\.$/, '').slice(0, 240);
    return { id, comparison: null, problem: `Could not be tested: ${line}.`, passed: false };
  }
}

async function openScene(home: TruthHome): Promise<Scene> {
  const { executor, memoryBudget } = home;
  const run = await home.published();
  const data = await prepareData(run.experiment, home.sources);
  const network = networkShapeOf(run.experiment, data);
  const options: LossOptions = {
    executor,
    network,
    loss: run.experiment.loss,
    samples: data.train,
    memoryBudget,
  };
  const P = run.final.length / run.experiment.initialisations;
  const own = (population: Float32Array): Float32Array =>
    population.slice(run.witness * P, (run.witness + 1) * P);
  const { seed } = run.experiment;
  const witness = { options, weights: own(run.final), start: own(run.initial), seed };
  return { executor, memoryBudget, run, data, options, witness };
}
