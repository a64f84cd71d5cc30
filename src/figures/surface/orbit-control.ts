// Turning the block by mouse, touch and keyboard, without ever taking the page's scrolling.
import type { View } from './surface-camera.ts';
import { clampView } from './surface-camera.ts';

export interface OrbitCallbacks {
  view(): View;
  moved(view: View): void;
  /** The key that asks for the first view again. */
  returned(): void;
  /** A click or tap that was not a drag, in CSS pixels of the canvas. */
  picked(x: number, y: number): void;
  /** Keys that ask for the next or the previous network. */
  stepped(by: 1 | -1): void;
}

const radiansPerPixel = 0.008;
const keyTurn = Math.PI / 24;
const keyZoom = 1.15;
/** A pointer that moved less than this, in pixels, meant to click. */
const clickSlack = 5;

interface Pointer {
  x: number;
  y: number;
}

/** Listens on a focusable canvas; returns what stops it. */
export function attachOrbit(canvas: HTMLCanvasElement, callbacks: OrbitCallbacks): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const pointers = new Map<number, Pointer>();
  let travelled = 0;
  // A vertical swipe scrolls the page; a horizontal one, or two fingers, is ours.
  canvas.style.touchAction = 'pan-y';

  const turn = (azimuth: number, elevation: number, zoom = 1): void => {
    const view = callbacks.view();
    callbacks.moved(
      clampView({
        azimuth: view.azimuth + azimuth,
        elevation: view.elevation + elevation,
        zoom: view.zoom * zoom,
      }),
    );
  };

  const spread = (): number => {
    const [a, b] = [...pointers.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };

  canvas.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      if (pointers.size === 0) travelled = 0;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      canvas.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      const pointer = pointers.get(event.pointerId);
      if (!pointer) return;
      const before = spread();
      const [dx, dy] = [event.clientX - pointer.x, event.clientY - pointer.y];
      pointer.x = event.clientX;
      pointer.y = event.clientY;
      travelled += Math.hypot(dx, dy);
      if (travelled < clickSlack) return;
      // Two fingers share the turning between them, and zoom by their distance.
      const share = 1 / pointers.size;
      const zoom = before > 0 ? spread() / before : 1;
      turn(-dx * radiansPerPixel * share, dy * radiansPerPixel * share, zoom);
    },
    { signal },
  );
  canvas.addEventListener(
    'pointerup',
    (event) => {
      if (!pointers.delete(event.pointerId) || travelled >= clickSlack) return;
      const box = canvas.getBoundingClientRect();
      callbacks.picked(event.clientX - box.left, event.clientY - box.top);
    },
    { signal },
  );
  // The browser took the gesture for scrolling.
  canvas.addEventListener('pointercancel', (event) => pointers.delete(event.pointerId), { signal });
  canvas.addEventListener(
    'wheel',
    (event) => {
      // A plain wheel scrolls the page; with Ctrl, or pinched on a touchpad, it zooms.
      if (!event.ctrlKey) return;
      event.preventDefault();
      turn(0, 0, Math.exp(-event.deltaY * 0.005));
    },
    { signal, passive: false },
  );
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => turn(-keyTurn, 0),
    ArrowRight: () => turn(keyTurn, 0),
    ArrowUp: () => turn(0, keyTurn),
    ArrowDown: () => turn(0, -keyTurn),
    '+': () => turn(0, 0, keyZoom),
    '=': () => turn(0, 0, keyZoom),
    '-': () => turn(0, 0, 1 / keyZoom),
    '0': () => callbacks.returned(),
    ',': () => callbacks.stepped(-1),
    '.': () => callbacks.stepped(1),
  };
  canvas.addEventListener(
    'keydown',
    (event) => {
      const act = keys[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    },
    { signal },
  );
  return () => stop.abort();
}
