// Training and test loss at the end against width: one keeps falling, the other turns.
import { scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { OutcomesResult } from '../../landscape/analyses/outcomes.ts';
import type { Summary } from '../../landscape/statistics.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import type { Figure, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { spread, textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { classColours, networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';
import { resultOfKind } from '../kit/study-results.ts';
import { drawWhisker, type WhiskerMark } from '../kit/whisker.ts';

export interface WidthOutcomesState {
  /** Test loss is a question until it is asked for. */
  readonly revealed: boolean;
  /** The width, in units, that a reader guessed to have the lowest test loss. */
  readonly guess: number | null;
  readonly selected: number | null;
}

type Part = 'train' | 'test';

interface WidthRow {
  readonly units: number;
  readonly values: Readonly<Record<Part, readonly number[]>>;
  readonly summary: Readonly<Record<Part, Summary>>;
}

const looks: Readonly<
  Record<Part, { colour: string; dash: string | null; mark: WhiskerMark; name: string }>
> = {
  train: { colour: classColours[0], dash: null, mark: 'circle', name: 'training' },
  test: { colour: classColours[5], dash: '7 4', mark: 'square', name: 'test' },
};

function rowsOf(data: StudyDisplay): WidthRow[] {
  const found = resultOfKind<OutcomesResult>(data, 'outcomes');
  if (found === null) return [];
  return data.study.conditions
    .flatMap(({ key, experiment }): WidthRow[] => {
      const own = found.result.conditions[key];
      const [units] = experiment.hiddenSizes;
      const testLoss = own?.statistics.testLoss;
      if (!own?.testLoss || !testLoss || units === undefined) return [];
      const networks = own.statistics.outcomeOf.length;
      return [
        {
          units,
          values: {
            train: Array.from(own.trainLoss.values.slice(-networks)),
            test: Array.from(own.testLoss.values.slice(-networks)),
          },
          summary: { train: own.statistics.trainLoss, test: testLoss },
        },
      ];
    })
    .sort((a, b) => a.units - b.units);
}

const partsOf = ({ revealed }: WidthOutcomesState): readonly Part[] =>
  revealed ? ['train', 'test'] : ['train'];

function paint(stage: Stage<StudyDisplay, WidthOutcomesState>): Picking | null {
  const { data, state, width, height } = stage;
  const rows = rowsOf(data);
  stage.layer('absence', [rows.length === 0], (group) => {
    if (rows.length === 0)
      writeAbsence(group, width, height, 'The outcomes of these widths are not loaded here.');
  });
  if (rows.length === 0) return null;
  const isNarrow = width < 480;
  const parts = partsOf(state);
  const box: Box = { left: 50, right: width - 74, top: 30, bottom: height - 72 };
  const all = rows
    .flatMap(({ values }) => [...values.train, ...values.test])
    .filter((value) => value > 0);
  const domain: [number, number] = [Math.min(...all) / 1.3, Math.max(...all) * 1.3];
  const [first, last] = [rows[0]!.units, rows.at(-1)!.units];
  const x = scaleLog([first / 1.2, last * 1.2], [box.left, box.right]);
  const y = scaleLog(domain, [box.bottom, box.top]);
  const networks = rows[0]!.values.train.length;
  const selected = state.selected !== null && state.selected < networks ? state.selected : null;
  const view = [data, state.revealed];
  const place = (row: WidthRow, part: Part, n: number): Point => [
    x(row.units) + (n - (networks - 1) / 2) * (isNarrow ? 1.4 : 2.4),
    y(row.values[part][n]!),
  ];

  stage.layer('axes', [data], (group) =>
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: rows.map(({ units }) => units),
      yTicks: logarithmicTicks(domain, 7),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: 'Units in the hidden layer (log scale)',
      yName: `Loss at the end (${data.study.conditions[0]?.experiment.loss === 'cross-entropy' ? 'nats' : 'mean squared error'}; log scale)`,
    }),
  );
  stage.layer('networks', [...view, selected], (group) => {
    group.attr('opacity', selected === null ? 0.6 : 0.25);
    for (const part of parts)
      for (const row of rows)
        for (let n = 0; n < networks; n++) {
          const [cx, cy] = place(row, part, n);
          group
            .append('circle')
            .attr('cx', cx.toFixed(1))
            .attr('cy', cy.toFixed(1))
            .attr('r', 2)
            .attr('fill', networkColour(n));
        }
  });
  stage.layer('lines', view, (group) => {
    const names = parts.map((part) => y(rows.at(-1)!.summary[part].mean));
    const heights = spread(names, 16, box.top, box.bottom);
    for (const [index, part] of parts.entries()) {
      const { colour, dash, mark, name } = looks[part];
      group
        .append('path')
        .attr('class', `line ${part}`)
        .attr('stroke', colour)
        .attr('stroke-width', 2.25)
        .attr('stroke-dasharray', dash)
        .attr('d', linePath(rows.map((row): Point => [x(row.units), y(row.summary[part].mean)])));
      for (const { units, summary } of rows) {
        const { mean, meanInterval } = summary[part];
        drawWhisker(group, {
          mean: y(mean),
          interval: [y(meanInterval[0]), y(meanInterval[1])],
          across: x(units),
          colour,
          mark,
          standing: true,
        });
      }
      writeText(group, {
        x: x(last) + 14,
        y: heights[index]! + 4,
        text: name,
        style: 'strong halo',
      });
    }
  });
  stage.layer('selected', [...view, selected], (group) => {
    if (selected === null) return;
    for (const part of parts)
      group
        .append('path')
        .attr('class', 'line')
        .attr('stroke', networkColour(selected))
        .attr('stroke-width', 1.75)
        .attr('stroke-dasharray', looks[part].dash)
        .attr('d', linePath(rows.map((row) => place(row, part, selected))));
  });
  stage.layer('guess', [...view, state.guess], (group) => {
    const guessed = rows.find(({ units }) => units === state.guess);
    if (!guessed || !state.revealed) return;
    const at = x(guessed.units);
    group
      .append('path')
      .attr('class', 'guess-mark')
      .attr('d', `M${at.toFixed(1)},${box.top}V${box.bottom}`);
    const text = 'your guess';
    const isRight = at + textWidth(text, 12.6) + 8 > box.right;
    writeText(group, {
      x: at + (isRight ? -6 : 6),
      y: box.top + 8,
      text,
      anchor: isRight ? 'end' : 'start',
      style: 'guess-label halo',
    });
  });
  stage.layer('keys', [...view, selected], (group) =>
    drawKeys(group, {
      x: 12,
      y: height - 10,
      width: width - 20,
      keys: [
        { mark: 'dot', text: 'one network' },
        {
          mark: 'line',
          text: isNarrow ? 'mean' : `mean of ${networks}, with 95% interval`,
        },
        ...(selected === null
          ? []
          : [
              {
                mark: 'line',
                colour: networkColour(selected),
                text: `network ${selected}`,
              } as const,
            ]),
      ],
    }),
  );

  return {
    count: networks,
    columns: 1,
    selected,
    nearest: (px, py) => {
      let best: { away: number; n: number } | null = null;
      for (const part of parts)
        for (const row of rows)
          for (let n = 0; n < networks; n++) {
            const [cx, cy] = place(row, part, n);
            const away = Math.hypot(cx - px, cy - py);
            if (away < (best?.away ?? 10)) best = { away, n };
          }
      return best?.n ?? null;
    },
    say: (n) =>
      `network ${n}: ${rows.map(({ units, values }) => `${units} units ${parts.map((part) => `${looks[part].name} loss ${formatNumber(values[part][n]!)}`).join(', ')}`).join('; ')}`,
  };
}

function describe(data: StudyDisplay, state: WidthOutcomesState): string {
  const rows = rowsOf(data);
  if (rows.length === 0) return 'The outcomes of these widths are not loaded here.';
  const told = rows.map(
    ({ units, summary }) =>
      `${units} units: ${partsOf(state)
        .map((part) => {
          const { mean, meanInterval } = summary[part];
          return `${looks[part].name} ${formatNumber(mean)} (95% interval ${formatNumber(meanInterval[0])} to ${formatNumber(meanInterval[1])})`;
        })
        .join(', ')}`,
  );
  return `Mean loss at the end against the width of the hidden layer, ${rows[0]!.values.train.length} networks each. ${told.join('; ')}.`;
}

function table(data: StudyDisplay, state: WidthOutcomesState): FigureTable {
  const parts = partsOf(state);
  return {
    columns: [
      { name: 'units' },
      ...parts.flatMap((part) => [
        { name: `mean ${looks[part].name} loss`, unit: 'nats' },
        { name: `${looks[part].name} loss, interval from`, unit: 'nats' },
        { name: `${looks[part].name} loss, interval to`, unit: 'nats' },
      ]),
    ],
    rows: rowsOf(data).map(({ units, summary }) => [
      units,
      ...parts.flatMap((part) => [summary[part].mean, ...summary[part].meanInterval]),
    ]),
  };
}

export const widthOutcomes: Figure<StudyDisplay, WidthOutcomesState> = {
  name: 'width-outcomes',
  initial: { revealed: false, guess: null, selected: null },
  height: (width) => Math.round(Math.min(400, Math.max(330, width * 0.6))),
  draw: (container, data, state, environment) =>
    openStage({ name: 'width-outcomes', container, data, state, environment, describe, paint }),
  describe,
  table,
};
