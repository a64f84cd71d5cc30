// Four measures of curvature, side by side, for small and large batches at each weight decay.
import { scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { ConditionCurvature } from '../../landscape/analyses/curvature.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import type { Figure, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { classColour } from '../kit/palette.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';
import { resultOfKind } from '../kit/study-results.ts';
import { drawWhisker, type WhiskerMark } from '../kit/whisker.ts';

export interface HessianMeasuresState {
  readonly selected: number | null;
}

type Measure = 'largestEigenvalue' | 'trace' | 'filterNormalised' | 'adaptive';

const measures: readonly {
  readonly key: Measure;
  readonly name: string;
  readonly short: string;
}[] = [
  { key: 'largestEigenvalue', name: 'Largest eigenvalue', short: 'Largest eigenvalue' },
  { key: 'trace', name: 'Trace: the sum of all eigenvalues', short: 'Trace' },
  {
    key: 'filterNormalised',
    name: 'Along filter-normalised directions',
    short: 'Filter-normalised',
  },
  { key: 'adaptive', name: 'Adaptive sharpness', short: 'Adaptive' },
];

interface Cell {
  readonly key: string;
  readonly title: string;
  /** Row: which weight decay; series: which batch size. */
  readonly row: number;
  readonly series: number;
  readonly curvature: ConditionCurvature;
}

interface Grid {
  readonly rows: readonly string[];
  readonly series: readonly string[];
  readonly cells: readonly Cell[];
}

function gridOf(data: StudyDisplay): Grid | null {
  const found = resultOfKind(data, 'curvature');
  if (found === null) return null;
  const rows: string[] = [];
  const series: string[] = [];
  const placeIn = (names: string[], name: string): number => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const cells = data.study.conditions.flatMap(({ key, title, experiment }): Cell[] => {
    const curvature = found.result.conditions[key];
    if (curvature === undefined) return [];
    const { weightDecay, batchSize } = experiment;
    const row = placeIn(
      rows,
      weightDecay === 0 ? 'no weight decay' : `weight decay ${weightDecay}`,
    );
    const own = placeIn(series, batchSize === 'full' ? 'full batch' : `batches of ${batchSize}`);
    return [{ key, title, row, series: own, curvature }];
  });
  return cells.length === 0 ? null : { rows, series, cells };
}

/** Each network's own value. */
const valuesOf = (
  { top, trace, filterNormalised, adaptive }: ConditionCurvature,
  measure: Measure,
): number[] => {
  if (measure !== 'largestEigenvalue')
    return Array.from({ trace, filterNormalised, adaptive }[measure].values);
  const each = top.shape[1] ?? 1;
  return Array.from(top.values).filter((_, index) => index % each === 0);
};

const markOf: readonly WhiskerMark[] = ['circle', 'square', 'triangle', 'diamond'];
const rowHeight = 27;
const panelHeight = (rows: number): number => 26 + rows * rowHeight + 34;

function paint(stage: Stage<StudyDisplay, HessianMeasuresState>): Picking | null {
  const { data, state, width, height } = stage;
  const grid = gridOf(data);
  const isNarrow = width < 520;
  stage.layer('absence', [grid === null], (group) => {
    if (grid === null) writeAbsence(group, width, height, 'This study measured no curvature.');
  });
  if (grid === null) return null;
  const gutter = isNarrow ? 50 : 136;
  const gap = isNarrow ? 20 : 34;
  const each = (width - 12 - gutter - gap) / 2;
  const tall = panelHeight(grid.rows.length);
  stage.setHeight(2 * tall + 40);
  const boxOf = (index: number): Box => {
    const left = gutter + (index % 2) * (each + gap);
    const top = 26 + Math.floor(index / 2) * tall;
    return { left, right: left + each, top, bottom: top + grid.rows.length * rowHeight };
  };
  const networks = [...new Set(grid.cells.flatMap(({ curvature }) => curvature.networks))];
  const selected = networks.includes(state.selected ?? -1) ? state.selected : null;
  const scales = measures.map(({ key }, index) => {
    const { left, right } = boxOf(index);
    const most = Math.max(...grid.cells.flatMap(({ curvature }) => valuesOf(curvature, key)));
    return scaleLinear([0, most * 1.06], [left, right]);
  });

  const yOf = (index: number, { row, series }: Cell): number =>
    boxOf(index).top +
    (row + 0.5) * rowHeight +
    (series - (grid.series.length - 1) / 2) * (10 / Math.max(1, grid.series.length - 1));

  stage.layer('axes', [data], (group) => {
    for (const [index, { name, short }] of measures.entries()) {
      const box = boxOf(index);
      const x = scales[index]!;
      drawAxes(group, {
        box,
        x,
        y: null,
        xTicks: x.ticks(isNarrow ? 3 : 5),
        xFormat: formatNumber,
      });
      writeText(group, {
        x: box.left,
        y: box.top - 9,
        text: textWidth(name) < each + 12 && !isNarrow ? name : short,
        style: 'strong',
      });
      if (index % 2 === 0) writeRows(group, box);
    }
  });

  function writeRows(group: Group, box: Box): void {
    if (isNarrow) writeText(group, { x: 2, y: box.top - 9, text: 'Decay', style: 'axis-name' });
    for (const [row, name] of grid!.rows.entries())
      writeText(group, {
        x: box.left - 10,
        y: box.top + (row + 0.5) * rowHeight + 4,
        text: isNarrow
          ? name === 'no weight decay'
            ? 'none'
            : name.replace('weight decay ', '')
          : name,
        anchor: 'end',
        style: 'muted',
      });
  }

  stage.layer('networks', [data], (group) => {
    group.attr('opacity', 0.45);
    for (const [index, { key }] of measures.entries())
      for (const cell of grid.cells) {
        const points = valuesOf(cell.curvature, key).map((value): Point => [
          scales[index]!(value),
          yOf(index, cell),
        ]);
        group
          .append('path')
          .attr('class', 'dots')
          .attr('stroke', classColour(cell.series))
          .attr('stroke-width', 4)
          .attr('d', dotsPath(points));
      }
  });

  stage.layer('means', [data], (group) => {
    for (const [index, { key }] of measures.entries()) {
      const x = scales[index]!;
      for (const cell of grid.cells) {
        const { value, interval } = cell.curvature.means[key];
        drawWhisker(group, {
          mean: x(value),
          interval: [x(interval[0]), x(interval[1])],
          across: yOf(index, cell),
          colour: classColour(cell.series),
          mark: markOf[cell.series % markOf.length]!,
        });
      }
    }
  });

  stage.layer('selected', [data, selected], (group) => {
    if (selected === null) return;
    for (const [index, { key }] of measures.entries())
      for (const cell of grid.cells) {
        const place = cell.curvature.networks.indexOf(selected);
        if (place < 0) continue;
        group
          .append('circle')
          .attr('class', 'line ink')
          .attr('cx', scales[index]!(valuesOf(cell.curvature, key)[place]!).toFixed(1))
          .attr('cy', yOf(index, cell).toFixed(1))
          .attr('r', 4)
          .attr('stroke-width', 1.5);
      }
  });

  stage.layer('keys', [data, selected], (group) => {
    const keys: Key[] = grid.series.map((name, index) => ({
      mark: index === 0 ? 'dot' : 'square',
      colour: classColour(index),
      text: isNarrow ? name : `${name}: mean, 95% interval`,
    }));
    if (selected !== null) keys.push({ mark: 'ring', text: `network ${selected}` });
    drawKeys(group, { x: 8, y: 2 * tall + 28, width: width - 16, keys });
  });

  return {
    count: Math.max(...networks) + 1,
    columns: 1,
    selected,
    nearest: (px, py) => {
      let best: { away: number; network: number } | null = null;
      for (const [index, { key }] of measures.entries())
        for (const cell of grid.cells)
          for (const [place, value] of valuesOf(cell.curvature, key).entries()) {
            const away = Math.hypot(scales[index]!(value) - px, yOf(index, cell) - py);
            if (away < (best?.away ?? 12))
              best = { away, network: cell.curvature.networks[place]! };
          }
      return best?.network ?? null;
    },
    say: (network) =>
      `network ${network}: ${grid.cells
        .flatMap(({ title, curvature }) => {
          const place = curvature.networks.indexOf(network);
          if (place < 0) return [];
          return [
            `largest eigenvalue ${formatNumber(valuesOf(curvature, 'largestEigenvalue')[place]!)} with ${title}`,
          ];
        })
        .join(', ')}`,
  };
}

const estimate = ({
  value,
  interval,
}: {
  value: number;
  interval: readonly [number, number];
}): string =>
  `${formatNumber(value)} (${formatNumber(interval[0])} to ${formatNumber(interval[1])})`;

function describe(data: StudyDisplay): string {
  const grid = gridOf(data);
  if (grid === null) return 'This study measured no curvature.';
  const parts = grid.cells.map(
    ({ title, curvature: { means } }) =>
      `With ${title}: ${measures.map(({ key, short }) => `${short.toLowerCase()} ${estimate(means[key])}`).join(', ')}.`,
  );
  return `Four measures of curvature at the end of training, means over ${grid.cells[0]!.curvature.networks.length} networks with 95% intervals. ${parts.join(' ')}`;
}

function table(data: StudyDisplay): FigureTable {
  const grid = gridOf(data);
  return {
    columns: [
      { name: 'condition' },
      ...measures.flatMap(({ short }) => [
        { name: short },
        { name: `${short}, interval from` },
        { name: `${short}, interval to` },
      ]),
    ],
    rows: (grid?.cells ?? []).map(({ title, curvature: { means } }) => [
      title,
      ...measures.flatMap(({ key }) => [means[key].value, ...means[key].interval]),
    ]),
  };
}

export const hessianMeasures: Figure<StudyDisplay, HessianMeasuresState> = {
  name: 'hessian-measures',
  initial: { selected: null },
  height: () => 2 * panelHeight(3) + 40,
  draw: (container, data, state, environment) =>
    openStage({ name: 'hessian-measures', container, data, state, environment, describe, paint }),
  describe,
  table,
};
