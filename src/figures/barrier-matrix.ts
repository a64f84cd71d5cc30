// Barriers between all pairs of networks as a matrix, as trained and aligned, on one colour scale, with their distribution.
import type { StudyDisplay } from '../artifact/load-study.ts';
import { drawCells } from './barrier-cells.ts';
import {
  alignmentNames,
  alignmentTexts,
  barriersOf,
  conditionsWithBarriers,
  meanWithOthers,
  pairValues,
  type AlignmentName,
} from './barrier-data.ts';
import { drawHistogram, type Spread } from './barrier-histogram.ts';
import { orderAlike } from './barrier-order.ts';
import { openWithPartner } from './barrier-partner.ts';
import { barrierScale } from './barrier-scale.ts';
import type { Figure, FigureControl, FigureTable } from './figure.ts';
import { formatNumber } from './format.ts';
import { writeAbsence, writeText, writeWrapped } from './labels.ts';
import { networkColour } from './palette.ts';
import type { Group, Picking, Stage } from './stage.ts';

export interface BarrierMatrixState {
  /** 'both' draws the barriers as trained below the diagonal and those after alignment above it. */
  readonly aligned: AlignmentName | 'both';
  readonly order: 'number' | 'alike';
  readonly scale: 'log' | 'linear';
  readonly selected: number | null;
  /** The other network of a picked pair. */
  readonly partner: number | null;
  /** On the way from another alignment to this one. */
  readonly passing?: { readonly from: BarrierMatrixState['aligned']; readonly t: number };
}

const absence = 'The barriers between these networks are not loaded here.';

interface View {
  readonly networks: readonly number[];
  readonly spreads: Readonly<Partial<Record<AlignmentName, Spread>>>;
  readonly matrices: Readonly<Partial<Record<AlignmentName, Float32Array>>>;
  readonly orders: Readonly<Record<BarrierMatrixState['order'], readonly number[]>>;
}

// Orders take a moment to find, and data never changes.
const views = new WeakMap<StudyDisplay, View | null>();

function viewOf(data: StudyDisplay): View | null {
  const known = views.get(data);
  if (known !== undefined) return known;
  const condition = conditionsWithBarriers(data)[0]?.barriers;
  let view: View | null = null;
  if (condition) {
    const { networks } = condition;
    const N = networks.length;
    const found = alignmentNames.flatMap((name) => {
      const own = barriersOf(condition, name);
      return own ? [[name, own] as const] : [];
    });
    const matrices = Object.fromEntries(found.map(([name, own]) => [name, own.train.values]));
    // Aligned barriers say which networks are alike; the same order in every state keeps each cell in its place.
    const likeness = matrices['weights'] ?? found[0]![1].train.values;
    view = {
      networks,
      matrices,
      spreads: Object.fromEntries(
        found.map(([name, { train, means }]) => [
          name,
          {
            text: alignmentTexts[name],
            values: pairValues(train.values, N),
            mean: means.train.value,
            interval: means.train.interval,
            isGhost: false,
          },
        ]),
      ),
      orders: { number: networks.map((_, i) => i), alike: orderAlike(likeness, N) },
    };
  }
  views.set(data, view);
  return view;
}

interface Layout {
  readonly side: number;
  readonly left: number;
  readonly top: number;
  readonly beside: boolean;
}

const edge = 30;

function layoutOf(width: number): Layout {
  const beside = width >= 540;
  const room = beside ? Math.min(440, width * 0.56) : Math.min(380, width - edge - 4);
  // On a phone the picture is sticky, and must leave room for the words.
  const side = width < 400 ? Math.min(room, 204) : room;
  return { side, left: beside ? edge : Math.max(edge, (width - side) / 2), top: 22, beside };
}

const heightOf = (width: number): number => {
  const { side, top, beside } = layoutOf(width);
  return Math.round(top + side + (beside ? 28 : width < 400 ? 174 : 196));
};

/** The networks of the row and the column under a point. */
function cellAt(
  data: StudyDisplay,
  state: BarrierMatrixState,
  width: number,
  [x, y]: readonly [number, number],
): readonly [number, number] | null {
  const view = viewOf(data);
  if (!view) return null;
  const { side, left, top } = layoutOf(width);
  const N = view.networks.length;
  const [column, row] = [x - left, y - top].map((at) => Math.floor((at / side) * N));
  if (column! < 0 || row! < 0 || column! >= N || row! >= N) return null;
  const order = view.orders[state.order];
  return [view.networks[order[row!]!]!, view.networks[order[column!]!]!];
}

function valueIn(
  view: View,
  aligned: BarrierMatrixState['aligned'],
  i: number,
  j: number,
  isUpper: boolean,
): number {
  const name = aligned === 'both' ? (isUpper ? 'weights' : 'raw') : aligned;
  return view.matrices[name]?.[i * view.networks.length + j] ?? NaN;
}

function paint(stage: Stage<StudyDisplay, BarrierMatrixState>): Picking | null {
  const { data, state, width } = stage;
  const view = viewOf(data);
  stage.layer('absence', [view === null], (group) => {
    if (view === null) writeAbsence(group, width, stage.height, absence);
  });
  if (view === null) return null;
  const { networks } = view;
  const N = networks.length;
  const layout = layoutOf(width);
  const { side, left, top } = layout;
  const cell = side / N;
  const order = view.orders[state.order];
  const scale = barrierScale(Object.values(view.matrices), state.scale === 'log');
  const place = new Map(order.map((network, row) => [network, row]));
  const at = (network: number | null): number | null => {
    const index = network === null ? -1 : networks.indexOf(network);
    return index < 0 ? null : index;
  };
  const [selected, partner] = [at(state.selected), at(state.partner)];
  const { passing } = state;

  function value(row: number, column: number): number | null {
    if (row === column) return null;
    const [i, j] = [order[row]!, order[column]!];
    const to = valueIn(view!, state.aligned, i, j, column > row);
    if (!passing) return to;
    const from = valueIn(view!, passing.from, i, j, column > row);
    if (state.scale === 'linear') return from + passing.t * (to - from);
    const least = scale.minimum;
    const [a, b] = [Math.max(from, least), Math.max(to, least)];
    return a * (b / a) ** passing.t;
  }

  stage.layer(
    'cells',
    [data, state.aligned, state.order, state.scale, passing?.from, passing?.t],
    (group) => {
      drawCells(group, { N, x: left, y: top, cell, scale, value });
    },
  );
  stage.layer('edge', [data, state.order, state.aligned], (group) => {
    for (const [row, index] of order.entries())
      group
        .append('path')
        .attr('stroke', networkColour(networks[index]!))
        .attr('stroke-width', (cell + 0.2).toFixed(2))
        .attr('d', `M${left - 7},${(top + (row + 0.5) * cell).toFixed(1)}h5`);
    drawNumbers(group, view, state, layout);
    if (state.aligned === 'both') drawHalves(group, layout);
  });
  stage.layer('selected', [data, selected, partner, state.order, state.aligned], (group) => {
    if (selected === null) return;
    const frame = (x: number, y: number, w: number, h: number): string =>
      `M${x.toFixed(1)},${y.toFixed(1)}h${w.toFixed(1)}v${h.toFixed(1)}h${(-w).toFixed(1)}z`;
    const row = top + place.get(selected)! * cell;
    const column = left + place.get(selected)! * cell;
    const pair = partner === null || partner === selected ? null : place.get(partner)!;
    const path =
      pair === null
        ? frame(left, row, side, cell) + frame(column, top, cell, side)
        : frame(left + pair * cell - 1.5, row - 1.5, cell + 3, cell + 3);
    group.append('path').attr('class', 'casing').attr('stroke-width', 4).attr('d', path);
    group.append('path').attr('class', 'line ink').attr('stroke-width', 1.5).attr('d', path);
    if (pair === null) return;
    const cross = `M${left},${(row + cell / 2).toFixed(1)}H${(left + pair * cell - 2).toFixed(1)}M${(left + (pair + 0.5) * cell).toFixed(1)},${top}V${(row - 2).toFixed(1)}`;
    group.append('path').attr('class', 'line ink').attr('stroke-width', 0.75).attr('d', cross);
  });
  const box = layout.beside
    ? { x: left + side + 34, y: top - 12, width: width - left - side - 44, height: 236 }
    : {
        x: 12,
        y: top + side + 36,
        width: width - 24,
        height: width < 400 ? 136 : 150,
      };
  stage.layer('spread', [data, state.aligned, state.scale], (group) => {
    drawHistogram(group, {
      ...box,
      scale,
      title: `Barrier${box.width < 230 ? '' : ' of each pair'} (nats${scale.logarithmic ? '; log scale' : ''})`,
      spreads: shownSpreads(view, state.aligned),
    });
  });
  stage.layer('words', [data, selected, partner, state.aligned], (group) => {
    const lines = wordsOf(view, state, selected, partner);
    if (layout.beside) {
      let y = box.y + box.height + 26;
      for (const [index, text] of lines.entries())
        y +=
          16 *
            writeWrapped(group, {
              x: box.x,
              y,
              text,
              style: index === 0 ? 'strong' : 'muted',
              width: box.width,
            }) +
          4;
    } else
      writeText(group, {
        x: width / 2,
        y: top + side + 20,
        text: lines[0]!,
        anchor: 'middle',
        style: 'strong',
      });
  });

  return {
    count: networks.at(-1)! + 1,
    // Up and down pick the partner, which the stage knows nothing of.
    columns: 0,
    selected: state.selected,
    nearest: (x, y) => cellAt(data, state, width, [x, y])?.[0] ?? null,
    say: (network) => wordsOf(view, state, at(network), partner).join(' '),
  };
}

function drawNumbers(group: Group, view: View, state: BarrierMatrixState, layout: Layout): void {
  const { side, left, top } = layout;
  const cell = side / view.networks.length;
  const isNumbered = state.order === 'number';
  const name = isNumbered ? 'network' : 'networks, those alike side by side';
  writeText(group, {
    x: left + side / 2,
    y: top - 8,
    text: name,
    anchor: 'middle',
    style: 'axis-name',
  });
  if (!isNumbered) return;
  for (const [row, network] of view.networks.entries())
    if (network % 10 === 0)
      writeText(group, {
        x: left - 10,
        y: top + (row + 0.5) * cell + 4,
        text: String(network),
        anchor: 'end',
        style: 'muted small',
      });
}

function drawHalves(group: Group, { side, left, top }: Layout): void {
  const above = alignmentTexts.weights;
  writeText(group, {
    x: left + side - 8,
    y: top + 18,
    text: above,
    anchor: 'end',
    style: 'strong halo',
  });
  writeText(group, {
    x: left + 8,
    y: top + side - 10,
    text: alignmentTexts.raw,
    style: 'strong halo',
  });
}

/** The spread of the shown alignment in colour, and for comparison the other as an outline. */
function shownSpreads(view: View, aligned: BarrierMatrixState['aligned']): Spread[] {
  const shown = aligned === 'both' ? 'weights' : aligned;
  const other: AlignmentName = shown === 'raw' ? 'weights' : 'raw';
  const ghost = view.spreads[other];
  const own = view.spreads[shown];
  return [
    ...(ghost ? [{ ...ghost, isGhost: true, text: other === 'raw' ? ghost.text : 'aligned' }] : []),
    ...(own ? [own] : []),
  ];
}

function wordsOf(
  view: View,
  state: BarrierMatrixState,
  selected: number | null,
  partner: number | null,
): string[] {
  const { networks } = view;
  const N = networks.length;
  const names = alignmentNames.filter((name) => view.matrices[name]);
  const of = (name: AlignmentName, i: number, j: number): string =>
    formatNumber(view.matrices[name]![i * N + j]!);
  if (selected === null) {
    const spread = shownSpreads(view, state.aligned).at(-1);
    return spread
      ? [
          `${formatNumber(spread.values.length)} pairs, ${spread.text}`,
          'Point at a cell, or use the arrow keys: left and right pick a network, up and down its partner.',
        ]
      : [];
  }
  if (partner !== null && partner !== selected) {
    const pair = `networks ${networks[selected]} and ${networks[partner]}`;
    return [
      `${pair}: ${of(state.aligned === 'both' ? 'weights' : state.aligned, selected, partner)}`,
      `Barrier ${names.map((name) => `${alignmentTexts[name]} ${of(name, selected, partner)}`).join(', ')}.`,
    ];
  }
  const mean = (name: AlignmentName): string =>
    formatNumber(meanWithOthers(view.matrices[name]!, N)[selected]!);
  return [
    `network ${networks[selected]}: ${mean(state.aligned === 'both' ? 'weights' : state.aligned)} on average`,
    `Mean barrier with the ${N - 1} others ${names.map((name) => `${alignmentTexts[name]} ${mean(name)}`).join(', ')}.`,
  ];
}

function describe(data: StudyDisplay, state: BarrierMatrixState): string {
  const view = viewOf(data);
  if (view === null) return absence;
  const means = Object.values(view.spreads).map(
    ({ text, mean, interval, values }) =>
      `${text}, the mean of ${values.length} pairs is ${formatNumber(mean)} (95% interval ${formatNumber(interval[0])} to ${formatNumber(interval[1])}) and the highest ${formatNumber(Math.max(...values))}`,
  );
  const shown =
    state.aligned === 'both'
      ? 'as trained below the diagonal and aligned by weights above it'
      : alignmentTexts[state.aligned];
  return (
    `How far the training loss rises on the straight line between each two of ${view.networks.length} networks, in nats, ${shown}. ` +
    `Barriers: ${means.join('; ')}.`
  );
}

function table(data: StudyDisplay): FigureTable {
  const view = viewOf(data);
  if (view === null) return { columns: [], rows: [] };
  const names = alignmentNames.filter((name) => view.matrices[name]);
  const N = view.networks.length;
  const rows: number[][] = [];
  for (let i = 0; i < N; i++)
    for (let j = i + 1; j < N; j++)
      rows.push([
        view.networks[i]!,
        view.networks[j]!,
        ...names.map((name) => view.matrices[name]![i * N + j]!),
      ]);
  return {
    columns: [
      { name: 'network' },
      { name: 'other network' },
      ...names.map((name) => ({ name: `barrier ${alignmentTexts[name]}`, unit: 'nats' })),
    ],
    rows,
  };
}

function controls(data: StudyDisplay): readonly FigureControl[] {
  const names = alignmentNames.filter((name) => viewOf(data)?.matrices[name]);
  return [
    {
      key: 'aligned',
      name: 'Hidden units',
      kind: 'choice',
      options: [
        ...names.map((value) => ({ value, text: alignmentTexts[value] })),
        ...(names.includes('raw') && names.includes('weights')
          ? [{ value: 'both', text: 'half and half' }]
          : []),
      ],
    },
    {
      key: 'order',
      name: 'Rows',
      kind: 'choice',
      options: [
        { value: 'number', text: 'by number' },
        { value: 'alike', text: 'alike together' },
      ],
    },
    {
      key: 'scale',
      name: 'Colours',
      kind: 'choice',
      options: [
        { value: 'log', text: 'log' },
        { value: 'linear', text: 'linear' },
      ],
    },
  ];
}

const initial: BarrierMatrixState = {
  aligned: 'raw',
  order: 'number',
  scale: 'log',
  selected: null,
  partner: null,
};

export const barrierMatrix: Figure<StudyDisplay, BarrierMatrixState> = {
  name: 'barrier-matrix',
  initial,
  height: heightOf,
  draw: (container, data, state, environment) =>
    openWithPartner(
      {
        name: 'barrier-matrix',
        container,
        data,
        state,
        environment,
        describe,
        paint,
        between: (from, to, t) =>
          from.aligned === to.aligned || from.order !== to.order || from.scale !== to.scale
            ? null
            : { ...to, passing: { from: from.aligned, t } },
      },
      cellAt,
    ),
  describe,
  table,
  controls,
};
