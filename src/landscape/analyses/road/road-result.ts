// What the analysis of the road is asked, and what it answers.
import { z } from 'zod';
import type { Estimate } from '../../bootstrap.ts';
import type { RankChance } from '../../comparison/rank-chance.ts';
import type { ChanceShare } from '../../shuffled-share.ts';
import type { NumericArray } from '../numeric-array.ts';

export const roadSchema = z.strictObject({
  kind: z.literal('road'),
  condition: z.string().meta({
    label: 'Condition',
    help: 'Whose networks are renumbered to fit each other, and give the axes.',
  }),
  longer: z.string().meta({
    label: 'Longer',
    help: 'The same networks from the same starts, trained for more epochs: whether they move on.',
  }),
  draws: z.number().int().min(1).max(10_000).default(200).meta({
    label: 'Draws',
    help: 'Deals of the null of the explained variance.',
  }),
});

export type RoadSpec = z.output<typeof roadSchema>;

/** A rank correlation (Spearman) over networks, beside the same with the losses dealt anew. */
export interface RankCorrelation extends Estimate {
  readonly chance: RankChance;
}

/** How the networks stand in one row, and whether those that trained on moved along it. */
export interface Row {
  /** `[N]`: where each stands after the shorter training; an axis is turned so that places grow as the loss falls. */
  readonly places: NumericArray;
  /** `[N]`: where the same stands after the longer one, on the same axis. */
  readonly laterPlaces: NumericArray;
  /** Of the places with the training loss at the end of the shorter training. */
  readonly loss: RankCorrelation;
  /** Of the places with the loss of the longer training. */
  readonly laterLoss: RankCorrelation;
  /** Mean way from place to later place, in standard deviations of the places; above 0 is towards lower loss. */
  readonly advance: Estimate;
  /** Share of the networks whose later place is farther on. */
  readonly movedOn: Estimate;
}

/** A row along the first principal component. */
export interface Axis extends Row {
  /** Its share of the variance. */
  readonly explained: number;
  readonly chance: ChanceShare;
  /** Coordinates of the space that it lies in: along a direction of no meaning lies 1/D of any way. */
  readonly dimensions: number;
  /** Mean over networks of the share of the squared way from shorter to longer training that lies along the axis. */
  readonly along: Estimate;
}

export interface RoadResult {
  /** By number; networks that diverged in either training are left out. */
  readonly networks: readonly number[];
  /** Where predictions are compared. */
  readonly part: 'test' | 'train';
  readonly epochs: { readonly shorter: number; readonly longer: number };
  /** `[N]` each: training loss at the end. */
  readonly trainLoss: NumericArray;
  readonly laterTrainLoss: NumericArray;
  /** Later training loss less the earlier one. */
  readonly lossChange: Estimate;
  /** The square roots of the predicted probabilities: their distance is Hellinger's. */
  readonly predictions: Axis;
  /** Weights with the units renumbered jointly. */
  readonly aligned: Axis;
  /** Weights as trained: the control of the renumbering. */
  readonly raw: Axis;
  /** Length of the weights alone: the control of the direction. */
  readonly length: Row;
  /** Starts, renumbered jointly: what the renumbering makes of noise. */
  readonly starts: { readonly explained: number; readonly chance: ChanceShare };
  /** Passes of the joint alignment, and the root mean square distance of two networks. */
  readonly alignment: {
    readonly rounds: number;
    readonly distanceBefore: number;
    readonly distanceAfter: number;
  };
  /** Units renumbered at each stop of `renumbering`. */
  readonly stops: readonly number[];
  /**
   * `[F, N, 2]`: at each stop, the place along the road and the distance from it in all other directions. Every stop of
   * every network gives the same answers.
   */
  readonly renumbering: NumericArray;
  /** `[N]`: on which side of the road a network is drawn, -1 to 1: by the second component against the third and fourth. */
  readonly sides: NumericArray;
  /** Epochs of the snapshots of the longer training, from the end of the shorter one on. */
  readonly trailEpochs: readonly number[];
  /** `[T, N, 3]`: place, distance and side of each snapshot, renumbered as its network was. */
  readonly trail: NumericArray;
  /** `[T, N]` each: place on the axis of the predictions, and training loss. */
  readonly trailPlaces: NumericArray;
  readonly trailLoss: NumericArray;
}
