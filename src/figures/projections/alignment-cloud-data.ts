// The cloud of networks as trained and aligned, as the figure reads it.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { ProjectionResult } from '../../landscape/analyses/projections.ts';
import { chanceShareOfTwo } from './chance-share.ts';
import type { Point } from '../kit/path.ts';
import { inMotion, oneOf, pickedNetwork, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export type Alignment = 'raw' | 'aligned';

export const alignmentCloudState = {
  aligned: oneOf<readonly Alignment[]>(['raw', 'aligned'], 'raw'),
  selected: pickedNetwork(),
  /** On the way from the other cloud to this one. */
  passing: inMotion<{ readonly from: Alignment; readonly t: number }>(),
};
export type AlignmentCloudState = StateOf<typeof alignmentCloudState>;

export interface Cloud {
  readonly points: readonly Point[];
  /** Shares of variance of the two axes. */
  readonly shares: readonly [number, number];
  /** Root mean square distance of the networks from their mean, in all directions. */
  readonly radius: number;
}

export interface AlignmentClouds {
  readonly networks: readonly number[];
  readonly clouds: Readonly<Record<Alignment, Cloud>>;
  readonly parameters: number;
  readonly chance: number;
}

/** Of a PCA the variance on the plane and its share give that off it, so that the plane alone tells the whole cloud's size. */
function cloudOf(layouts: Readonly<Record<string, ProjectionResult>> | undefined): Cloud | null {
  const pca = Object.values(layouts ?? {}).find(({ method }) => method === 'pca');
  if (!pca?.explained) return null;
  const { values } = pca.coordinates;
  const points = Array.from({ length: values.length / 2 }, (_, k): Point => [
    values[2 * k]!,
    values[2 * k + 1]!,
  ]);
  const [first = 0, second = 0] = pca.explained;
  const onPlane = points.reduce((sum, [x, y]) => sum + x * x + y * y, 0) / points.length;
  return {
    points,
    shares: [first, second],
    radius: first + second > 0 ? Math.sqrt(onPlane / (first + second)) : 0,
  };
}

export function alignmentCloudsOf(data: StudyDisplay): AlignmentClouds | string {
  const result = resultOfKind(data, 'projections')?.result;
  const [raw, aligned] = [cloudOf(result?.views.weights), cloudOf(result?.views.aligned)];
  const parameters = data.conditions[0]?.parameters;
  if (!result || !raw || !aligned || parameters === undefined)
    return 'The layouts of these networks are not loaded here.';
  return {
    networks: result.networks,
    clouds: { raw, aligned },
    parameters,
    chance: chanceShareOfTwo(result.networks.length, parameters),
  };
}

export const alignmentNames: Readonly<Record<Alignment, string>> = {
  raw: 'as trained',
  aligned: 'aligned',
};
