// What a reader called something, for texts that others parse: on one line, of whole characters, nothing that only a machine sees.

/** Control characters (line ends and NUL among them), line separators, and marks that turn the direction of a text. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** One line; a lone half of a character becomes U+FFFD. */
export const oneLine = (text: string): string =>
  wellFormed(text).replace(unseen, ' ').replace(/\s+/g, ' ').trim();

/** What no encoding takes, a half of a character without its other half, becomes U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');
