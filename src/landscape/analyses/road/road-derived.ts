// What follows from networks' places: every correlation, advance and share. The answer and its check are made by it.
import { shuffledShare } from '../../shuffled-share.ts';
import { estimateOfMean } from '../estimates.ts';
import { weightNorms } from '../weight-norms.ts';
import {
  axisFacts,
  axisPlaces,
  frameOf,
  places,
  rowOfPlaces,
  type Frame,
  type Losses,
  type Measured,
} from './road-axes.ts';
import type { RoadPoints } from './road-points.ts';
import type { Axis, RoadResult, Row } from './road-result.ts';

type View = 'predictions' | 'aligned' | 'raw';

export type KeptPlaces = Pick<Row, 'places' | 'laterPlaces'>;

/** What a result says of its networks, but for the pictures. */
export type RoadFacts = Omit<
  RoadResult,
  | 'part'
  | 'epochs'
  | 'stops'
  | 'renumbering'
  | 'sides'
  | 'trailEpochs'
  | 'trail'
  | 'trailPlaces'
  | 'trailLoss'
>;

export function framesOf(points: RoadPoints, { trainLoss }: Losses): Record<View, Frame> {
  const frame = (view: View) =>
    frameOf(points[view].earlier, points.networks.length, trainLoss.values);
  return { predictions: frame('predictions'), aligned: frame('aligned'), raw: frame('raw') };
}

/** @param predicted places on the axis of the predictions, as they are kept. */
export function factsOf(
  points: RoadPoints,
  frames: Record<View, Frame>,
  predicted: KeptPlaces,
  measured: Measured,
): RoadFacts {
  const { networks, alignment, starts, raw } = points;
  const { losses, draws, seed } = measured;
  const N = networks.length;
  const axis = (view: View): Axis => ({
    ...rowOfPlaces(
      view === 'predictions' ? predicted : axisPlaces(frames[view], points[view]),
      measured,
    ),
    ...axisFacts(frames[view], points[view], measured),
  });
  const { trainLoss, laterTrainLoss } = losses;
  const change = laterTrainLoss.values.map((loss, n) => loss - trainLoss.values[n]!);
  const lengths = {
    places: places(weightNorms(raw.earlier, N)),
    laterPlaces: places(weightNorms(raw.later, N)),
  };
  return {
    networks,
    trainLoss,
    laterTrainLoss,
    lossChange: estimateOfMean(change, seed),
    predictions: axis('predictions'),
    aligned: axis('aligned'),
    raw: axis('raw'),
    length: rowOfPlaces(lengths, measured),
    starts: {
      explained: frameOf(starts, N, trainLoss.values).explained,
      chance: shuffledShare(starts, N, draws, seed),
    },
    alignment,
  };
}
