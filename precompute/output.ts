// What the command writes to a terminal: safe to show, and quiet once nobody reads any more.

let goesOn = false;

/** `atlas list | head -1`: whoever closes the pipe has read enough. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' && goesOn) return;
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`cannot write what was asked for: ${error.code ?? error.message}\n`);
    process.exit(1);
  });
  // Nobody is left to be told.
  process.stderr.on('error', () => {});
}

/** For work that is worth finishing though nobody reads what is said about it. */
export function goOnWithoutReader(): void {
  goesOn = true;
}

/** C0, DEL and C1, which move a terminal's cursor, colour it or name its window; and what turns a line's direction. */
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A text from a file on one line, with what a terminal would act upon written out: `\u001b[2J`. */
export const printable = (text: string): string =>
  text.replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The same of every text in a value from a file, names of fields included. */
export function allPrintable<Value>(value: Value): Value {
  if (typeof value === 'string') return printable(value) as Value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(allPrintable) as Value;
  const entries = Object.entries(value).map(([key, item]) => [printable(key), allPrintable(item)]);
  return Object.fromEntries(entries) as Value;
}
