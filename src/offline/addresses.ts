// Which kept file answers an address: search parts do not matter, a page may be asked for by its folder or by its file.

/** Paths below the base to look for in the edition; the first that is there is meant. */
export function* candidates(path: string): Generator<string> {
  yield path;
  if (/(^|\/)index\.html$/.test(path)) yield path.replace(/index\.html$/, '');
}

/** An address without a slash at its end may mean a folder; pages are known by the slash, as hosts redirect to it. */
export const asFolder = (path: string): string | null =>
  path === '' || path.endsWith('/') || /\.[a-z0-9]+$/i.test(path) ? null : `${path}/`;

/** Whether a page is meant that may be answered by "Off the map", and not a file for downloading. */
export const isPageAddress = (path: string): boolean =>
  path.endsWith('.html') || !/\.[a-z0-9]+$/i.test(path);
