// The layouts of a study's `projections` as figures show them: what was laid out, how, and how far to trust it.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { ProjectionResult } from '../../landscape/analyses/projections.ts';
import type { ProjectionSpec } from '../../landscape/projections/project.ts';
import { resultOfKind } from '../kit/study-results.ts';

export type ProjectedThing = 'weights' | 'aligned' | 'predictions';

export interface ProjectedLayout {
  /** `weights/tsne`, as the state of a figure names it. */
  readonly name: string;
  readonly of: ProjectedThing;
  readonly result: ProjectionResult;
  /** Network at each row of the coordinates. */
  readonly networks: readonly number[];
  /** What was laid out, and by which method. */
  /** The short name of the method is for panels without room for the long one. */
  readonly title: { readonly of: string; readonly method: string; readonly short: string };
  /** What the method was asked for. */
  readonly settings: string;
}

const things: Readonly<Record<ProjectedThing, string>> = {
  weights: 'Weights',
  aligned: 'Weights, aligned',
  predictions: 'Predictions',
};

const methods: Readonly<Record<ProjectionResult['method'], string>> = {
  pca: 'PCA',
  tsne: 't-SNE',
  umap: 'UMAP',
  'classical-scaling': 'classical scaling',
};

const isProjectedThing = (name: string): name is ProjectedThing => Object.hasOwn(things, name);

/** What a layout's method was asked for, in words. */
function settingsText(asked: ProjectionSpec | undefined): string {
  if (asked?.method === 'tsne') return `perplexity ${asked.perplexity}`;
  return asked?.method === 'umap' ? `${asked.neighbours} neighbours` : '';
}

/** All layouts, in the order of the study; none where no projections were loaded. */
export function layoutsOf(data: StudyDisplay): ProjectedLayout[] {
  const found = resultOfKind(data, 'projections');
  if (found === null) return [];
  const spec = data.study.analyses[found.name];
  const asked = spec?.kind === 'projections' ? spec.projections : {};
  const { networks, views } = found.result;
  const shown = Object.keys(views).filter(isProjectedThing);
  return shown.flatMap((of) =>
    Object.entries(views[of] ?? {}).map(([key, result]): ProjectedLayout => ({
      name: `${of}/${key}`,
      of,
      result,
      networks,
      title: {
        of: things[of],
        method: methods[result.method],
        short: methods[result.method].replace('classical ', ''),
      },
      settings: settingsText(asked[key]),
    })),
  );
}

/** Which layouts stand side by side where nobody says: of weights and of predictions, linear first. */
export function usualLayouts(layouts: readonly ProjectedLayout[]): ProjectedLayout[] {
  return layouts
    .filter(
      ({ of, result }) =>
        of !== 'aligned' &&
        // Of points, classical scaling is PCA once more.
        !(of === 'weights' && result.method === 'classical-scaling'),
    )
    .sort((a, b) => order(a) - order(b));
}

const order = ({ of, result }: ProjectedLayout): number =>
  ['weights', 'aligned', 'predictions'].indexOf(of) * 10 +
  ['pca', 'classical-scaling', 'tsne', 'umap'].indexOf(result.method);

/** Those named by a list with spaces, in its order; the usual ones of null. */
export function chosenLayouts(
  layouts: readonly ProjectedLayout[],
  names: string | null,
): ProjectedLayout[] {
  if (names === null) return usualLayouts(layouts);
  return names.split(' ').flatMap((name) => layouts.find((layout) => layout.name === name) ?? []);
}

/** Rows of the `count` points nearest to a row on the paper, the nearest first. */
export function nearestOnPaper({ result }: ProjectedLayout, row: number, count: number): number[] {
  const { values } = result.coordinates;
  const away = (other: number): number =>
    Math.hypot(
      values[2 * other]! - values[2 * row]!,
      values[2 * other + 1]! - values[2 * row + 1]!,
    );
  return Array.from({ length: values.length / 2 }, (_, other) => other)
    .filter((other) => other !== row)
    .sort((a, b) => away(a) - away(b))
    .slice(0, count);
}

/** Both axes of a layout that has a unit, with the share of variance each holds. */
export function sharesText({ result }: ProjectedLayout): string | null {
  const [first, second] = result.explained ?? [];
  if (first === undefined || second === undefined) return null;
  return `${(100 * (first + second)).toFixed(first + second < 0.1 ? 1 : 0)}% of the spread`;
}
