// Turning a surface by mouse or finger, and telling a click from a drag.
import type { Turn } from './orbit-turn.ts';

const radiansPerPixel = 0.008;
/** A pointer that moved less than this, in pixels, meant to click. */
const clickSlack = 5;

interface Pointer {
  x: number;
  y: number;
}

/** How far two fingers stand apart; 0 where there are not two. */
function spread(pointers: ReadonlyMap<number, Pointer>): number {
  const [a, b] = [...pointers.values()];
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}

/** @param picked hears of a click or tap, in CSS pixels of the canvas. */
export function turnByPointer(
  canvas: HTMLCanvasElement,
  turn: Turn,
  picked: (x: number, y: number) => void,
  signal: AbortSignal,
): void {
  const pointers = new Map<number, Pointer>();
  let travelled = 0;
  // A vertical swipe scrolls the page; a horizontal one, or two fingers, is ours.
  canvas.style.touchAction = 'pan-y';

  const press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    canvas.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent): void => {
    const pointer = pointers.get(event.pointerId);
    if (!pointer) return;
    const before = spread(pointers);
    const [dx, dy] = [event.clientX - pointer.x, event.clientY - pointer.y];
    pointer.x = event.clientX;
    pointer.y = event.clientY;
    travelled += Math.hypot(dx, dy);
    if (travelled < clickSlack) return;
    // Two fingers share the turning between them, and zoom by their distance.
    const share = 1 / pointers.size;
    const zoom = before > 0 ? spread(pointers) / before : 1;
    turn(-dx * radiansPerPixel * share, dy * radiansPerPixel * share, zoom);
  };
  const release = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId) || travelled >= clickSlack) return;
    const box = canvas.getBoundingClientRect();
    picked(event.clientX - box.left, event.clientY - box.top);
  };

  canvas.addEventListener('pointerdown', press, { signal });
  canvas.addEventListener('pointermove', drag, { signal });
  canvas.addEventListener('pointerup', release, { signal });
  // The browser took the gesture for scrolling.
  canvas.addEventListener('pointercancel', (event) => pointers.delete(event.pointerId), { signal });
}

/** A plain wheel scrolls the page; with Ctrl, or pinched on a touchpad, it zooms. */
export function zoomByWheel(canvas: HTMLCanvasElement, turn: Turn, signal: AbortSignal): void {
  canvas.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      turn(0, 0, Math.exp(-event.deltaY * 0.005));
    },
    { signal, passive: false },
  );
}
