// The loss on lines, planes and volumes through weight space, with how far each can be trusted.
import { createEvaluator } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { frameOfSpec } from '../directions/frame-of-spec.ts';
import type { SliceSpec } from '../directions/plane-spec.ts';
import { gatherRows } from '../rows.ts';
import { evaluateSlice } from '../slices/evaluate-slice.ts';
import { sliceFidelity } from '../slices/fidelity.ts';
import { axesOver, proposeRadius } from '../slices/radius.ts';
import { createSliceEvaluator } from '../slices/slice-evaluator.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  using,
  type AnalysisContext,
} from './analysis.ts';
import { checkNetworks, checkOneLandscape } from './checks.ts';
import { pathsOf } from './slices/slice-paths.ts';
import { frameSources } from './slices/slice-directions.ts';
import { markerRows, subjectAgain, subjectOf, type Subject } from './slices/slice-subject.ts';
import { packed, sliceAgain } from './slices/slices-derived.ts';
import { recheckSlices } from './slices/slices-rechecks.ts';
import { slicesSchema, type SliceResult, type SlicesResult } from './slices/slices-result.ts';

export const slices = defineAnalysis({
  schema: slicesSchema,
  title: 'the loss on lines, planes and volumes, and their fidelity',
  check(plan, { condition, across }) {
    if (across === undefined) return void conditionOf(plan, condition);
    if (condition !== undefined) {
      throw new ExperimentError(
        `"across" takes a network of every condition, but "condition" names "${condition}": leave one of the two out`,
      );
    }
    checkOneLandscape(plan.conditions, '"across"');
    const snapshots = plan.conditions[0]!.experiment.snapshots;
    for (const each of plan.conditions) {
      checkNetworks(each, across + 1, 'lower "across"');
      if (each.experiment.snapshots === snapshots) continue;
      throw new ExperimentError(
        `"across" needs as many snapshots of every condition, but "${each.key}" has ${each.experiment.snapshots}: expected ${snapshots}`,
      );
    }
  },
  async answer(context, spec): Promise<SlicesResult> {
    const subject = subjectOf(context, spec);
    const result: Record<string, SliceResult> = {};
    const entries = Object.entries(spec.slices);
    for (const [index, [name, slice]] of entries.entries()) {
      const onProgress = (done: number) => context.onProgress((index + done) / entries.length);
      result[name] = await sliceResult({ ...context, onProgress }, subject, slice);
    }
    return { slices: result, paths: pathsOf(subject.history, spec) };
  },
  derived(context, spec, tensors) {
    const { subject, paths } = subjectAgain(context, spec, tensors.paths);
    const again = Object.entries(spec.slices).map(
      ([name, slice]) => [name, sliceAgain(subject, slice, tensors.slices[name]!)] as const,
    );
    return { slices: Object.fromEntries(again), paths };
  },
  recheck: recheckSlices,
});

async function sliceResult(
  context: AnalysisContext,
  subject: Subject,
  spec: SliceSpec,
): Promise<SliceResult> {
  const { condition, history } = subject;
  const view = frameOfSpec(spec, await frameSources(context, subject, spec));
  const { frame } = view;
  const radius = proposeRadius({ ...view, radius: spec.radius });
  const axes = axesOver(radius.ranges, spec.size);
  const rows = markerRows(spec, history);
  const markers = gatherRows(history.snapshots, history.parameters, rows);
  const { signal, onProgress } = context;
  const train = lossOptions(context, condition);
  const { data } = condition;

  const at = <Result>(
    part: 'train' | 'test',
    use: (evaluate: (coordinates: Float32Array) => ReturnType<Evaluate>) => Promise<Result>,
  ) =>
    using(createSliceEvaluator(lossOptions(context, condition, part), frame), ({ evaluate }) =>
      use(evaluate),
    );
  const { slice, fidelity } = await at('train', async (evaluateTrain) => {
    const onGrid = (evaluateTest: Evaluate | null) =>
      evaluateSlice({
        frame,
        axes,
        evaluateTrain,
        evaluateTest,
        signal,
        onProgress: (done, total) => onProgress((0.8 * done) / total),
      });
    const made = data.test.count > 0 ? await at('test', onGrid) : await onGrid(null);
    const trusted = await using(createEvaluator(train), ({ evaluate }) =>
      sliceFidelity({
        frame,
        markers,
        evaluateWeights: evaluate,
        evaluateAt: evaluateTrain,
        signal,
        ...(view.nullShare ? { nullShare: view.nullShare } : {}),
      }),
    );
    return { slice: made, fidelity: trusted };
  });
  return packed(spec, view, slice, fidelity, radius.phrase, rows, subject);
}

type Evaluate = Awaited<ReturnType<typeof createSliceEvaluator>>['evaluate'];
