// The two saddles of the figure: one made up, with as many ways down as the reader likes, and one measured.
import type { StudyDisplay } from '../../artifact/display.ts';
import { index, number, oneOf, orNull, truth, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';
import { chanceOfWayDown, curvatureDensity } from './vanishing-chance.ts';
import { planeCurvature, randomPlanes, type PlaneCurvature } from './vanishing-planes.ts';

export const vanishingSaddleState = {
  subject: oneOf(['example', 'network'], 'example'),
  dimensions: index(100),
  /** Share of the directions that lead down. */
  share: number(0.3),
  /** Which nine random planes, from 0. */
  draw: index(0),
  /** Share of random planes that the reader expects to show a way down. */
  guess: orNull(number(0)),
  revealed: truth(true),
};
export type VanishingSaddleState = StateOf<typeof vanishingSaddleState>;

export type SaddleChoice = Omit<VanishingSaddleState, 'guess' | 'revealed'>;

export interface Saddle {
  readonly subject: SaddleChoice['subject'];
  readonly name: string;
  /** What a measured one was computed on. */
  readonly provider: string | null;
  readonly dimensions: number;
  /** How many of them curve down. */
  readonly downhill: number;
  readonly meanCurvature: number;
  /** The plane of the steepest way up and the steepest way down. */
  readonly steepest: PlaneCurvature;
  readonly planes: readonly PlaneCurvature[];
  /** Chance that a random plane shows a way down: exact, or a count of random planes. */
  readonly chance: { readonly share: number; readonly of: number | null };
  /** Density of the curvature along random lines, to within a factor. */
  readonly spread: readonly { readonly curvature: number; readonly density: number }[];
}

export const planesShown = 9;
/** Planes behind a chance that has no closed form. */
const counted = 500;

export const downhillOf = ({ dimensions, share }: SaddleChoice): number =>
  Math.min(dimensions - 1, Math.max(1, Math.round(share * dimensions)));

export function exampleSaddle(choice: SaddleChoice): Saddle {
  const { dimensions } = choice;
  const downhill = downhillOf(choice);
  const eigenvalues = Float64Array.from({ length: dimensions }, (_, i) => (i < downhill ? -1 : 1));
  // Ends are left out: with few directions the density grows without bound there.
  const points = Array.from({ length: 121 }, (_, i) => -0.99 + (1.98 * i) / 120);
  return {
    subject: 'example',
    name: 'constructed example',
    provider: null,
    dimensions,
    downhill,
    meanCurvature: (dimensions - 2 * downhill) / dimensions,
    steepest: planeCurvature(1, 0, -1),
    planes: randomPlanes(eigenvalues, planesShown, 1 + choice.draw),
    chance: { share: chanceOfWayDown(dimensions, downhill), of: null },
    spread: points.map((curvature) => ({
      curvature,
      density: curvatureDensity(dimensions, downhill, curvature),
    })),
  };
}

interface Measured {
  readonly network: number;
  readonly eigenvalues: Float32Array;
  readonly provider: string;
}

/** All eigenvalues of one network's Hessian, where the study has them. */
export function measuredSpectrum(data: StudyDisplay): Measured | null {
  const found = resultOfKind(data, 'curvature');
  for (const condition of Object.values(found?.result.conditions ?? {})) {
    const { spectrum } = condition;
    if (spectrum?.all)
      return {
        network: spectrum.network,
        eigenvalues: spectrum.all.values,
        provider: data.provider,
      };
  }
  return null;
}

/** Below this share of the largest, an eigenvalue is zero but for rounding. */
const negligible = 1e-6;

const histogramBins = 44;

export function networkSaddle({ network, eigenvalues, provider }: Measured, draw: number): Saddle {
  const largest = eigenvalues[0]!;
  const smallest = eigenvalues.at(-1)!;
  const downhill = eigenvalues.filter((value) => value < -negligible * largest).length;
  const sum = eigenvalues.reduce((total, value) => total + value, 0);
  const many = randomPlanes(eigenvalues, counted, 1000);
  const lines = many.flatMap(({ a, c }) => [a, c]).sort((x, y) => x - y);
  const [low, high] = [lines[0]!, lines[Math.floor(0.985 * lines.length)]!];
  const bins = Array.from({ length: histogramBins }, (_, i) => ({
    curvature: low + ((i + 0.5) * (high - low)) / histogramBins,
    density: 0,
  }));
  for (const curvature of lines) {
    const bin = bins[Math.floor(((curvature - low) / (high - low)) * histogramBins)];
    if (bin) bin.density += 1;
  }
  return {
    subject: 'network',
    name: `network ${network}`,
    provider,
    dimensions: eigenvalues.length,
    downhill,
    meanCurvature: sum / eigenvalues.length,
    steepest: planeCurvature(largest, 0, smallest),
    planes: randomPlanes(eigenvalues, planesShown, 1 + draw),
    chance: { share: many.filter((plane) => plane.smallest < 0).length / counted, of: counted },
    spread: bins,
  };
}

/** The last saddle made, since a state that differs in a guess alone has the same one. */
let known: { readonly key: string; readonly data: StudyDisplay; readonly saddle: Saddle } | null =
  null;

export function saddleOf(
  data: StudyDisplay,
  { subject, dimensions, share, draw }: SaddleChoice,
): Saddle | string {
  const key = JSON.stringify([subject, dimensions, share, draw]);
  if (known?.key === key && known.data === data) return known.saddle;
  const measured = subject === 'network' ? measuredSpectrum(data) : null;
  if (subject === 'network' && measured === null)
    return 'This study has no whole spectrum of a network to draw.';
  const saddle = measured
    ? networkSaddle(measured, draw)
    : exampleSaddle({ subject, dimensions, share, draw });
  known = { key, data, saddle };
  return saddle;
}

/** How many of the nine random planes show a way down. */
export const countShowing = ({ planes }: Saddle): number =>
  planes.filter(({ smallest }) => smallest < 0).length;
