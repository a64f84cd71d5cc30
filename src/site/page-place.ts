// Where on the site something stands, for the one sentence that a failed build ends with.

/** "in /chapters/fifty-starts/": what an author needs to find the tag that is wrong. */
export const placeOf = (url: URL): string => `in ${url.pathname}`;
