// The start on the map of two weights as something to drag, to tap and to move by arrow keys.
import { pointer, select } from 'd3';
import type { FigureEnvironment } from '../kit/figure.ts';
import type { Point } from '../kit/path.ts';
import { mapGeometry, type TwoWeightsMapData } from './two-weights-map-scene.ts';

/** The reader moved the start; bubbles. */
export interface StartDetail {
  readonly start: Point;
}
export const startEvent = 'atlas-start';

/** How far an arrow key moves the start, in weight units; ten times finer with the shift key. */
const keyStep = 0.1;

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** What the map shows at this moment. */
export interface ShownMap {
  data: TwoWeightsMapData;
  environment: FigureEnvironment;
}

/** Announces each place that a reader moves the start to; whoever knows the formula answers with other data. */
export function makeStartMovable(container: HTMLElement, shown: ShownMap): void {
  const svg = select(container).select<SVGSVGElement>('svg.atlas-chart');
  const moveTo = (event: PointerEvent): void => {
    const weights = weightsAt(pointer(event, svg.node()), shown);
    if (weights !== null) announce(container, shown, weights);
  };
  let isDragging = false;
  svg
    .attr('tabindex', 0)
    .on('pointerdown', (event: PointerEvent) => {
      const isHandle = (event.target as Element).classList.contains('start-handle');
      // A finger that lands beside the start may be scrolling the page: it moves the start by a tap only.
      if (event.button !== 0 || (event.pointerType === 'touch' && !isHandle)) return;
      isDragging = true;
      svg.node()?.setPointerCapture(event.pointerId);
      moveTo(event);
    })
    .on('pointermove', (event: PointerEvent) => {
      if (isDragging) moveTo(event);
    })
    .on('pointerup pointercancel', () => {
      isDragging = false;
    })
    .on('click', moveTo)
    .on('keydown', (event: KeyboardEvent) => {
      const direction = directions[event.key];
      const start = shown.data.walk[0];
      if (direction === undefined || start === undefined) return;
      event.preventDefault();
      const size = event.shiftKey ? keyStep / 10 : keyStep;
      announce(container, shown, [start[0] + size * direction[0], start[1] + size * direction[1]]);
    });
}

/** The weights under a point of the drawing; null off the map. */
function weightsAt([px, py]: Point, { data, environment }: ShownMap): Point | null {
  const { box, extent } = mapGeometry(data, environment);
  if (px < box.left - 12 || px > box.right + 12 || py < box.top - 12 || py > box.bottom + 12)
    return null;
  const [across, up] = [
    (px - box.left) / (box.right - box.left),
    (box.bottom - py) / (box.bottom - box.top),
  ];
  return [(2 * across - 1) * extent, (2 * up - 1) * extent];
}

function announce(container: HTMLElement, { data, environment }: ShownMap, [a, b]: Point): void {
  const { extent } = mapGeometry(data, environment);
  const tidy = (value: number): number =>
    Math.round(Math.min(extent, Math.max(-extent, value)) * 100) / 100;
  const detail: StartDetail = { start: [tidy(a), tidy(b)] };
  select(container).dispatch(startEvent, { bubbles: true, cancelable: false, detail });
}
