// Keeps the reading record in this browser, and tells when another tab has changed it.
import { emptyRecord, parseRecord, type ReadingRecord } from './reading-record.ts';

const storageKey = 'atlas-reading';
/** Where storage is forbidden, the record lasts as long as the page. */
let inMemory: ReadingRecord = emptyRecord;

export function readRecord(): ReadingRecord {
  try {
    return parseRecord(localStorage.getItem(storageKey));
  } catch {
    return inMemory;
  }
}

export function changeRecord(change: (record: ReadingRecord) => ReadingRecord): void {
  const next = change(readRecord());
  inMemory = next;
  try {
    localStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // As said above.
  }
  dispatchEvent(new CustomEvent('atlas:reading'));
}

export function forgetRecord(): void {
  inMemory = emptyRecord;
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // Nothing was kept.
  }
  dispatchEvent(new CustomEvent('atlas:reading'));
}

/** Calls when the record changes here or in another tab, and when a page comes back from the browser's memory. */
export function onRecordChange(act: () => void): void {
  addEventListener('atlas:reading', act);
  addEventListener('storage', ({ key }) => {
    if (key === storageKey || key === null) act();
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) act();
  });
}
