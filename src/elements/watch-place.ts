// What happens to a place on the page that a picture in it has to follow: another width, in or out of sight, other colours, a printer.
import { onPreferenceChange } from './preferences.ts';

export interface PlaceWatcher {
  /** It may have another size. */
  resized(): void;
  /** It came near the screen, or left it. */
  seen(isVisible: boolean): void;
  /** Colours may have changed, or motion is to stop. */
  restyled(): void;
  /** The page is about to be printed, with all that is out of sight. */
  printed(): void;
}

/** @param sized whose width counts. @param seen who is to be near the screen. Returns how to stop. */
export function watchPlace(sized: Element, seen: Element, watcher: PlaceWatcher): () => void {
  const sizes = new ResizeObserver(() => watcher.resized());
  sizes.observe(sized);
  const sight = new IntersectionObserver(
    (entries) => watcher.seen(entries.at(-1)?.isIntersecting ?? false),
    { rootMargin: '25% 0px' },
  );
  sight.observe(seen);
  const stopPreferences = onPreferenceChange(() => watcher.restyled());
  const print = (): void => watcher.printed();
  addEventListener('beforeprint', print);
  return () => {
    sizes.disconnect();
    sight.disconnect();
    stopPreferences();
    removeEventListener('beforeprint', print);
  };
}
