// Code or data that could not be fetched: how it is told from other errors, and what a reader is told.

/** As browsers say it of `import()` and of `fetch`, and Vite of a style sheet that belongs to code. */
const wordings = /fetch|import|load failed|network|preload/i;

/** A missing connection, or files that a new edition of the site has replaced. */
export const isFailedLoad = (error: unknown): boolean =>
  error instanceof Error &&
  (error instanceof TypeError || error.message.startsWith('Unable to preload')) &&
  wordings.test(error.message);

export const failedLoadInWords =
  'A part of this page could not be loaded; check the connection, and reload the page.';

/** Of what nobody has asked for: the page stays as it is. */
export function stayQuiet(error: unknown): void {
  if (!isFailedLoad(error)) throw error;
  console.warn(error);
}
