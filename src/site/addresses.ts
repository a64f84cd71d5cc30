// Addresses as other sites need them: absolute where the site's origin is known.
import { withBase } from '../elements/with-base.ts';

/** `path` is below the base, such as `/cards/12-method.png`. */
export const publicAddress = (path: string, site: URL | undefined): string => {
  const local = withBase(path);
  return site ? new URL(local, site).href : local;
};
