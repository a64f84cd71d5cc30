// What a request asks for, checked before anything looks for a file.

export interface RequestAddress {
  /** Decoded, from the origin's root. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
  /** A part of the path begins with a dot: none of these files is for readers. */
  readonly isHidden: boolean;
}

/** Null where the address is malformed or leads out of its folder. */
export function readAddress(url: string): RequestAddress | null {
  const raw = url.split(/[?#]/, 1)[0] ?? '';
  const path = decoded(raw);
  if (path === null || !path.startsWith('/') || path.includes('\0')) return null;
  const parts = path.split(/[/\\]/);
  if (parts.includes('..') || /%(2f|5c)/i.test(raw)) return null;
  const isHidden = parts.some((part) => part.startsWith('.') && part !== '.well-known');
  return { path, search: /\?[^#]*/.exec(url)?.[0] ?? '', isHidden };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
