// Hands a file to the browser's downloads without leaving the page.
import { safeFileName } from '../artifact/file-name.ts';

/** @param name is made safe for every system. */
export function saveFile(parts: readonly BlobPart[], name: string): Blob {
  const blob = new Blob([...parts], { type: typeOf(name) });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = safeFileName(name);
  link.click();
  // Long enough for the browser to have begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return blob;
}

const types: Readonly<Record<string, string>> = {
  csv: 'text/csv;charset=utf-8',
  ipynb: 'application/x-ipynb+json',
  json: 'application/json',
  mp4: 'video/mp4',
  png: 'image/png',
  py: 'text/x-python',
  svg: 'image/svg+xml',
  webm: 'video/webm',
  zip: 'application/zip',
};

const typeOf = (name: string): string =>
  types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
