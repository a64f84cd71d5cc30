// What follows from the losses of a slice and the networks that it shows: places, fidelity, convexity.
import { frameOfSpec, type SliceView } from '../../directions/frame-of-spec.ts';
import type { SliceSpec } from '../../directions/plane-spec.ts';
import { gatherRows } from '../../rows.ts';
import { fidelityOf, type SliceFidelity } from '../../slices/fidelity.ts';
import { dimensionsOf } from '../../slices/frame.ts';
import { gridConvexity } from '../../slices/grid-convexity.ts';
import { axesOver, proposeRadius } from '../../slices/radius.ts';
import type { Slice } from '../../slices/slice.ts';
import type { TrainedCondition } from '../analysis.ts';
import { shaped, shapedIf, type Derived, type TensorsOf } from '../derived.ts';
import { forComputing, numericArray, onLogScale, type NumericArray } from '../numeric-array.ts';
import { sourcesAgain } from './slice-directions.ts';
import { markerRows, type Subject } from './slice-subject.ts';
import type { SliceResult } from './slices-result.ts';

/**
 * A slice as it follows from the networks, its losses and, where its directions were searched for or read from a file,
 * these: a normalised direction stays as it is when it is normalised again.
 */
export function sliceAgain(
  subject: Subject<TrainedCondition>,
  spec: SliceSpec,
  tensors: TensorsOf<SliceResult>,
): Derived<SliceResult> {
  const { condition, history } = subject;
  const { data } = condition;
  const view = frameOfSpec(spec, sourcesAgain(subject, spec, tensors));
  const D = dimensionsOf(view.frame);
  const P = history.parameters;
  const frame = {
    ...view.frame,
    origin: shaped(tensors.origin, [P]).values,
    basis: shaped(tensors.basis, [D, P]).values,
  };
  const radius = proposeRadius({ ...view, frame, radius: spec.radius });
  const axes = axesOver(radius.ranges, spec.size);
  const shape = axes.map(({ length }) => length).reverse();
  const rows = markerRows(spec, history);
  const kept = (tensor: NumericArray) => shaped(tensor, [rows.length]).values;
  const fidelity = fidelityOf({
    frame,
    markers: gatherRows(history.snapshots, P, rows),
    trueLoss: kept(tensors.markers.trueLoss),
    footLoss: kept(tensors.markers.sliceLoss),
    nullShare: view.nullShare,
  });
  const losses = {
    loss: shaped(tensors.loss, shape),
    testLoss: shapedIf(data.test.count > 0, tensors.testLoss, shape),
    accuracy: shapedIf(data.classNames.length > 0, tensors.accuracy, shape),
  };
  const slice = { frame, axes, loss: losses.loss.values, testLoss: null, accuracy: null };
  return {
    ...packed(spec, view, slice, fidelity, radius.phrase, rows, subject),
    ...losses,
    negativeShare: negativeShareOf(slice),
  };
}

export function packed(
  spec: SliceSpec,
  { frame, variance }: SliceView,
  slice: Slice,
  fidelity: SliceFidelity,
  radius: string,
  rows: readonly number[],
  { history: { networks: N }, steps }: Subject<TrainedCondition>,
): SliceResult {
  const { axes, loss, testLoss, accuracy } = slice;
  const shape = axes.map(({ length }) => length).reverse();
  const D = axes.length;
  const K = rows.length;
  const { varianceShare, nullShare, logRatio, relativeDistance } = fidelity;
  return {
    directions: spec.directions,
    axisNames: frame.axisNames,
    orthonormal: frame.orthonormal,
    radius,
    axes: axes.map((axis) => numericArray([axis.length], axis)),
    loss: onLogScale(shape, loss),
    testLoss: testLoss && onLogScale(shape, testLoss),
    accuracy: accuracy && numericArray(shape, accuracy),
    markers: {
      network: numericArray(
        [K],
        rows.map((row) => row % N),
      ),
      step: numericArray(
        [K],
        rows.map((row) => steps[row]!),
      ),
      coordinates: numericArray([K, D], fidelity.coordinates),
      offSlice: onLogScale([K], fidelity.offSlice),
      trueLoss: onLogScale([K], fidelity.trueLoss),
      sliceLoss: onLogScale([K], fidelity.footLoss),
    },
    fidelity: { varianceShare, nullShare, logRatio, relativeDistance },
    variance,
    negativeShare: negativeShareOf(slice),
    origin: forComputing([frame.origin.length], frame.origin),
    basis: forComputing([D, frame.origin.length], frame.basis),
  };
}

const negativeShareOf = (slice: Slice): number | null =>
  slice.axes.length === 2 ? gridConvexity(slice).negativeShare : null;
