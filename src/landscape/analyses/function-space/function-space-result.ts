// What the analysis of function space is asked, and what it answers.
import { z } from 'zod';
import type { Estimate } from '../../bootstrap.ts';
import type { NumericArray } from '../numeric-array.ts';

export const functionSpaceSchema = z.strictObject({
  kind: z.literal('function-space'),
  condition: z.string().optional(),
  runs: z.number().int().min(1).max(1000).default(10).meta({
    label: 'Runs',
    help: 'Of how many networks the snapshots of one run are compared with each other.',
  }),
  sameShare: z.number().min(0).lt(1).default(0.01).meta({
    label: 'Same function',
    help: 'Two networks are the same solution if they choose different classes on at most this share of samples.',
  }),
  sameDistance: z.number().min(0).max(2).default(0.1).meta({
    label: 'Same weights',
    help: 'Two aligned networks are the same solution if they are at most this share of their length apart.',
  }),
});

export type FunctionSpaceSpec = z.output<typeof functionSpaceSchema>;

export interface Clusters {
  readonly count: number;
  readonly labels: readonly number[];
  readonly sizes: readonly number[];
  readonly threshold: number;
  readonly criterion: string;
}

export interface FunctionSpaceResult {
  /** By number; networks that diverged are left out. */
  readonly networks: readonly number[];
  /** Which part predictions are compared on. */
  readonly part: 'test' | 'train';
  /** `[N]`. */
  readonly accuracy: NumericArray;
  /** `[N, N]` each. */
  readonly disagreement: NumericArray;
  readonly normalisedDisagreement: NumericArray;
  readonly predictionDistance: NumericArray;
  readonly weightCosine: NumericArray;
  readonly weightDistance: NumericArray;
  /** Every network aligned to the first by permuting (and negating) its hidden units. */
  readonly alignedCosine: NumericArray;
  readonly alignedDistance: NumericArray;
  /** One a hidden layer. */
  readonly cka: readonly NumericArray[];
  /** `[N]`: an ensemble of the first k networks, averaged over orders; and the single networks' mean. */
  readonly ensemble: {
    readonly accuracy: NumericArray;
    readonly loss: NumericArray;
    readonly single: { readonly accuracy: number; readonly loss: number };
  };
  /** Means over pairs, with intervals. */
  readonly means: Readonly<
    Record<
      | 'disagreement'
      | 'predictionDistance'
      | 'weightCosine'
      | 'alignedCosine'
      | 'weightDistance'
      | 'alignedDistance',
      Estimate
    >
  > & { readonly cka: readonly Estimate[] };
  /** Snapshots of the second half of one run against its end, averaged over each run. */
  readonly withinRun: {
    readonly runs: number;
    readonly snapshots: number;
    readonly cosine: Estimate;
    readonly disagreement: Estimate;
    /** `[runs]` each: the mean of each run, of which these are the means. */
    readonly cosines: NumericArray;
    readonly disagreements: NumericArray;
  };
  readonly distinct: {
    readonly byPredictions: Clusters;
    readonly byPredictionsLargestGap: Clusters;
    readonly byAlignedWeights: Clusters;
  };
}
