// What the reader prefers, now and as it changes: less motion, and one of three themes.

const calm = matchMedia('(prefers-reduced-motion: reduce)');
const dark = matchMedia('(prefers-color-scheme: dark)');

export const prefersReducedMotion = (): boolean => calm.matches;

/** Calls when colours may have changed (theme) or motion is to stop; returns how to stop listening. */
export function onPreferenceChange(act: () => void): () => void {
  const observer = new MutationObserver(act);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  calm.addEventListener('change', act);
  dark.addEventListener('change', act);
  return () => {
    observer.disconnect();
    calm.removeEventListener('change', act);
    dark.removeEventListener('change', act);
  };
}
