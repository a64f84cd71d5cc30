// What a reader may change in many figures alike: the scale, the epoch, which conditions are shown, and the network picked.
import type { StudyDisplay } from '../../artifact/display.ts';
import { conditionsOf, groupOptions } from './conditions.ts';
import type { FigureControl } from './figure.ts';
import { formatNumber } from './format.ts';

export const scaleOptions = [
  { value: 'log', text: 'log' },
  { value: 'linear', text: 'linear' },
] as const;

/** @param first the scale that is named first: the one that the figure opens with. */
export const scaleControl = (name = 'Scale', first: 'log' | 'linear' = 'log'): FigureControl => ({
  key: 'scale',
  name,
  kind: 'choice',
  options: first === 'log' ? scaleOptions : [...scaleOptions].reverse(),
});

/** Training, played by records; the last is the end, whatever comes after it, and its value null. */
export const epochControl = (
  epochs: ArrayLike<number>,
  valueOf: (epoch: number, record: number) => number = (_, record) => record,
): FigureControl => ({
  key: 'until',
  name: 'Epoch',
  kind: 'play',
  options: Array.from(epochs, (epoch, record) => ({
    value: record === epochs.length - 1 ? null : valueOf(epoch, record),
    text: formatNumber(epoch),
  })),
});

/** Which conditions are compared; none where they differ in one setting alone. */
export function compareControls(study: StudyDisplay['study']): FigureControl[] {
  const options = groupOptions(study);
  return options.length > 0 ? [{ key: 'show', name: 'Compare', kind: 'choice', options }] : [];
}

export const highlightControl = (study: StudyDisplay['study']): FigureControl => ({
  key: 'focus',
  name: 'Highlight',
  kind: 'choice',
  options: [
    { value: null, text: 'none' },
    ...conditionsOf(study, 'all').map(({ key, short }) => ({ value: key, text: short })),
  ],
});
