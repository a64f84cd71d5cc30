// The same networks laid out in several ways, side by side: by weights and by answers, each with what it keeps and what chance keeps.
import { extent, scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { Box } from '../kit/axes.ts';
import type { Figure, FigureControl } from '../kit/figure.ts';
import { formatNumber, formatShare } from '../kit/format.ts';
import { textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawEnd } from '../kit/marks.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import {
  chosenLayouts,
  layoutsOf,
  nearestOnPaper,
  sharesText,
  type ProjectedLayout,
} from './projection-layouts.ts';
import { drawTrust, trustHeight } from './projection-trust.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';

export interface ProjectionViewsState {
  /** Names of layouts with spaces between, `weights/pca predictions/tsne`; null for those of weights and predictions. */
  readonly panels: string | null;
  readonly selected: number | null;
  /** Trustworthiness that the reader expects of `guessAt`. */
  readonly guess: number | null;
  readonly guessAt: string | null;
  /** Whether what each layout keeps is drawn. */
  readonly revealed: boolean;
}

/** The nearest on the paper of the first picture, ringed in every picture. */
const ringed = 5;
const absence = 'No projections of this study were loaded.';
const titleHeight = 40;
/** As the names of panels are written, for an estimate of their width. */
const titleSize = 14;

interface Grid {
  readonly columns: number;
  readonly panelWidth: number;
  readonly panelHeight: number;
  readonly gap: number;
  readonly height: number;
}

/** Below this width there are two columns. */
const narrow = 480;

const keysHeight = (width: number): number => (width < narrow ? 46 : 28);

function gridOf(width: number, panels: readonly ProjectedLayout[]): Grid {
  const gap = 16;
  const rows = new Set(panels.map(({ of }) => of)).size;
  const inRow = panels.length <= 3 ? panels.length : Math.ceil(panels.length / Math.max(1, rows));
  const columns = Math.max(1, Math.min(panels.length, width < narrow ? 2 : Math.min(3, inRow)));
  const panelWidth = (width - gap * (columns - 1)) / columns;
  const map = columns === 1 ? Math.min(0.9 * panelWidth, 380) : 0.8 * panelWidth;
  const panelHeight = titleHeight + map + trustHeight;
  const lines = Math.ceil(panels.length / columns);
  return {
    columns,
    panelWidth,
    panelHeight,
    gap,
    height: lines * (panelHeight + 12) + keysHeight(width),
  };
}

/** Where a phone has two columns, each thing that was laid out has one of them. */
function arranged(panels: ProjectedLayout[], width: number): ProjectedLayout[] {
  const things = [...new Set(panels.map(({ of }) => of))];
  if (width >= narrow || things.length !== 2) return panels;
  const [first, second] = things.map((thing) => panels.filter(({ of }) => of === thing));
  if (first!.length !== second!.length) return panels;
  return first!.flatMap((panel, index) => [panel, second![index]!]);
}

const boxOf = (grid: Grid, index: number): Box => {
  const left = (index % grid.columns) * (grid.panelWidth + grid.gap);
  const top = Math.floor(index / grid.columns) * (grid.panelHeight + 12) + titleHeight;
  return {
    left,
    right: left + grid.panelWidth,
    top,
    bottom: top + grid.panelHeight - titleHeight - trustHeight,
  };
};

/** Equal scales on both axes: a distance on the paper is a distance in every direction. */
function placesOf({ result }: ProjectedLayout, box: Box): Point[] {
  const { values } = result.coordinates;
  const xs = Array.from(values).filter((_, i) => i % 2 === 0);
  const ys = Array.from(values).filter((_, i) => i % 2 === 1);
  const [x0 = 0, x1 = 1] = extent(xs);
  const [y0 = 0, y1 = 1] = extent(ys);
  const room = 10;
  const unit = Math.min(
    (box.right - box.left - 2 * room) / (x1 - x0 || 1),
    (box.bottom - box.top - 2 * room) / (y1 - y0 || 1),
  );
  const [cx, cy] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const x = scaleLinear([(x0 + x1) / 2, (x0 + x1) / 2 + 1], [cx, cx + unit]);
  const y = scaleLinear([(y0 + y1) / 2, (y0 + y1) / 2 + 1], [cy, cy - unit]);
  return xs.map((value, i) => [x(value), y(ys[i]!)]);
}

function paint(stage: Stage<StudyDisplay, ProjectionViewsState>): Picking | null {
  const { data, state, width } = stage;
  const panels = arranged(chosenLayouts(layoutsOf(data), state.panels), width);
  stage.layer('absence', [panels.length === 0], (group) => {
    if (panels.length === 0) writeAbsence(group, width, stage.height, absence);
  });
  if (panels.length === 0) return null;
  const grid = gridOf(width, panels);
  stage.setHeight(grid.height);
  const boxes = panels.map((_, index) => boxOf(grid, index));
  const places = panels.map((panel, index) => placesOf(panel, boxes[index]!));
  const { networks } = panels[0]!;
  const row = state.selected === null ? -1 : networks.indexOf(state.selected);
  const shown = [data, state.panels];

  stage.layer('panels', [...shown, state.revealed, state.guess, state.guessAt], (group) => {
    for (const [index, panel] of panels.entries()) {
      drawFrame(group, panel, boxes[index]!);
      const guess = panel.name === state.guessAt ? state.guess : null;
      if (state.revealed) drawTrust(group, panel, boxes[index]!, guess);
    }
  });
  stage.layer('dots', [...shown, row >= 0], (group) => {
    const radius = grid.columns === 1 ? 5 : 3.8;
    const dots = group.attr('opacity', row >= 0 ? 0.5 : 1);
    for (const points of places)
      for (const [i, at] of points.entries())
        drawEnd(dots, at, networkColour(networks[i]!), radius)
          .attr('class', 'outlined')
          .attr('stroke-width', 0.75);
  });
  stage.layer('selected', [...shown, row], (group) => {
    if (row < 0) return;
    const near = nearestOnPaper(panels[0]!, row, ringed);
    // One thread through all pictures: the same network everywhere.
    for (let i = 0; i + 1 < panels.length; i++)
      if (Math.floor(i / grid.columns) === Math.floor((i + 1) / grid.columns))
        group
          .append('path')
          .attr('class', 'line ink')
          .attr('opacity', 0.35)
          .attr('d', linePath([places[i]![row]!, places[i + 1]![row]!]));
    for (const points of places) {
      for (const other of near)
        drawRing(group, points[other]!, networkColour(networks[other]!), 4, 7);
      drawRing(group, points[row]!, networkColour(networks[row]!), 5.5, 9);
    }
    const [x, y] = places[0]![row]!;
    const text = `network ${state.selected}`;
    const half = textWidth(text) / 2;
    writeText(group, {
      x: Math.min(width - half - 6, Math.max(half + 8, x)),
      y: y - 14 < boxes[0]!.top + 8 ? y + 24 : y - 14,
      text,
      anchor: 'middle',
      style: 'strong halo',
    });
  });
  stage.layer('keys', [...shown, row >= 0, state.revealed, state.guess], (group) => {
    drawKeys(group, {
      x: 2,
      y: grid.height - keysHeight(width) + 16,
      width,
      keys: [
        row >= 0
          ? { mark: 'ring', text: `the picked one, and its ${ringed} nearest in the first picture` }
          : { mark: 'dot', text: 'one network, after training' },
      ],
    });
  });

  function* spots(): Generator<[number, Point]> {
    for (const points of places) for (const [i, at] of points.entries()) yield [networks[i]!, at];
  }
  return {
    count: Math.max(...networks) + 1,
    columns: 1,
    selected: state.selected,
    nearest: (px, py) => nearestNetwork(spots(), [px, py], 24),
    say: (network) => sayNear(panels, networks, network),
  };
}

function sayNear(
  panels: readonly ProjectedLayout[],
  networks: readonly number[],
  network: number,
): string {
  const row = networks.indexOf(network);
  if (row < 0) return `network ${network} diverged and is in no picture`;
  const names = panels.map((panel) => {
    const near = nearestOnPaper(panel, row, 1)[0]!;
    return `${networks[near]} in ${panel.title.method} of ${panel.title.of.toLowerCase()}`;
  });
  return `network ${network}; nearest to it: ${names.join(', ')}`;
}

function drawFrame(group: Group, panel: ProjectedLayout, box: Box): void {
  const { title, settings } = panel;
  const own = group.append('g').attr('class', 'projection-panel');
  const full = `${title.of}: ${title.method}`;
  writeText(own, {
    x: box.left,
    y: box.top - 24,
    // A narrow panel has no room for the long name of classical scaling beside its neighbour's.
    text: textWidth(full, titleSize) <= box.right - box.left ? full : `${title.of}: ${title.short}`,
    style: 'strong',
  });
  const shares = sharesText(panel);
  writeText(own, {
    x: box.left,
    y: box.top - 9,
    text: shares ?? `${settings}, no unit`,
    style: 'muted small',
  });
  own
    .append('rect')
    .attr('class', 'panel-edge')
    .attr('x', box.left + 0.5)
    .attr('y', box.top)
    .attr('width', Math.max(0, box.right - box.left - 1).toFixed(1))
    .attr('height', (box.bottom - box.top).toFixed(1))
    .attr('rx', 3);
}

function drawRing(group: Group, [x, y]: Point, colour: string, radius: number, ring: number): void {
  drawEnd(group, [x, y], colour, radius);
  group
    .append('circle')
    .attr('class', 'line ink')
    .attr('cx', x.toFixed(1))
    .attr('cy', y.toFixed(1))
    .attr('r', ring)
    .attr('stroke-width', 1.5);
}

function describe(data: StudyDisplay, state: ProjectionViewsState): string {
  const panels = chosenLayouts(layoutsOf(data), state.panels);
  if (panels.length === 0) return absence;
  const each = panels.map(({ title, result: { quality } }) =>
    state.revealed
      ? `${title.method} of ${title.of.toLowerCase()}: trustworthiness ${quality.trustworthiness.toFixed(2)}, by chance ${quality.chance.trustworthiness.toFixed(2)}`
      : `${title.method} of ${title.of.toLowerCase()}`,
  );
  return `${panels[0]!.networks.length} trained networks laid out on a plane. ${each.join('; ')}.`;
}

function controls(data: StudyDisplay): FigureControl[] {
  const layouts = layoutsOf(data);
  const things = [...new Set(layouts.map(({ of }) => of))];
  if (things.length < 2) return [];
  const rows = things.map((thing) => {
    const own = layouts.filter(
      ({ of, result }) =>
        of === thing && !(of !== 'predictions' && result.method === 'classical-scaling'),
    );
    return {
      value: own.map(({ name }) => name).join(' '),
      text: own[0]!.title.of.toLowerCase(),
    };
  });
  const options = [{ value: null, text: 'weights and predictions' }, ...rows];
  return [{ key: 'panels', name: 'Lay out by', kind: 'choice', options }];
}

export const projectionViews: Figure<StudyDisplay, ProjectionViewsState> = {
  name: 'projection-views',
  initial: { panels: null, selected: null, guess: null, guessAt: null, revealed: true },
  height: (width) => {
    const columns = width < narrow ? 2 : 3;
    const panel = (0.8 * (width - 16 * (columns - 1))) / columns + titleHeight + trustHeight + 12;
    return Math.round((6 / columns) * panel + keysHeight(width));
  },
  heightFor: (width, data, state) =>
    Math.round(gridOf(width, chosenLayouts(layoutsOf(data), state.panels)).height),
  draw: (container, data, state, environment) =>
    openStage({ name: 'projection-views', container, data, state, environment, describe, paint }),
  describe,
  table(data, state) {
    const panels = chosenLayouts(layoutsOf(data), state.panels);
    const networks = panels[0]?.networks ?? [];
    return {
      columns: [
        { name: 'Network' },
        ...panels.flatMap(({ title }) =>
          [1, 2].map((axis) => ({ name: `${title.of}, ${title.method}, axis ${axis}` })),
        ),
      ],
      rows: networks.map((network, i) => [
        network,
        ...panels.flatMap(({ result }) => {
          const { values } = result.coordinates;
          return [values[2 * i]!, values[2 * i + 1]!];
        }),
      ]),
    };
  },
  controls,
  fidelity(data, state) {
    const panels = chosenLayouts(layoutsOf(data), state.panels);
    if (panels.length === 0) return [];
    const k = panels[0]!.result.quality.neighbours;
    const each = panels.map(({ title, result: { quality, explained } }) => {
      const { trustworthiness, continuity, chance } = quality;
      const share =
        explained === null
          ? ''
          : `, ${formatShare((explained[0] ?? 0) + (explained[1] ?? 0))} of the spread`;
      return `${title.of}, ${title.method}: ${formatNumber(trustworthiness)} and ${formatNumber(continuity)} (chance ${formatNumber(chance.trustworthiness)} and ${formatNumber(chance.continuity)})${share}`;
    });
    return [
      `Trustworthiness and continuity of the ${k} nearest neighbours, 1 if all are kept; chance deals the same places out at random. ${each.join('; ')}.`,
      'Nothing lies between the dots: t-SNE and UMAP have no way back from the paper to weights, so no loss is drawn there.',
    ];
  },
};
