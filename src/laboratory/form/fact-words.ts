// A setting that the form only shows, in a few words.

export function factInWords(value: unknown): string {
  if (value === undefined || value === null) return 'not set';
  if (Array.isArray(value))
    return `${value.length.toLocaleString('en')} ${value.length === 1 ? 'entry' : 'entries'}`;
  if (typeof value === 'object') return Object.values(value).map(factInWords).join(', ');
  return String(value);
}
