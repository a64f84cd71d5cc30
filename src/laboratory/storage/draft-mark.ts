// Whether a draft may lie on the device, known without opening the database: the laboratory then wakes by itself to offer it.

const key = 'atlas-lab-draft';

export function mayHaveDraft(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

export function markDraft(isThere: boolean): void {
  try {
    if (isThere) localStorage.setItem(key, '1');
    else localStorage.removeItem(key);
  } catch {
    // The draft is then offered when the reader first reaches for the laboratory.
  }
}
