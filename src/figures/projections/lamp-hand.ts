// The lamp as something to hold: dragged, put down by a tap, moved by arrow keys.
import { pointer, select } from 'd3';
import { chooseEvent, type ChooseDetail } from '../kit/figure.ts';
import type { Point } from '../kit/path.ts';
import { lampPlaceOf, type LampState } from './lamp-data.ts';
import { heldPlace, placeUnder, type LampPlace } from './lamp-room.ts';
import { roomBoxes } from './lamp-scene.ts';

/** Degrees that an arrow key moves the lamp; with the shift key, one. */
const keyStep = 5;

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** What is shown at this moment. */
export interface ShownLamp {
  state: LampState;
  width: number;
}

/** Asks for each place that a reader moves the lamp to. */
export function makeLampMovable(container: HTMLElement, shown: ShownLamp): void {
  const svg = select(container).select<SVGSVGElement>('svg.atlas-chart');
  const choose = ({ across, up }: LampPlace): void => {
    const tidy = (degrees: number): number => Math.round(degrees * 10) / 10;
    const detail: ChooseDetail = {
      state: { place: 'hand', across: tidy(across), up: tidy(up) },
    };
    svg.dispatch(chooseEvent, { bubbles: true, cancelable: false, detail });
  };
  /** Which room a gesture began in. */
  let held: number | null = null;
  const moveTo = (event: PointerEvent, index: number): void => {
    const { box, scale } = roomBoxes(shown.width)[index]!;
    const [x, y] = pointer(event, svg.node());
    choose(
      placeUnder([
        (x - (box.left + box.right) / 2) / scale,
        (y - (box.top + box.bottom) / 2) / scale,
      ]),
    );
  };
  const roomUnder = (event: PointerEvent): number | null => {
    const [x, y] = pointer(event, svg.node());
    const index = roomBoxes(shown.width).findIndex(
      ({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
    );
    return index < 0 || (index === 1 && shown.state.beside === 'best') ? null : index;
  };
  svg
    .attr('tabindex', 0)
    .on('pointerdown.lamp', (event: PointerEvent) => {
      const isLamp = (event.target as Element).classList.contains('drag-handle');
      // A finger that lands beside the lamp may be scrolling the page: it puts the lamp down by a tap only.
      if (event.button !== 0 || (event.pointerType === 'touch' && !isLamp)) return;
      held = roomUnder(event);
      if (held === null) return;
      svg.node()?.setPointerCapture(event.pointerId);
      moveTo(event, held);
    })
    .on('pointermove.lamp', (event: PointerEvent) => {
      if (held !== null) moveTo(event, held);
    })
    .on('pointerup.lamp pointercancel.lamp', () => {
      held = null;
    })
    .on('click.lamp', (event: PointerEvent) => {
      const index = roomUnder(event);
      if (index !== null) moveTo(event, index);
    })
    .on('keydown.lamp', (event: KeyboardEvent) => {
      const direction = directions[event.key];
      if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const step = event.shiftKey ? 1 : keyStep;
      const { across, up } = lampPlaceOf(shown.state);
      choose(heldPlace({ across: across + step * direction[0], up: up + step * direction[1] }));
    });
}
