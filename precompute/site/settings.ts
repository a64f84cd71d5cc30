// Where the site that is built will live, as the environment says.

export interface SiteSettings {
  /** The path it lives under, with a slash at both ends. */
  readonly base: string;
  /** Its origin, such as `https://example.org`; empty where it is not known. */
  readonly site: string;
}

export function siteSettings(environment: NodeJS.ProcessEnv = process.env): SiteSettings {
  const path = (environment['ATLAS_BASE'] ?? '').replace(/^\/+|\/+$/g, '');
  return { base: path === '' ? '/' : `/${path}/`, site: environment['ATLAS_SITE'] ?? '' };
}
