// Whether the reader wants the atlas on the device, as far as the browser lets us remember it.

const storageKey = 'atlas-offline';
export type Choice = 'on' | 'off';

/** Null where the reader has not said; the atlas is then kept, unless the browser saves data. */
export function readChoice(): Choice | null {
  try {
    const choice = localStorage.getItem(storageKey);
    return choice === 'on' || choice === 'off' ? choice : null;
  } catch {
    return null;
  }
}

export function writeChoice(choice: Choice): void {
  try {
    localStorage.setItem(storageKey, choice);
  } catch {
    // The choice then lasts as long as the page.
  }
}
