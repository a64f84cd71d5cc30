// Views in 3D give back their graphics context far from the screen, and no more are open at once than a browser allows.

export interface ContextHolder {
  /** Gives its context back. */
  release(): void;
  /** Opens one again. */
  restore(): void;
}

/** Browsers take the oldest context away from the seventeenth; phones sooner. */
const mostContexts = 6;
/** Screens away at which a view gives its context back. */
const farAway = '200% 0px';

const holders = new Map<Element, ContextHolder>();

function distance(element: Element): number {
  const { top, bottom } = element.getBoundingClientRect();
  return Math.abs((top + bottom) / 2 - innerHeight / 2);
}

function releaseFarthest(): void {
  const byDistance = [...holders.keys()].sort((a, b) => distance(b) - distance(a));
  for (const element of byDistance.slice(0, Math.max(0, holders.size - mostContexts))) {
    holders.get(element)?.release();
    holders.delete(element);
  }
}

/** Lets the view have a context as it comes within a screen or is pointed at, and takes it back when it is far. */
export function manageContext(element: Element, view: ContextHolder, signal: AbortSignal): void {
  const restore = (): void => {
    if (holders.has(element)) return;
    holders.set(element, view);
    releaseFarthest();
    view.restore();
  };
  const near = new IntersectionObserver(([entry]) => entry?.isIntersecting && restore(), {
    rootMargin: '60% 0px',
  });
  const far = new IntersectionObserver(
    ([entry]) => {
      if (entry?.isIntersecting !== false || !holders.delete(element)) return;
      view.release();
    },
    { rootMargin: farAway },
  );
  element.addEventListener('pointerenter', restore, { signal });
  element.addEventListener('focusin', restore, { signal });
  near.observe(element);
  far.observe(element);
  signal.addEventListener('abort', () => {
    near.disconnect();
    far.disconnect();
    holders.delete(element);
  });
}
