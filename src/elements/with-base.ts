// The one place that knows the path the site is served under.

/** `withBase('/glossary/')` is `/loss-atlas/glossary/` where the site's base is `/loss-atlas`. */
export function withBase(path: string): string {
  return import.meta.env.BASE_URL.replace(/\/+$/, '') + (path.startsWith('/') ? path : `/${path}`);
}
