// The ways of rules of descent in words and as a table, what can be changed of them, and how far their plane can be trusted.
import { median } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import {
  epochsOf,
  shadowsApart,
  shownPaths,
  type DescentPath,
  type DescentPlane,
  type DescentPathsState,
} from './descent-path-data.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { rowAt } from './slice-planes.ts';
import { markerNumbers, sliceFidelitySentences } from './slice-words.ts';
import {
  scaleControl,
  compareControls,
  epochControl,
  highlightControl,
} from '../kit/common-controls.ts';

export const noPaths = 'This study has no plane that its conditions share.';

/** Of the condition that stands out, or of the middle of all. */
export function sentenceAt(
  { slice, paths }: DescentPlane,
  focus: DescentPath | null,
  until: number,
): string {
  const numbers = (focus === null ? paths : [focus]).map(({ track }) =>
    markerNumbers(slice, rowAt(track, until)),
  );
  const middle = (of: (each: (typeof numbers)[number]) => number): string =>
    formatNumber(median(numbers.map(of)) ?? NaN);
  return (
    `${focus === null ? 'Medians' : focus.short}: own loss ${middle(({ own }) => own)}, ground drawn under it ` +
    `${middle(({ ground }) => ground)}, ${middle(({ distance }) => distance)} off the plane`
  );
}

export function describePaths(plane: DescentPlane, state: DescentPathsState): string {
  const { slice, paths } = plane;
  const epochs = epochsOf(plane);
  const until = Math.min(state.until ?? epochs.length - 1, epochs.length - 1);
  const each = paths.map(({ title, track }) => {
    const { own, ground, distance } = markerNumbers(slice, rowAt(track, until));
    return `${title}: own loss ${formatNumber(own)}, on the plane ${formatNumber(ground)}, ${formatNumber(distance)} off it`;
  });
  return (
    `Contours of the training loss on a plane, and on it the shadows of ${paths.length} ways that begin at one start, ` +
    `at epoch ${formatNumber(epochs[Math.floor(until)]!)}. ${each.join('. ')}. ${apartSentence(plane)}`
  );
}

/** The two ends whose shadows are farthest apart. */
function apartSentence(plane: DescentPlane): string {
  const pairs = plane.paths.flatMap((a, i) =>
    plane.paths.slice(i + 1).map((b) => ({ a, b, apart: shadowsApart(plane, a, b) })),
  );
  const [first, ...others] = pairs;
  if (first === undefined) return '';
  const { a, b, apart } = others.reduce((x, y) => (y.apart > x.apart ? y : x), first);
  return `At the end ${a.short} and ${b.short} are farthest apart: at least ${formatNumber(apart)}, the distance of their shadows.`;
}

export function tableOfPaths(plane: DescentPlane): FigureTable {
  const { slice, paths, unit } = plane;
  const epochs = epochsOf(plane);
  return {
    columns: [
      { name: 'Condition' },
      { name: 'Epoch' },
      { name: 'Step' },
      { name: 'Own training loss', unit },
      { name: 'Loss under its shadow', unit },
      { name: 'Distance off the plane' },
      { name: 'Component 1' },
      { name: 'Component 2' },
    ],
    rows: paths.flatMap(({ title, track }) =>
      track.rows.map((row, index) => {
        const { step, own, ground, distance } = markerNumbers(slice, row);
        const { coordinates } = slice;
        return [
          title,
          epochs[index] ?? null,
          step,
          own,
          ground,
          distance,
          coordinates[2 * row]!,
          coordinates[2 * row + 1]!,
        ];
      }),
    ),
  };
}

export function controlsOfPaths(data: StudyDisplay): FigureControl[] {
  const plane = shownPaths(data, 'all');
  if (plane === null) return [];
  const epochs = epochsOf(plane);
  return [
    epochControl(epochs),
    ...compareControls(data.study),
    highlightControl(data.study),
    scaleControl('Colours'),
  ];
}

export function fidelityOfPaths(
  { slice, slices }: DescentPlane,
  { scale }: DescentPathsState,
): string[] {
  return [
    ...sliceFidelitySentences(slice, slices),
    `Colours are ${scale === 'log' ? 'logarithmic' : 'linear'}; all losses are of the training points.`,
    'The plane was chosen to hold these very ways, all conditions together: another start has another plane.',
  ];
}
