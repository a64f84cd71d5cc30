// Reads a `_headers` file as Netlify and Cloudflare Pages do, and says which headers a path gets.

export interface HeadersRule {
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Throws where a line is neither a path, nor a header below one, nor a comment. */
export function parseHeadersFile(text: string): HeadersRule[] {
  const rules: { path: string; headers: [string, string][] }[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const header = /^\s+([\w-]+):\s*(.+?)\s*$/.exec(line);
    if (header) {
      const rule = rules.at(-1);
      if (!rule) throw new Error(`The header '${line.trim()}' stands below no path.`);
      rule.headers.push([header[1]!, header[2]!]);
    } else if (/^\/\S*$/.test(line)) {
      rules.push({ path: line, headers: [] });
    } else {
      throw new Error(`The line '${line}' is neither a path nor a header.`);
    }
  }
  return rules;
}

/** Every rule that matches speaks; of one header's values a list is made, which is why no two should set the same. */
export function headersFor(rules: readonly HeadersRule[], path: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const rule of rules) {
    if (!matches(rule.path, path)) continue;
    for (const [name, value] of rule.headers) {
      const before = headers.get(name.toLowerCase());
      headers.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
    }
  }
  return headers;
}

/** `*` stands for any rest, an empty one as well. */
function matches(pattern: string, path: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(path);
}
