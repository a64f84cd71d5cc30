// Hands the reader a link, and says how long it is before it is sent anywhere.
import { notice } from '../../elements/notice.ts';
import type { LabStore } from '../lab-store.ts';
import { encodeLink } from './lab-link.ts';
import { addressOf } from './open-address.ts';

/** Characters that mail, chats and address bars carry without harm. */
const comfortableLength = 8_000;
const pause = 500;

export async function copyLink(link: string, say: (sentence: string) => void): Promise<void> {
  const address = addressOf(link);
  try {
    await navigator.clipboard.writeText(address);
    say(`The link is copied: ${address.length} characters.`);
  } catch {
    notice.show(address, 'Your browser lets no page copy: take the address from here.');
  }
}

/** Keeps the length of the state's link in words in `place`. @returns ends it. */
export function showLength(place: HTMLElement, store: LabStore): () => void {
  let timer = 0;
  const measure = async (): Promise<void> => {
    const { length } = addressOf(await encodeLink(store.state));
    place.textContent =
      length > comfortableLength
        ? `The link has ${length} characters, more than many mail programs and chats carry: better save a file and send that.`
        : `The link has ${length} characters and holds all settings, but neither networks nor files.`;
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void measure(), pause);
  };
  soon();
  const end = store.listen(soon);
  return () => {
    end();
    clearTimeout(timer);
  };
}
