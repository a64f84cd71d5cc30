// Turning a surface by its keys, and choosing a network.
import type { Turn } from './orbit-turn.ts';

const keyTurn = Math.PI / 24;
const keyZoom = 1.15;

export interface KeyboardCallbacks {
  /** The key that asks for the first view again. */
  returned(): void;
  /** Keys that ask for the next or the previous network. */
  stepped(by: 1 | -1): void;
}

export function turnByKeyboard(
  canvas: HTMLCanvasElement,
  turn: Turn,
  callbacks: KeyboardCallbacks,
  signal: AbortSignal,
): void {
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
}
