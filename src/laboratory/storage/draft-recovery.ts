// The offer to go on where the reader left off: shown once, when the laboratory opens.
import { dropDraft, readDraft, takeDraft, type Draft } from './stored-draft.ts';
import { StorageError } from './storage-error.ts';
import type { OpenedFile } from './saved-experiments.ts';
import { runInWords } from './saved-list.ts';
import { sinceInWords } from './size-and-time-text.ts';

export interface RecoveryOptions {
  /** This page's own draft. */
  readonly tab: string;
  /** The state in the laboratory now, as a link. */
  link(): Promise<string>;
  take(opened: OpenedFile): void;
  say(sentence: string): void;
}

/** @param offer the element that asks, hidden until there is something to offer. */
export async function offerDraft(offer: HTMLElement, options: RecoveryOptions): Promise<void> {
  const draft = await quietly(readDraft);
  if (!draft) return;
  if (!draft.run && draft.link === (await options.link())) {
    // The address has brought back all there was.
    await quietly(() => dropDraft(draft.tab));
    return;
  }
  const words = offer.querySelector('[data-storage="offer-words"]');
  if (words) words.textContent = offerInWords(draft, Date.now());
  const press = (act: string, then: () => Promise<void>): void =>
    offer.querySelector(`[data-act="${act}"]`)?.addEventListener(
      'click',
      () => {
        offer.hidden = true;
        void then();
      },
      { once: true },
    );
  press('go-on', async () => {
    const opened = await quietly(() => takeDraft(draft.tab, options.tab));
    if (opened) options.take(opened);
    else options.say('What you left is not there any more: another tab has taken it up.');
  });
  press('discard', async () => {
    await quietly(() => dropDraft(draft.tab));
    options.say('What you left is discarded.');
  });
  offer.hidden = false;
}

export function offerInWords(
  { run, savedAt }: Pick<Draft, 'run' | 'savedAt'>,
  now: number,
): string {
  const when = sinceInWords(savedAt, now);
  if (!run) return `You left other settings here, ${when}.`;
  return `You left ${runInWords(run)}, ${when}.`;
}

/** Null where the device keeps nothing: there is then nothing to offer, and no reason to complain. */
async function quietly<Result>(act: () => Promise<Result>): Promise<Result | null> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof StorageError) return null;
    throw error;
  }
}
