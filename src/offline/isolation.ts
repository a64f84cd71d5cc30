// Headers that let WebAssembly have threads, for hosts that send none: a page and the scripts of its workers must carry them.

const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** What starts a realm of its own; a worker of a worker does too. */
const realms: ReadonlySet<string> = new Set(['document', 'iframe', 'worker', 'sharedworker']);

/** The same response, isolated where it starts a page or a worker; what the host says itself stays. */
export function isolated(response: Response, destination: string): Response {
  // The redirect of a navigation comes without headers, and must be handed on as it is.
  if (!realms.has(destination) || response.status === 0) return response;
  const missing = Object.entries(headers).filter(([name]) => !response.headers.has(name));
  if (missing.length === 0) return response;
  const all = new Headers(response.headers);
  for (const [name, value] of missing) all.set(name, value);
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers: all });
}
