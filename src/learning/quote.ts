// Puts a value that somebody else wrote into an error sentence: short, on one line, without control characters.

const longest = 48;

/** `"abc"`, `-3`, `NaN`, `[64, 0]`, `a list of 3000`, `an object`, `missing`. */
export function quote(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') {
    const cut = value.length > longest ? `${value.slice(0, longest)}...` : value;
    // JSON leaves DEL, C1 controls, text-direction marks, lone surrogates and two kinds of line end as they are.
    return JSON.stringify(cut).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?');
  }
  if (Array.isArray(value)) {
    const short = value.length <= 8 && value.every((entry) => typeof entry === 'number');
    return short ? `[${value.join(', ')}]` : `a list of ${value.length}`;
  }
  if (typeof value === 'object') return value === null ? 'null' : 'an object';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return `a ${typeof value}`;
}
