// The path that the site is served under, for what its workers load.

/** Ends in a slash. */
export const siteBase = `${import.meta.env.BASE_URL.replace(/\/+$/, '')}/`;
