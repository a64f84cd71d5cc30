// The laboratory's state in the address bar, behind the #, where no server sees it: read, kept up to date, and heard when another is pasted in.
import type { LabState } from '../lab-state.ts';
import { encodeLink, isStandardLink, longestLink } from './lab-link.ts';

const sign = '#lab=';
const pause = 400;
/** Marks the entries of the history that this page wrote: going back to one is no wish to open what it says. */
const ours = 'atlas-lab';

/** The link in an address, or null. */
export const readAddress = ({ hash }: Pick<Location, 'hash'>): string | null =>
  hash.startsWith(sign) ? hash.slice(sign.length) : null;

/** The address of this page with a link in it. */
export function addressOf(link: string): string {
  const address = new URL(location.href);
  address.hash = sign.slice(1) + link;
  return address.href;
}

let timer = 0;
let latest = 0;

/** Writes the state into the address bar once it has been still for a moment. */
export function writeAddress(state: LabState): void {
  clearTimeout(timer);
  const request = ++latest;
  timer = window.setTimeout(async () => {
    const link = await encodeLink(state);
    const isPlain = link.length > longestLink || (await isStandardLink(link));
    if (request !== latest) return;
    // The standard state needs no address; one that no link holds must not leave another's standing.
    if (!isPlain) replace(addressOf(link));
    else if (readAddress(location) !== null) replace(location.pathname + location.search);
  }, pause);
}

/** Hears of links that are pasted into the address bar. @returns ends it. */
export function onAddress(open: (link: string) => void): () => void {
  const listen = (): void => {
    const link = readAddress(location);
    const isOurs = (history.state as Record<string, unknown> | null)?.[ours] === true;
    if (link !== null && !isOurs) open(link);
  };
  window.addEventListener('hashchange', listen);
  return () => window.removeEventListener('hashchange', listen);
}

function replace(address: string): void {
  try {
    history.replaceState({ ...history.state, [ours]: true }, '', address);
  } catch {
    // Some browsers allow so many changes of the address and no more for a while: the next one comes.
  }
}
