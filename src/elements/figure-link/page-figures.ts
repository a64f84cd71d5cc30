// Figures of the page by the names that addresses use, and all the states that the page itself shows of them.
import { AtlasFigure } from '../atlas-figure.ts';
import type { KnownStates } from './state-address.ts';

/** The id of the figure's own element, or of the scrolly that it stands in. */
export const idOf = (figure: Element): string =>
  figure.closest('atlas-scrolly')?.id || figure.closest('figure')?.id || '';

export function figureOf(id: string): AtlasFigure | null {
  const figure = document.getElementById(id)?.querySelector('atlas-figure');
  return figure instanceof AtlasFigure ? figure : null;
}

const parsed = (elements: Iterable<HTMLElement>): Record<string, unknown>[] =>
  [...elements].map(
    ({ dataset }) => JSON.parse(dataset['state'] ?? '{}') as Record<string, unknown>,
  );

/** A figure that has been drawn. */
export function knownStates(figure: AtlasFigure): KnownStates {
  const { drawn } = figure;
  const id = CSS.escape(idOf(figure));
  const scrolly = figure.closest<HTMLElement>('atlas-scrolly');
  const words = document.querySelectorAll<HTMLElement>(`atlas-show[data-in="${id}"]`);
  return {
    schema: drawn?.figure.schema ?? {},
    controls: drawn?.controls ?? [],
    states: [
      drawn?.figure.initial ?? {},
      ...parsed([figure, ...words, ...(scrolly?.querySelectorAll<HTMLElement>('.step') ?? [])]),
    ],
    networks: drawn === null ? 0 : networksOf(drawn.data),
  };
}

function networksOf(data: NonNullable<AtlasFigure['drawn']>['data']): number {
  if ('experiment' in data) return data.experiment.initialisations;
  return Math.max(0, ...data.study.conditions.map(({ experiment }) => experiment.initialisations));
}
