// Column names under which a table is read back as it was written.

/**
 * Every column gets a name of its own, without separators, quotes and line breaks: with such a header, a reader that
 * guesses the separator finds the comma. (In a row of words, semicolons could outnumber commas.)
 */
export function ownNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, c) => {
    const plain = name.replace(/[\s,;|"]+/g, ' ').trim() || `column ${c + 1}`;
    let own = plain;
    for (let copy = 2; taken.has(own); copy++) own = `${plain} (${copy})`;
    taken.add(own);
    return own;
  });
}
