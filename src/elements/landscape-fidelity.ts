// How far a landscape can be trusted, in sentences that stand below every picture of one.
import { format, median } from 'd3';
import type { Landscape, RunDisplay } from '../artifact/display.ts';

const percent = format('.1%');
const short = format('.3~g');
const exact = 'Exact: the axes are the two weights themselves, and nothing is projected.';

export function fidelityOf(run: RunDisplay): string[] {
  const { landscape } = run;
  if (!landscape) return [];
  const { xs, ys } = landscape;
  const grid = `Evaluated at ${xs.length} × ${ys.length} grid points, training loss, on ${run.provider}.`;
  if (landscape.kind === 'weights') {
    return [exact, grid];
  }
  return [
    varianceSentence(landscape),
    distanceSentence(landscape),
    heightSentence(landscape),
    grid,
  ];
}

/** The one sentence that stays under the picture: what the plane holds beside chance, and how high the networks really are. */
export function honestyOf(run: RunDisplay): string | null {
  const { landscape } = run;
  if (!landscape) return null;
  if (landscape.kind === 'weights') return exact;
  const { explainedVariance, nullExplainedVariance } = landscape;
  const { own, foot } = medianHeights(landscape);
  return `The plane holds ${percent(sumOfTwo(explainedVariance))} of the variance (untrained starts alone: ${percent(sumOfTwo(nullExplainedVariance))}), and the networks end at a median loss of ${short(own)}, their shadows on it at ${short(foot)}.`;
}

/**
 * Of sentences on a landscape's trust the one that stays in sight: what the networks' own losses are beside the ground
 * drawn under them, or how much of them the plane holds; else the first.
 */
export function sentenceInSight(sentences: readonly string[]): string | null {
  const tells = (pattern: RegExp): string | undefined =>
    sentences.find((sentence) => pattern.test(sentence));
  return (
    tells(/\bown loss/i) ??
    tells(/of the (marks' |marks’ )?variance|of their spread/) ??
    sentences[0] ??
    null
  );
}

/** Of a run that goes on: the plane was chosen before training, and the ground is a sketch. */
export function fidelityWhileTraining({ landscape, provider }: RunDisplay): string[] {
  if (!landscape || landscape.kind === 'weights') return [];
  const { xs, ys } = landscape;
  return [
    'While a run goes on, the plane is that of the untrained weights’ own principal components: it was chosen before anything was learnt.',
    distanceSentence(landscape, 'Now'),
    heightSentence(landscape, 'Median loss now'),
    `The ground is a sketch, evaluated at ${xs.length} × ${ys.length} points, on ${provider}.`,
  ];
}

const sumOfTwo = (shares: readonly number[]): number => (shares[0] ?? 0) + (shares[1] ?? 0);

function varianceSentence({ explainedVariance, nullExplainedVariance }: Landscape): string {
  const seen = percent(sumOfTwo(explainedVariance));
  const chance = percent(sumOfTwo(nullExplainedVariance));
  return `The plane holds ${seen} of the variance of all snapshots; the same method finds ${chance} in the untrained starts alone.`;
}

/** Distances are told against the spread on the plane, since a weight-space unit says nothing by itself. */
function distanceSentence(
  { coordinates, offPlane, snapshotSteps }: Landscape,
  when = 'At the end',
): string {
  const networks = offPlane.length / snapshotSteps.length;
  const lastRow = (snapshotSteps.length - 1) * networks;
  const off = median(offPlane.slice(lastRow)) ?? Number.NaN;
  const radii = Array.from({ length: networks }, (_, network) => {
    const at = (lastRow + network) * 2;
    return Math.hypot(coordinates[at] ?? Number.NaN, coordinates[at + 1] ?? Number.NaN);
  });
  const radius = median(radii) ?? Number.NaN;
  return `${when} a network lies ${short(off)} off the plane (median), and ${short(radius)} from its centre on it.`;
}

function heightSentence(landscape: Landscape, what = 'Median final loss'): string {
  const { own, foot } = medianHeights(landscape);
  return `${what}: ${short(own)} of the networks themselves, ${short(foot)} of their shadows on the plane.`;
}

/** Medians over the networks at the last snapshot: of their own loss, and of the plane's below them. */
function medianHeights({ trueLoss, planeLoss, snapshotSteps }: Landscape) {
  const last = trueLoss.length - trueLoss.length / snapshotSteps.length;
  return {
    own: median(trueLoss.slice(last)) ?? Number.NaN,
    foot: median(planeLoss.slice(last)) ?? Number.NaN,
  };
}
