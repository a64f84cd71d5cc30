// The two-weight network's loss from above, exact, with a start to drag and the descent from it.
import { pointer, scaleLinear, select } from 'd3';
import { drawAxes, type Box } from '../kit/axes.ts';
import { levels } from '../kit/contours.ts';
import type { Figure, FigureControl, FigureEnvironment, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawColourBar, drawKeys } from '../kit/legend.ts';
import { contourable, contourValue, levelScale } from '../kit/level-scale.ts';
import { drawCross } from '../kit/marks.ts';
import { dotsPath, linePath, type Point } from '../kit/path.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';

/** Everything the map shows; the numbers come from whoever knows the formula. */
export interface TwoWeightsMapData {
  /** Grid coordinates of both weights, from -extent to extent. */
  readonly axis: ArrayLike<number>;
  /** `[axis.length, axis.length]`, rows follow b. */
  readonly heights: ArrayLike<number>;
  /** Lines of minima. */
  readonly valleys: readonly (readonly Point[])[];
  /** Descent, (a, b) step by step, the start first. */
  readonly walk: readonly Point[];
  readonly losses: readonly number[];
  readonly diverged: boolean;
  /** Where infinitely small steps would lead from the same start. */
  readonly flow: readonly Point[];
}

export interface TwoWeightsMapState {
  /** Shows the walk up to this step; null for all of it. */
  readonly until: number | null;
}

/** The reader moved the start; bubbles. */
export interface StartDetail {
  readonly start: Point;
}
export const startEvent = 'atlas-start';

/** Losses under this are drawn as the valley floor: the logarithm of an exact zero has no colour. */
const floorLoss = 0.004;

interface Geometry {
  readonly box: Box;
  readonly extent: number;
}

const footHeight = 116;

function geometry(data: TwoWeightsMapData, { width, height }: FigureEnvironment): Geometry {
  const side = Math.max(80, Math.min(width - 40 - 12, height - 26 - footHeight));
  const left = 40 + (width - 52 - side) / 2;
  return {
    box: { left, right: left + side, top: 26, bottom: 26 + side },
    extent: data.axis[data.axis.length - 1]!,
  };
}

function paint(stage: Stage<TwoWeightsMapData, TwoWeightsMapState>): Picking | null {
  const { data, state, environment } = stage;
  const { box, extent } = geometry(data, environment);
  stage.setHeight(box.bottom + footHeight);
  const x = scaleLinear([-extent, extent], [box.left, box.right]);
  const y = scaleLinear([-extent, extent], [box.bottom, box.top]);
  const at = ([a, b]: Point): Point => [x(a), y(b)];

  stage.layer('surface', [data.heights, data.axis], (group) => {
    const heights = Float64Array.from(data.heights, (value) => Math.max(value, floorLoss));
    const scale = levelScale(heights, { logarithmic: true, count: 9 });
    group
      .append('rect')
      .attr('x', box.left.toFixed(1))
      .attr('y', box.top)
      .attr('width', (box.right - box.left).toFixed(1))
      .attr('height', (box.bottom - box.top).toFixed(1))
      .attr('fill', scale.bands[0]!.colour);
    const outlines = levels(
      { values: contourable(heights, scale), xs: data.axis, ys: data.axis, x, y },
      scale.thresholds.map((threshold) => contourValue(threshold, scale)),
    );
    for (const [index, { path }] of outlines.entries())
      group
        .append('path')
        .attr('class', 'contour')
        .attr('fill', scale.bands[index + 1]!.colour)
        .attr('d', path);
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: x.ticks(6),
      yTicks: y.ticks(6),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: 'Weight a',
      yName: 'Weight b',
      grid: false,
    });
    drawColourBar(group, {
      x: box.left,
      y: box.bottom + 46,
      width: Math.min(300, box.right - box.left - 10),
      title: 'Loss ½(ab − 1)² (log scale)',
      scale,
      format: formatNumber,
    });
    drawKeys(group, {
      x: box.left,
      y: box.bottom + 106,
      width: box.right - box.left,
      keys: [{ mark: 'reference', text: 'path of infinitely small steps' }],
    });
  });

  // The words stand beside the middle of the branch, or farther along where the start would cover them.
  const [startA, startB] = data.walk[0] ?? [0, 0];
  const nameAt: Point = Math.hypot(startA - 1.5, startB - 1.1) < 0.7 ? [0.62, 1.9] : [1.12, 1.12];
  stage.layer('landmarks', [data.valleys, data.axis, nameAt[0]], (group) => {
    const minima = stage.width < 420 ? 'ab = 1' : 'minima: ab = 1';
    const window = clipped(group, box);
    for (const valley of data.valleys)
      window
        .append('path')
        .attr('class', 'line valley')
        .attr('stroke-width', 2)
        .attr('d', linePath(valley.map(at)));
    drawCross(window, at([0, 0]), '#fff', 5);
    const [originX, originY] = at([0, 0]);
    writeText(group, { x: originX + 10, y: originY + 4, text: 'saddle', style: 'contour-label' });
    // Beside the middle of each branch, on the side away from the saddle.
    const [rightX, rightY] = at(nameAt);
    writeText(group, { x: rightX, y: rightY, text: minima, style: 'contour-label' });
    const [leftX, leftY] = at([-1.12, -1.12]);
    writeText(group, {
      x: leftX,
      y: leftY + 8,
      text: minima,
      anchor: 'end',
      style: 'contour-label',
    });
  });

  const last = data.walk.length - 1;
  const until = Math.max(0, Math.min(state.until ?? last, last));
  const whole = Math.floor(until);
  stage.layer('walk', [data.walk, data.flow, until], (group) => {
    const window = clipped(group, box);
    window
      .append('path')
      .attr('class', 'line flow')
      .attr('stroke-width', 2)
      .attr('d', linePath(data.flow.map(at)));
    const steps = data.walk.slice(0, whole + 1).map(at);
    const shown = [...steps];
    const next = data.walk[whole + 1];
    if (until > whole && next !== undefined) {
      const [from, to] = [steps.at(-1)!, at(next)];
      const share = until - whole;
      shown.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]);
    }
    const d = linePath(shown);
    window.append('path').attr('class', 'casing').attr('stroke-width', 4).attr('d', d);
    window.append('path').attr('class', 'line accent-line').attr('stroke-width', 1.75).attr('d', d);
    const dots = dotsPath(steps.slice(1));
    window.append('path').attr('class', 'dots paper-line').attr('stroke-width', 7).attr('d', dots);
    window.append('path').attr('class', 'dots accent-line').attr('stroke-width', 5).attr('d', dots);
    const end = shown.at(-1)!;
    window
      .append('circle')
      .attr('class', 'accent-mark outlined')
      .attr('stroke-width', 2)
      .attr('cx', end[0].toFixed(1))
      .attr('cy', end[1].toFixed(1))
      .attr('r', 6);
    if (end[0] < box.left || end[0] > box.right || end[1] < box.top || end[1] > box.bottom)
      writeText(group, {
        x: (box.left + box.right) / 2,
        y: box.top + 18,
        text: data.diverged ? 'off the map, and never back' : 'off the map',
        anchor: 'middle',
        style: 'strong halo',
      });
  });

  stage.layer('start', [data.walk[0]?.[0], data.walk[0]?.[1], data.axis], (group) => {
    const start = data.walk[0];
    if (start === undefined) return;
    const [cx, cy] = at(start);
    group
      .append('circle')
      .attr('class', 'hollow start')
      .attr('cx', cx.toFixed(1))
      .attr('cy', cy.toFixed(1))
      .attr('r', 8)
      .attr('stroke-width', 3);
    // A finger needs more room than the mark shows.
    group
      .append('circle')
      .attr('class', 'start-handle')
      .attr('cx', cx.toFixed(1))
      .attr('cy', cy.toFixed(1))
      .attr('r', 24);
    const isLeft = cx > box.right - 60;
    writeText(group, {
      x: cx + (isLeft ? -14 : 14),
      y: cy - 10,
      text: 'start',
      anchor: isLeft ? 'end' : 'start',
      style: 'strong halo',
    });
  });
  return null;
}

/** A window that hides what lies outside the box: an inner SVG clips without an identifier. */
function clipped(group: Group, box: Box): Group {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  return group
    .append('svg')
    .attr('class', 'window')
    .attr('x', box.left)
    .attr('y', box.top)
    .attr('width', width)
    .attr('height', height)
    .attr('viewBox', `${box.left} ${box.top} ${width} ${height}`)
    .append('g');
}

function describe(data: TwoWeightsMapData, state: TwoWeightsMapState): string {
  const last = data.walk.length - 1;
  const shown = Math.round(Math.min(state.until ?? last, last));
  const write = (point: Point | undefined): string =>
    point === undefined ? '' : `(${formatNumber(point[0])}, ${formatNumber(point[1])})`;
  return (
    'Map of the loss ½(ab − 1)² over both weights: two curved valleys along ab = 1, where it is 0, and a saddle at the origin, where it is 0.5. ' +
    `Descent from ${write(data.walk[0])}, loss ${formatNumber(data.losses[0] ?? NaN)}, ` +
    `is at ${write(data.walk[shown])} after ${shown} steps, loss ${formatNumber(data.losses[shown] ?? NaN)}` +
    `${data.diverged && shown === last ? ', and diverges' : ''}.`
  );
}

function table(data: TwoWeightsMapData, state: TwoWeightsMapState): FigureTable {
  const last = Math.floor(state.until ?? data.walk.length - 1);
  return {
    columns: [{ name: 'Step' }, { name: 'Weight a' }, { name: 'Weight b' }, { name: 'Loss' }],
    rows: data.walk
      .slice(0, last + 1)
      .map(([a, b], step) => [step, a, b, data.losses[step] ?? null]),
  };
}

const controls = (data: TwoWeightsMapData): FigureControl[] => [
  {
    key: 'until',
    name: 'Step',
    kind: 'play',
    options: data.walk.map((_, step) => ({
      value: step === data.walk.length - 1 ? null : step,
      text: String(step),
    })),
  },
];

const fidelity = (): string[] => [
  'Both axes are the weights themselves: nothing is projected, every walker is on the map, and a loss read off the map is the loss.',
  'The loss is evaluated on a grid of the weights; contour lines lie between grid points, and the colours are in equal ratios.',
];

/** How far an arrow key moves the start, in weight units; ten times finer with the shift key. */
const keyStep = 0.1;

export const twoWeightsMap: Figure<TwoWeightsMapData, TwoWeightsMapState> = {
  name: 'two-weights-map',
  initial: { until: null },
  height: (width) => Math.round(Math.min(560, Math.max(320, width + 60))),
  draw(container, data, state, environment) {
    let shownData = data;
    let shownEnvironment = environment;
    const handle = openStage<TwoWeightsMapData, TwoWeightsMapState>({
      name: 'two-weights-map',
      container,
      data,
      state,
      environment,
      describe,
      paint,
    });
    if (environment.interactive) makeMovable();
    return {
      update(next, nextData) {
        shownData = nextData ?? shownData;
        handle.update(next, nextData);
      },
      resize(next) {
        shownEnvironment = next;
        handle.resize(next);
      },
      destroy: () => handle.destroy(),
    };

    function makeMovable(): void {
      const svg = select(container).select<SVGSVGElement>('svg.atlas-chart');
      let isDragging = false;
      svg
        .attr('tabindex', 0)
        .on('pointerdown', (event: PointerEvent) => {
          const isHandle = (event.target as Element).classList.contains('start-handle');
          // A finger that lands beside the start may be scrolling the page: it moves the start by a tap only.
          if (event.button !== 0 || (event.pointerType === 'touch' && !isHandle)) return;
          isDragging = true;
          svg.node()?.setPointerCapture(event.pointerId);
          moveTo(pointer(event, svg.node()));
        })
        .on('pointermove', (event: PointerEvent) => {
          if (isDragging) moveTo(pointer(event, svg.node()));
        })
        .on('pointerup pointercancel', () => {
          isDragging = false;
        })
        .on('click', (event: PointerEvent) => moveTo(pointer(event, svg.node())))
        .on('keydown', (event: KeyboardEvent) => {
          const directions: Record<string, Point> = {
            ArrowLeft: [-1, 0],
            ArrowRight: [1, 0],
            ArrowUp: [0, 1],
            ArrowDown: [0, -1],
          };
          const direction = directions[event.key];
          const start = shownData.walk[0];
          if (direction === undefined || start === undefined) return;
          event.preventDefault();
          const size = event.shiftKey ? keyStep / 10 : keyStep;
          announce([start[0] + size * direction[0], start[1] + size * direction[1]]);
        });
    }

    function moveTo([px, py]: [number, number]): void {
      const { box, extent } = geometry(shownData, shownEnvironment);
      if (px < box.left - 12 || px > box.right + 12 || py < box.top - 12 || py > box.bottom + 12)
        return;
      const share = [
        (px - box.left) / (box.right - box.left),
        (box.bottom - py) / (box.bottom - box.top),
      ];
      announce([(2 * share[0]! - 1) * extent, (2 * share[1]! - 1) * extent]);
    }

    function announce([a, b]: Point): void {
      const { extent } = geometry(shownData, shownEnvironment);
      const tidy = (value: number): number =>
        Math.round(Math.min(extent, Math.max(-extent, value)) * 100) / 100;
      const detail: StartDetail = { start: [tidy(a), tidy(b)] };
      select(container).dispatch(startEvent, { bubbles: true, cancelable: false, detail });
    }
  },
  describe,
  table,
  controls,
  fidelity,
};
