// Views in 3D give back their graphics context far from the screen, and no more are open at once than a browser allows.

export interface Restful {
  rest(): void;
  wake(): void;
}

/** Browsers take the oldest context away from the seventeenth; phones sooner. */
const mostAwake = 6;
/** Screens away at which a view rests. */
const farAway = '200% 0px';

const awake = new Map<Element, Restful>();

function distance(element: Element): number {
  const { top, bottom } = element.getBoundingClientRect();
  return Math.abs((top + bottom) / 2 - innerHeight / 2);
}

function makeRoom(): void {
  const byDistance = [...awake.keys()].sort((a, b) => distance(b) - distance(a));
  for (const element of byDistance.slice(0, Math.max(0, awake.size - mostAwake))) {
    awake.get(element)?.rest();
    awake.delete(element);
  }
}

/** Wakes the view as it comes within a screen or is pointed at, and lets it rest when it is far; returns how to stop. */
export function keepWithin(element: Element, view: Restful): () => void {
  const wake = (): void => {
    if (awake.has(element)) return;
    awake.set(element, view);
    makeRoom();
    view.wake();
  };
  const near = new IntersectionObserver(([entry]) => entry?.isIntersecting && wake(), {
    rootMargin: '60% 0px',
  });
  const far = new IntersectionObserver(
    ([entry]) => {
      if (entry?.isIntersecting !== false || !awake.delete(element)) return;
      view.rest();
    },
    { rootMargin: farAway },
  );
  element.addEventListener('pointerenter', wake);
  element.addEventListener('focusin', wake);
  near.observe(element);
  far.observe(element);
  return () => {
    near.disconnect();
    far.disconnect();
    element.removeEventListener('pointerenter', wake);
    element.removeEventListener('focusin', wake);
    awake.delete(element);
  };
}
