// Files that are either whole or not there: written beside, flushed to the disk, then renamed.
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/** Part of the name of what is being written: by chance, since other hosts and containers have processes of our number. */
export const partialToken = (): string => randomUUID().replaceAll('-', '').slice(0, 12);

/** Whole file at `path`, or the one that was there before. */
export async function writeFileAtomically(path: string, content: Uint8Array | string) {
  const partial = `${path}.${partialToken()}.partial`;
  try {
    await writeFlushed(partial, content);
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true }).catch(() => {});
  }
}

export async function writeFlushed(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Flushes a folder's entries; Windows opens no folders and needs no flush. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
