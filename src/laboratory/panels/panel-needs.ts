// What a picture needs of a run, and the sentence that says why it cannot be drawn of this one.
import { counted } from '../../learning/counted.ts';
import { dataDimensions } from '../../learning/data-dimensions.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { PreparedData } from '../../learning/samples.ts';

/** What is known of a run before it is looked at. */
export interface RunFacts {
  readonly experiment: Experiment;
  /** Null for a file that has yet to be read. */
  readonly features: number | null;
  /** 0 for a regression; null for a file that has yet to be read. */
  readonly classes: number | null;
}

/** Null where nothing is in the way. */
export type Need = (facts: RunFacts) => string | null;

/** @param data as prepared, once they are. */
export function factsOf(experiment: Experiment, data: PreparedData | null): RunFacts {
  if (data) return { experiment, features: data.features, classes: data.classNames.length };
  const dimensions = dataDimensions(experiment.data);
  const classes = experiment.data.kind === 'two-weights' ? 0 : (dimensions?.outputs ?? null);
  return { experiment, features: dimensions?.features ?? null, classes };
}

export const networks =
  (least: number, why: string): Need =>
  ({ experiment: { initialisations } }) =>
    initialisations >= least
      ? null
      : `${why} takes at least ${counted(least, 'network')}, and this run trains ${counted(initialisations, 'network')}: raise the number of initialisations.`;

export const hiddenLayers: Need = ({ experiment: { hiddenSizes } }) =>
  hiddenSizes.length > 0
    ? null
    : 'These networks have no hidden layer, so there are no units to put in another order: add one to see this.';

export const hasClasses: Need = ({ classes }) =>
  classes === 0
    ? 'These networks answer with a number, not a class: choose data with classes to see this.'
    : null;

export const twoFeatures: Need = ({ features }) =>
  features === null || features === 2
    ? null
    : `A decision boundary is drawn over two features, and these data have ${features}: choose data with two to see it.`;

/** More weights than there are directions in a plane. */
export const several: Need = networks(3, 'A plane fitted to the paths');

/** Every one of them; the first sentence is told. */
export const all =
  (...needs: readonly Need[]): Need =>
  (facts) =>
    needs.reduce<string | null>((said, need) => said ?? need(facts), null);

export const nothing: Need = () => null;
