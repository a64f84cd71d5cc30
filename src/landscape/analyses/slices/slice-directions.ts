// What the directions of a slice are made from: the networks, eigenvectors, or the file that an author names.
import { ExperimentError } from '../../../learning/experiment-error.ts';
import { initialPopulation } from '../../../learning/initial-weights.ts';
import { createDerivatives, stoppable } from '../../curvature/derivatives.ts';
import { hessianEigenpairs } from '../../curvature/extreme-eigenpairs.ts';
import type { FrameSources } from '../../directions/frame-of-spec.ts';
import { largestVolume, type SliceSpec } from '../../directions/plane-spec.ts';
import { centreOf } from '../../directions/solutions.ts';
import { lossOptions, using, type AnalysisContext, type TrainedCondition } from '../analysis.ts';
import type { TensorsOf } from '../derived.ts';
import type { Subject } from './slice-subject.ts';
import type { SliceResult } from './slices-result.ts';

export async function frameSources(
  context: AnalysisContext,
  subject: Subject,
  spec: SliceSpec,
): Promise<FrameSources> {
  const { condition, history } = subject;
  const { experiment } = condition;
  const sources = sourcesOfAll(subject, spec);
  if (spec.directions === 'hessian') {
    const [top, bottom] = eigenvectorCounts(spec);
    const centre = centreOf(history, spec.centre);
    const pairs = await using(createDerivatives(lossOptions(context, condition)), (derivatives) =>
      hessianEigenpairs(stoppable(derivatives, context.signal), centre, {
        top,
        bottom,
        seed: experiment.seed,
      }),
    );
    return { ...sources, eigenvectors: { top: pairs.top.vectors, bottom: pairs.bottom.vectors } };
  }
  if (spec.directions !== 'user') return sources;
  return { ...sources, user: await readDirections(context, spec, history.parameters) };
}

/** Those of a file that an author names. */
async function readDirections(
  { readTensors }: Pick<AnalysisContext, 'readTensors'>,
  { path, size }: Extract<SliceSpec, { directions: 'user' }>,
  P: number,
): Promise<NonNullable<FrameSources['user']>> {
  const tensors = await readTensors(path);
  const directions = tensors.get('directions');
  if (!directions) {
    throw new ExperimentError(
      `${path} has no float32 tensor "directions": expected one of shape [1 to 3, ${P}]; its tensors are ${[...tensors.keys()].join(', ') || 'none'}`,
    );
  }
  const origin = tensors.get('origin');
  checkRows(path, 'directions', directions.shape, P, 3);
  if (origin) checkRows(path, 'origin', origin.shape, P, 1);
  if (directions.values.length === 3 * P && size > largestVolume) {
    throw new ExperimentError(
      `size is ${size}: the three directions of ${path} span a volume of size^3 points, so expected at most ${largestVolume}`,
    );
  }
  return { directions: directions.values, origin: origin?.values ?? null };
}

/** A tensor that is turned round, [weights, directions], would pass by its length alone. */
function checkRows(
  path: string,
  name: string,
  shape: readonly number[],
  P: number,
  most: number,
): void {
  const rows = shape.length === 1 ? 1 : shape.length === 2 ? shape[0]! : 0;
  if (rows >= 1 && rows <= most && shape.at(-1) === P) return;
  throw new ExperimentError(
    `'${name}' in ${path} has the shape [${shape.join(', ')}], but the network has ${P} weights: expected ${most === 1 ? `[${P}]` : `[1, ${P}] to [${most}, ${P}]`}`,
  );
}

/** What frames of any directions are made from. */
const sourcesOfAll = (
  { condition: { network, experiment }, history }: Subject<TrainedCondition>,
  spec: SliceSpec,
): FrameSources => ({
  network,
  seed: experiment.seed,
  history,
  // One path has more snapshots than there may be networks: its null needs as many starts.
  unrelatedStarts:
    spec.directions === 'pca' && spec.of === 'one-run'
      ? initialPopulation(
          network,
          experiment.initialiser,
          experiment.seed,
          history.snapshotSteps.length,
        )
      : undefined,
});

/** How many eigenvectors of either end. */
const eigenvectorCounts = ({
  dimensions: D,
  which,
}: Extract<SliceSpec, { directions: 'hessian' }>): [top: number, bottom: number] =>
  which === 'top-bottom' ? [1, 1] : which === 'top' ? [D, 0] : [0, D];

export function sourcesAgain(
  subject: Subject<TrainedCondition>,
  spec: SliceSpec,
  { origin, basis }: TensorsOf<SliceResult>,
): FrameSources {
  const sources = sourcesOfAll(subject, spec);
  const P = subject.history.parameters;
  if (spec.directions === 'user')
    return { ...sources, user: { directions: basis.values, origin: origin.values } };
  if (spec.directions !== 'hessian') return sources;
  const [top, bottom] = eigenvectorCounts(spec);
  const rows = (first: number, count: number) =>
    basis.values.subarray(first * P, (first + count) * P);
  return { ...sources, eigenvectors: { top: rows(0, top), bottom: rows(top, bottom) } };
}
