// What the reader was at, kept without being asked: each open page has one draft, and one that nobody lives in any more is offered.
import { ArtifactError } from '../../artifact/artifact-error.ts';
import {
  finished,
  withDatabase,
  type DraftContents,
  type DraftRecord,
  type RunSummary,
} from './lab-database.ts';
import { markDraft } from './draft-mark.ts';
import { decodeLabFile } from './lab-file.ts';
import { decodeLink } from './lab-link.ts';
import { goneAmong } from './live-tabs.ts';
import { openedFrom, type OpenedFile } from './saved-experiments.ts';

/** What is offered. */
export interface Draft extends DraftRecord {
  /** Null where nothing was trained. */
  readonly run: RunSummary | null;
}

const both = ['drafts', 'draft-contents'] as const;
/** A page that is being reloaded may still be there for a moment. */
const farewell = 600;

/** Settings of this page, in the place of those kept before. @throws StorageError (rejects), as all of these. */
export async function keepDraft(tab: string, link: string): Promise<void> {
  await withDatabase((database) => database.put('drafts', { tab, link, savedAt: Date.now() }));
  markDraft(true);
}

/** Settings and run of this page. A page that dies while this is written leaves what was there before. */
export async function keepDraftRun(
  tab: string,
  link: string,
  contents: Omit<DraftContents, 'tab'>,
): Promise<void> {
  await withDatabase((database) => {
    const transaction = database.transaction(both, 'readwrite');
    return finished(transaction, [
      transaction.objectStore('drafts').put({ tab, link, savedAt: Date.now() }),
      transaction.objectStore('draft-contents').put({ tab, ...contents }),
    ]);
  });
  markDraft(true);
}

/**
 * The draft of a page that is gone: the latest with a run, or else the latest; the others are forgotten. Drafts of
 * pages that live are left alone.
 */
export async function readDraft(): Promise<Draft | null> {
  const first = await goneDrafts();
  const { all, gone } = first.all > 0 && first.gone.length === 0 ? await later(goneDrafts) : first;
  const [best, ...others] = gone.sort(
    (a, b) => Number(b.run !== null) - Number(a.run !== null) || b.savedAt - a.savedAt,
  );
  for (const { tab } of others) await dropDraft(tab);
  markDraft(all > 0);
  return best ?? null;
}

async function goneDrafts(): Promise<{ readonly all: number; readonly gone: Draft[] }> {
  const drafts = await withDatabase((database) => database.getAll('drafts'));
  const goneTabs = await goneAmong(drafts);
  const gone: Draft[] = [];
  for (const draft of drafts.filter(({ tab }) => goneTabs.has(tab))) {
    const contents = await withDatabase((database) => database.get('draft-contents', draft.tab));
    gone.push({ ...draft, run: contents?.run ?? null });
  }
  return { all: drafts.length, gone };
}

/** Makes a draft that of the page `by`, and opens it: of two pages that take it at once, one gets it and the other null. */
export async function takeDraft(tab: string, by: string): Promise<OpenedFile | null> {
  const taken = await withDatabase(async (database) => {
    const transaction = database.transaction(both, 'readwrite');
    const drafts = transaction.objectStore('drafts');
    const files = transaction.objectStore('draft-contents');
    const moved = Promise.all([drafts.get(tab), files.get(tab)]).then(async ([draft, contents]) => {
      if (draft) await Promise.all([drafts.delete(tab), drafts.put({ ...draft, tab: by })]);
      if (contents) await Promise.all([files.delete(tab), files.put({ ...contents, tab: by })]);
      return draft ? { draft, contents } : null;
    });
    await finished(transaction, [moved]);
    return moved;
  });
  if (!taken) return null;
  // The settings may have been changed after the run was kept: they are the draft's own.
  const settings = await decodeLink(taken.draft.link);
  const none = { name: '', csv: null, startWeights: null, training: null };
  if (!taken.contents) return { ...none, ...settings };
  try {
    const file = decodeLabFile(taken.contents.file, 'the draft');
    return { ...(await openedFrom(file)), ...settings };
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    const problem = `The networks cannot be opened, the settings can: ${error.message}.`;
    return { ...none, ...settings, problems: [problem, ...settings.problems] };
  }
}

export async function dropDraft(tab: string): Promise<void> {
  await withDatabase((database) => {
    const transaction = database.transaction(both, 'readwrite');
    return finished(
      transaction,
      both.map((store) => transaction.objectStore(store).delete(tab)),
    );
  });
}

const later = <Result>(act: () => Promise<Result>): Promise<Result> =>
  new Promise((resolve, reject) => setTimeout(() => act().then(resolve, reject), farewell));
