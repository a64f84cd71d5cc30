// What the reader keeps: by link, on the device, in a file; and what is kept for the reader, in case the page goes away.
import { ArtifactError } from '../../artifact/artifact-error.ts';
import type { SavedTraining } from '../../worker/run/run-messages.ts';
import { notice } from '../../elements/notice.ts';
import type { LabState } from '../lab-state.ts';
import type { LabStore } from '../lab-store.ts';
import { DraftAutosave } from './draft-autosave.ts';
import { fileEnding, openFile, saveAsFile } from './experiment-downloads.ts';
import { StorageError } from './storage-error.ts';
import { copyLink, showLength } from './link-words.ts';
import { decodeLink, encodeLink } from './lab-link.ts';
import { onAddress } from './open-address.ts';
import { offerDraft } from './draft-recovery.ts';
import { SavedList } from './saved-list.ts';
import {
  duplicateExperiment,
  listExperiments,
  openExperiment,
  removeExperiment,
  renameExperiment,
  restoreExperiment,
  saveExperiment,
  type Kept,
  type OpenedFile,
  type SavedListing,
} from './saved-experiments.ts';
import { whatIsStored, type StorageSources, type WhatToStore } from './stored-parts.ts';
import { bytesInWords } from './size-and-time-text.ts';

export interface OpenedExperiment {
  readonly state: LabState;
  readonly training: SavedTraining | null;
  readonly csv: string | null;
  readonly startWeights: Float32Array | null;
}

export interface StorageSectionOptions extends StorageSources {
  readonly store: LabStore;
  onOpen(opened: OpenedExperiment): void;
  say(sentence: string): void;
}

export class StorageSection {
  readonly #root: HTMLElement;
  readonly #options: StorageSectionOptions;
  readonly #drafts: DraftAutosave;
  readonly #list: SavedList;
  readonly #stop = new AbortController();
  readonly #ends: readonly (() => void)[];
  /** What the page says where nothing is saved. */
  readonly #nothingSaved: string;
  /** How often the list has been asked for. */
  #refreshes = 0;

  constructor(root: HTMLElement, options: StorageSectionOptions) {
    this.#root = root;
    this.#options = options;
    this.#nothingSaved = this.#part('empty').textContent;
    const { say, store } = options;
    this.#drafts = new DraftAutosave({ read: () => this.#kept('all'), say });
    this.#list = new SavedList(this.#part('items'), {
      open: ({ id }) => this.#try(async () => this.#open(await openExperiment(id))),
      rename: ({ id }, name) =>
        this.#change(`Renamed to “${name}”.`, async () => {
          await renameExperiment(id, name);
          return id;
        }),
      duplicate: ({ id, name }) =>
        this.#change(
          `“${name}” is doubled.`,
          async () => (await duplicateExperiment(id, `${name} (copy)`)).id,
        ),
      copyLink: ({ link }) => copyLink(link, say),
      remove: (listing) => this.#remove(listing),
    });
    this.#ends = [
      store.listen(() => this.#drafts.settings()),
      onAddress((link) => void this.#openLink(link)),
      showLength(this.#part('length'), store),
    ];
    this.#listen();
    for (const button of root.querySelectorAll('button')) button.disabled = false;
    void this.#refresh();
    this.#offer();
  }

  /** The run has gone on: what it has come to is kept soon. */
  keepDraft(): void {
    this.#drafts.run();
  }

  destroy(): void {
    this.#stop.abort();
    for (const end of this.#ends) end();
    void this.#drafts.destroy();
  }

  #part<Part extends HTMLElement = HTMLElement>(name: string): Part {
    return this.#root.querySelector<Part>(`[data-storage="${name}"]`)!;
  }

  #listen(): void {
    const { signal } = this.#stop;
    const press = (act: string, then: () => void): void =>
      this.#root.querySelector(`[data-act="${act}"]`)?.addEventListener('click', then, { signal });
    const on = (name: string, event: string, then: (event: Event) => void): void =>
      this.#part(name).addEventListener(event, then, { signal });
    const { say, store } = this.#options;
    press('copy-link', async () => copyLink(await encodeLink(store.state), say));
    press('save-file', () => void this.#try(() => this.#saveFile()));
    press('open-file', () => this.#part('file').click());
    press('settings-alone', () => void this.#save('settings'));
    on('file', 'change', () => void this.#try(() => this.#openFile()));
    on('list', 'toggle', () => void this.#refresh());
    on('name', 'input', () => this.#part('name').removeAttribute('aria-invalid'));
    on('save', 'submit', (event) => {
      event.preventDefault();
      void this.#save(this.#what);
    });
  }

  get #what(): WhatToStore {
    return this.#part<HTMLInputElement>('with-run').checked ? 'all' : 'without run';
  }

  #kept(what: WhatToStore): Kept {
    return whatIsStored(what, this.#options);
  }

  async #save(what: WhatToStore): Promise<void> {
    const field = this.#part<HTMLInputElement>('name');
    const name = field.value.trim();
    if (name === '') {
      field.setAttribute('aria-invalid', 'true');
      this.#trouble('It needs a name: write one, then save.');
      field.focus();
      return;
    }
    await this.#try(async () => {
      const kept = this.#kept(what);
      const { bytes } = await saveExperiment(name, kept);
      field.value = '';
      const how = kept.training ? 'with its networks' : 'without networks';
      this.#options.say(`“${name}” is saved on this device, ${how} (${bytesInWords(bytes)}).`);
      await this.#refresh();
    });
  }

  /** Does something to what is saved, says so, and puts the focus on what it was done to. */
  async #change(sentence: string, act: () => Promise<number>): Promise<void> {
    await this.#try(async () => {
      const id = await act();
      this.#options.say(sentence);
      await this.#refresh();
      this.#list.focus(id);
    });
  }

  async #remove({ id, name }: SavedListing): Promise<void> {
    await this.#try(async () => {
      const next = this.#list.neighbour(id);
      const removed = await removeExperiment(id);
      await this.#refresh();
      if (!this.#list.focus(next)) this.#part('summary').focus();
      const undo = (): void => {
        notice.clear();
        void this.#change(`“${name}” is back.`, async () => {
          await restoreExperiment(removed);
          return id;
        });
      };
      notice.say(`“${name}” is removed from this device.`, { name: 'Undo', act: undo });
    });
  }

  /** A device that keeps nothing says so where the list would be. An earlier answer never replaces a later one. */
  async #refresh(): Promise<void> {
    const request = ++this.#refreshes;
    const { listed, trouble } = await listExperiments().then(
      (found) => ({ listed: found, trouble: null }),
      (error: unknown) => {
        if (!(error instanceof StorageError)) throw error;
        return { listed: [], trouble: error.message };
      },
    );
    if (request !== this.#refreshes) return;
    const empty = this.#part('empty');
    this.#part('count').textContent = listed.length > 0 ? `(${listed.length})` : '';
    empty.hidden = listed.length > 0;
    empty.textContent = trouble ?? this.#nothingSaved;
    this.#list.show(listed);
  }

  #offer(): void {
    const { say, store } = this.#options;
    void offerDraft(this.#part('offer'), {
      tab: this.#drafts.tab,
      link: () => encodeLink(store.state),
      take: (opened) => {
        this.#drafts.took(opened.training);
        this.#open(opened);
        this.#part('title').focus();
      },
      say: (sentence) => {
        say(sentence);
        this.#part('title').focus();
      },
    });
  }

  async #saveFile(): Promise<void> {
    const kept = this.#kept(this.#what);
    await saveAsFile(this.#part<HTMLInputElement>('name').value.trim() || 'Laboratory', kept);
    const what = kept.training ? 'settings and networks' : 'the settings';
    this.#options.say(`A file *${fileEnding} with ${what} goes to your downloads.`);
  }

  async #openFile(): Promise<void> {
    const input = this.#part<HTMLInputElement>('file');
    const file = input.files?.[0];
    if (!file) return;
    try {
      this.#open(await openFile(file));
    } finally {
      // The same file can then be chosen again.
      input.value = '';
    }
  }

  #open({ name, problems, ...opened }: OpenedFile): void {
    this.#options.onOpen(opened);
    const opening = name ? `“${name}” is open.` : 'What you left is open again.';
    this.#options.say([opening, ...problems].join(' '));
  }

  async #openLink(link: string): Promise<void> {
    const { state, problems } = await decodeLink(link);
    this.#options.onOpen({ state, training: null, csv: null, startWeights: null });
    this.#options.say(['The laboratory stands as the address says.', ...problems].join(' '));
  }

  /** What cannot be done is said where it was asked for, with what can be done instead. */
  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.#trouble('');
    } catch (error) {
      if (error instanceof StorageError) this.#trouble(error.message, error.problem === 'full');
      else if (error instanceof ArtifactError) this.#trouble(`${error.message}.`);
      else throw error;
    }
  }

  #trouble(sentence: string, isFull = false): void {
    this.#part('problem').textContent = sentence;
    const alone = this.#root.querySelector<HTMLElement>('[data-act="settings-alone"]');
    if (alone)
      alone.hidden =
        !isFull || (this.#kept('all').training === null && this.#kept('all').csv === null);
  }
}
