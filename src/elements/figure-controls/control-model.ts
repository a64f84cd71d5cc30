// What a control shows of a figure's state, and how it plays: pure, so that the page and the build agree.
import type { FigureControl } from '../../figures/kit/figure.ts';
import type { State } from '../layered-state.ts';

/** The option that a state stands at: the one of its value, or the nearest; null is the last where no option is null. */
export function optionAt({ key, options }: FigureControl, state: State): number {
  const value = state[key] ?? null;
  const exact = options.findIndex((option) => option.value === value);
  if (exact >= 0) return exact;
  if (value === null) return options.length - 1;
  if (typeof value !== 'number') return 0;
  const distance = (index: number): number => {
    const option = options[index]?.value ?? null;
    return typeof option === 'number' ? Math.abs(option - value) : Infinity;
  };
  let nearest = 0;
  options.forEach((_, index) => {
    if (distance(index) < distance(nearest)) nearest = index;
  });
  return nearest;
}

/** Few short options stand side by side; more become a list to choose from. */
export function isSegmented({ kind, options }: FigureControl): boolean {
  const letters = options.reduce((sum, { text }) => sum + text.length, 0);
  return kind === 'choice' && options.length <= 5 && letters + 3 * options.length <= 44;
}

/** How fast something plays: whole, half, a quarter. */
export const speeds = [1, 0.5, 0.25] as const;
export const speedNames = ['1×', '½×', '¼×'] as const;

const wholeMilliseconds = 7000;

/** Milliseconds from one option to the next: the whole way takes a few seconds, no step less than a glance. */
export const stepMilliseconds = (options: number, speed: number): number =>
  Math.min(900, Math.max(50, wholeMilliseconds / Math.max(1, options - 1))) / speed;

/** Under reduced motion nothing moves: so many stops, each long enough to be read. */
const stops = 12;
export const stopMilliseconds = 900;

/** Options per stop. */
export const strideOf = (options: number): number => Math.max(1, Math.ceil((options - 1) / stops));
