// What is written beside the pictures of a two-weight walk: its numbers, its verdict, and where its sliders stand.
import { formatNumber as write } from '../../figures/kit/format.ts';
import { twoWeightGradient, twoWeightInvariant } from '../../landscape/two-weights.ts';
import { extent, stepSizes, type ShownWalk } from './shown-walk.ts';

export const sliders = {
  stepSize: {
    label: 'Step size η',
    // It runs over powers of ten.
    min: Math.log10(stepSizes[0]),
    max: Math.log10(stepSizes[1]),
    step: 0.01,
  },
  step: { label: 'Step', min: 0, max: 1, step: 1 },
  a: { label: 'Start, weight a', min: -extent, max: extent, step: 0.01 },
  b: { label: 'Start, weight b', min: -extent, max: extent, step: 0.01 },
} as const;
export type SliderName = keyof typeof sliders;

export const readings = {
  weights: 'Weights (a, b)',
  loss: 'Loss',
  gradient: 'Gradient norm',
  invariant: 'a² − b² now (at the start)',
  sharpness: 'λ, sharpness where the flow ends',
  critical: '2/λ, the largest step it can bear',
} as const;
export type ReadingName = keyof typeof readings;

/** Where a slider stands, and the text that stands for it. */
export interface SliderWords {
  readonly position: number;
  readonly text: string;
}

export interface WalkWords {
  readonly lastStep: number;
  readonly sliders: Readonly<Record<SliderName, SliderWords>>;
  readonly readings: Readonly<Record<ReadingName, string>>;
  readonly headline: string;
  readonly reason: string;
}

export function wordsOf({ start, stepSize, walk, until }: ShownWalk): WalkWords {
  const { points, losses, sharpness, criticalStepSize, verdict, reason } = walk;
  const lastStep = points.length - 1;
  const step = Math.min(lastStep, Math.floor(until));
  const point = points[step]!;
  const relation = stepSize > criticalStepSize ? 'η is over 2/λ' : 'η is under 2/λ';
  return {
    lastStep,
    sliders: {
      stepSize: { position: Number(Math.log10(stepSize).toFixed(2)), text: write(stepSize) },
      step: { position: step, text: `${step} of ${lastStep}` },
      a: { position: start[0], text: write(start[0]) },
      b: { position: start[1], text: write(start[1]) },
    },
    readings: {
      weights: `(${write(point[0])}, ${write(point[1])})`,
      loss: write(losses[step]!),
      gradient: write(Math.hypot(...twoWeightGradient(point))),
      invariant: `${write(twoWeightInvariant(point))} (${write(twoWeightInvariant(points[0]!))})`,
      sharpness: write(sharpness),
      critical: write(criticalStepSize),
    },
    headline: `${relation}: ${verdict}`,
    reason,
  };
}
