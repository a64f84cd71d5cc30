// The plane as something to turn: by the hand of its dial, by dragging across the map, by arrow keys.
import { pointer, select } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import { chooseEvent, type ChooseDetail } from '../kit/figure.ts';
import type { Point } from '../kit/path.ts';
import { turnedPlaneOf, type TurnedPlaneState } from './turned-plane-data.ts';
import { prepareGrounds, type TurnedGround } from './turned-plane-ground.ts';
import { groundOf, turnedPlaneBoxes, turnUnder, type Dial } from './turned-plane-scene.ts';

/** What is shown at this moment. */
export interface ShownTurn {
  data: StudyDisplay;
  state: TurnedPlaneState;
  width: number;
}

/** How far a drag across the map goes from one plane to the next, in pixels. */
const pixelsPerPlane = 12;

/** On the dial, or as near to it as a finger lands. */
const isNear = ({ centre, radius }: Dial, [x, y]: Point): boolean =>
  Math.hypot(x - centre[0], y - centre[1]) < radius + 26 && y < centre[1] + 26;

/** The planes still to come, those nearest to the one that is shown first. */
function groundsAround({ data, state, width }: ShownTurn): TurnedGround[] {
  const view = turnedPlaneOf(data, state);
  if (typeof view === 'string') return [];
  return Array.from({ length: view.planes }, (_, turn) => turn)
    .sort((a, b) => Math.abs(a - view.turn) - Math.abs(b - view.turn))
    .flatMap((turn) => {
      const other = turnedPlaneOf(data, { turn });
      return typeof other === 'string' ? [] : [groundOf(other, width)];
    });
}

/** Asks for each plane that a reader turns to; draws the others as soon as one reaches for it, until `signal` ends it. */
export function makePlaneTurnable(
  container: HTMLElement,
  shown: ShownTurn,
  signal: AbortSignal,
): void {
  const svg = select(container).select<SVGSVGElement>('svg.atlas-chart');
  const planes = (): number => {
    const view = turnedPlaneOf(shown.data, shown.state);
    return typeof view === 'string' ? 1 : view.planes;
  };
  const choose = (wanted: number): void => {
    const turn = Math.min(planes() - 1, Math.max(0, wanted));
    if (turn === shown.state.turn) return;
    const detail: ChooseDetail = { state: { turn } };
    svg.dispatch(chooseEvent, { bubbles: true, cancelable: false, detail });
  };
  /** Where a drag across the map began, and at which plane; null while the dial's hand is held, or nothing is. */
  let dragged: { readonly x: number; readonly turn: number } | null = null;
  let isHandHeld = false;
  const prepare = (): void => prepareGrounds(groundsAround(shown), signal);
  svg
    .attr('tabindex', 0)
    .on('pointerenter.turn focus.turn', prepare)
    .on('pointerdown.turn', (event: PointerEvent) => {
      if (event.button !== 0) return;
      const [x, y] = pointer(event, svg.node());
      const { map, dial } = turnedPlaneBoxes(shown.width);
      isHandHeld = dial !== null && isNear(dial, [x, y]);
      const isOnMap = x >= map.left && x <= map.right && y <= map.bottom;
      dragged = isOnMap ? { x, turn: shown.state.turn } : null;
      if (!isHandHeld && !isOnMap) return;
      svg.node()?.setPointerCapture(event.pointerId);
      if (dial && isHandHeld) choose(turnUnder(dial, [x, y], planes()));
    })
    .on('pointermove.turn', (event: PointerEvent) => {
      const [x, y] = pointer(event, svg.node());
      const { dial } = turnedPlaneBoxes(shown.width);
      if (dial && isHandHeld) choose(turnUnder(dial, [x, y], planes()));
      else if (dragged) choose(dragged.turn + Math.round((x - dragged.x) / pixelsPerPlane));
    })
    .on('pointerup.turn pointercancel.turn', () => {
      isHandHeld = false;
      dragged = null;
    })
    .on('keydown.turn', (event: KeyboardEvent) => {
      const moves: Readonly<Record<string, number>> = {
        ArrowRight: shown.state.turn + 1,
        ArrowUp: shown.state.turn + 1,
        ArrowLeft: shown.state.turn - 1,
        ArrowDown: shown.state.turn - 1,
        Home: 0,
        End: planes() - 1,
      };
      const turn = moves[event.key];
      if (turn === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      choose(turn);
    });
}
