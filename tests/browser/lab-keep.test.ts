// What a reader keeps is there again: after a reload, a crash, in another tab; and where nothing can be kept, the page says so and goes on.
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeLabFile } from '../../src/laboratory/storage/lab-file.ts';
import { encodeLink } from '../../src/laboratory/storage/lab-link.ts';
import { standardState } from '../../src/laboratory/storage/standard-state.ts';
import { violations } from './axe.ts';
import { openKeepSite, ready, type KeepSite } from './lab-keep-page.ts';
import { until } from './site.ts';

const database = 'loss-atlas-laboratory';

let site: KeepSite;
let device: BrowserContext;
beforeAll(async () => {
  site = await openKeepSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  device = await site.device();
});
afterEach(() => device.close());

const seedOf = (page: Page): Promise<number> => page.evaluate(() => globalThis.keeping.seed());
const stepOf = (page: Page): Promise<number | null> =>
  page.evaluate(() => globalThis.keeping.step());
const setSeed = (page: Page, seed: number): Promise<void> =>
  page.evaluate((value) => globalThis.keeping.setSeed(value), seed);
const train = (page: Page, step: number, csv = 0): Promise<void> =>
  page.evaluate(([at, characters]) => globalThis.keeping.train(at, characters), [
    step,
    csv,
  ] as const);
const saysSomewhere = (page: Page, words: string): Promise<void> =>
  until(
    () => page.evaluate((part) => globalThis.keeping.said().some((s) => s.includes(part)), words),
    true,
  );
const part = (page: Page, name: string) => page.locator(`[data-storage="${name}"]`);
const problemOf = (page: Page): Promise<string> => part(page, 'problem').innerText();
const names = (page: Page): Promise<string[]> => page.locator('.storage-open').allInnerTexts();

async function save(page: Page, name: string): Promise<void> {
  await page.getByLabel('Save as').fill(name);
  await page.getByRole('button', { name: 'Save on this device' }).click();
}
const openList = (page: Page): Promise<void> => part(page, 'summary').click();

/** Waits until the draft of a page is on the device, with this link's settings and at this step. */
const draftIs = (page: Page, step: number | null): Promise<void> =>
  until(
    () =>
      page.evaluate(
        (name) =>
          new Promise<number | null | undefined>((resolve) => {
            const request = indexedDB.open(name);
            request.onsuccess = () => {
              const db = request.result;
              const transaction = db.transaction(['drafts', 'draft-contents']);
              const drafts = transaction.objectStore('drafts').getAll();
              const contents = transaction.objectStore('draft-contents').getAll();
              transaction.oncomplete = () => {
                db.close();
                if (drafts.result.length === 0) resolve(undefined);
                else resolve((contents.result[0] as { run: { epoch: number } })?.run.epoch ?? null);
              };
            };
          }),
        database,
      ),
    step,
  );

describe('an experiment saved on the device', () => {
  it('is there after a reload, with its run bit for bit, and opens', async () => {
    let page = await site.open(device);
    await setSeed(page, 7);
    await train(page, 5, 100);
    await save(page, 'Seven');
    await saysSomewhere(page, '“Seven” is saved on this device, with its networks');
    await page.close();

    page = await site.open(device);
    await openList(page);
    await until(() => names(page), ['Seven']);
    await page.getByText('2 networks at epoch 5 of 8 · ').waitFor();
    await page.getByRole('button', { name: 'Open “Seven”' }).click();
    await until(() => seedOf(page), 7);
    expect(await page.evaluate(() => globalThis.keeping.isRunAt(5))).toBe(true);
    expect(await page.evaluate(() => globalThis.keeping.openedCsv()?.length)).toBe(100);
    await saysSomewhere(page, '“Seven” is open.');
  });

  it('is renamed, doubled, removed and brought back by keyboard alone', async () => {
    const page = await site.open(device);
    await save(page, 'One');
    await openList(page);
    await until(() => names(page), ['One']);

    await page.getByRole('button', { name: 'Rename “One”' }).press('Enter');
    await page.keyboard.type('Uno');
    await page.keyboard.press('Enter');
    await until(() => names(page), ['Uno']);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await until(focused, 'Open “Uno”');

    await page.getByRole('button', { name: 'Rename “Uno”' }).press('Enter');
    await page.keyboard.type('Nobody');
    await page.keyboard.press('Escape');
    expect(await names(page)).toEqual(['Uno']);

    await page.getByRole('button', { name: 'Duplicate “Uno”' }).press('Enter');
    await until(focused, 'Open “Uno (copy)”');
    expect(await names(page)).toEqual(['Uno (copy)', 'Uno']);

    await page.getByRole('button', { name: 'Remove “Uno (copy)”' }).press('Enter');
    await until(focused, 'Open “Uno”');
    await until(() => names(page), ['Uno']);
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await until(() => names(page), ['Uno (copy)', 'Uno']);
    await until(focused, 'Open “Uno (copy)”');
  });

  it('that another tab removed says so and goes from no list by itself', async () => {
    const [here, there] = [await site.open(device), await site.open(device)];
    await save(here, 'Mine');
    await openList(here);
    await openList(there);
    await until(() => names(there), ['Mine']);
    await there.getByRole('button', { name: 'Remove “Mine”' }).click();
    await until(() => names(there), []);
    await here.getByRole('button', { name: 'Open “Mine”' }).click();
    await until(async () => (await problemOf(here)).includes('not on this device any more'), true);
  });

  it('needs a name, and says so', async () => {
    const page = await site.open(device);
    await save(page, '  ');
    expect(await problemOf(page)).toBe('It needs a name: write one, then save.');
    expect(await part(page, 'name').getAttribute('aria-invalid')).toBe('true');
  });
});

describe('a file', () => {
  it('takes an experiment out of one device and into another', async () => {
    const page = await site.open(device);
    await setSeed(page, 11);
    await train(page, 6, 50);
    await page.getByLabel('Save as').fill('Über alles');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save a file' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('u-ber-alles.atlas.safetensors');

    const elsewhere = await site.device();
    const other = await site.open(elsewhere);
    const bytes = readFileSync(await saved.path());
    const file = { name: 'x.safetensors', mimeType: 'application/octet-stream', buffer: bytes };
    await part(other, 'file').setInputFiles(file);
    await until(() => seedOf(other), 11);
    expect(await stepOf(other)).toBe(6);
    await saysSomewhere(other, '“Über alles” is open.');

    await part(other, 'file').setInputFiles({ ...file, buffer: bytes.subarray(0, 300) });
    await until(
      async () => (await problemOf(other)).startsWith('x.safetensors is not a usable'),
      true,
    );
    expect(await seedOf(other)).toBe(11);
    await elsewhere.close();
  });
});

describe('the address', () => {
  it('holds the state as it changes, brings it back, and no server sees it', async () => {
    const page = await site.open(device);
    expect(new URL(page.url()).hash).toBe('');
    await setSeed(page, 5);
    await until(async () => new URL(page.url()).hash.startsWith('#lab=v1.'), true);
    await page.reload();
    await ready(page);
    expect(await seedOf(page)).toBe(5);
    expect(site.requested.filter((path) => path.includes('v1.'))).toEqual([]);
    await setSeed(page, 42);
    await until(async () => new URL(page.url()).hash, '');
  });

  it('is opened when it is pasted into a page that is open, and a damaged one is told', async () => {
    const page = await site.open(device);
    const standard = standardState();
    const link = await encodeLink({
      ...standard,
      experiment: { ...standard.experiment, seed: 99 },
    });
    await page.evaluate((hash) => (location.hash = hash), `lab=${link}`);
    await until(() => seedOf(page), 99);
    await page.evaluate((hash) => (location.hash = hash), `lab=${link.slice(0, -4)}`);
    await saysSomewhere(page, 'The link is damaged');
    expect(await seedOf(page)).toBe(42);
  });

  it('is copied with its length, and a long one is told to be long', async () => {
    const page = await site.open(device);
    await setSeed(page, 3);
    await until(
      async () => (await part(page, 'length').innerText()).includes('holds all settings'),
      true,
    );
    await page.getByRole('button', { name: 'Copy link', exact: true }).click();
    await saysSomewhere(page, 'The link is copied:');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.startsWith(`${site.url}#lab=v1.`)).toBe(true);
    expect(await page.evaluate(() => globalThis.keeping.said().at(-1))).toContain(
      `${copied.length} `,
    );
    await page.evaluate(() => globalThis.keeping.drawPoints(900));
    await until(
      async () => (await part(page, 'length').innerText()).includes('better save a file'),
      true,
    );
  });
});

describe('what was left off', () => {
  it('is offered after a reload and taken up with its run', async () => {
    const page = await site.open(device);
    await setSeed(page, 8);
    await train(page, 6);
    await draftIs(page, 6);
    await page.reload();
    await ready(page);
    await until(
      () => part(page, 'offer-words').innerText(),
      'You left 2 networks at epoch 6 of 8, just now.',
    );
    await page.getByRole('button', { name: 'Go on from there' }).click();
    await until(() => stepOf(page), 6);
    expect(await seedOf(page)).toBe(8);
    expect(await part(page, 'offer').isHidden()).toBe(true);
    // It is this page's own draft now, and is there again after the next reload.
    await page.reload();
    await ready(page);
    await part(page, 'offer').waitFor();
  });

  it('is offered after a crash', async () => {
    const page = await site.open(device);
    await train(page, 7);
    await draftIs(page, 7);
    const session = await device.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
    const next = await site.open(device);
    await until(
      () => part(next, 'offer-words').innerText(),
      'You left 2 networks at epoch 7 of 8, just now.',
    );
  });

  it('is discarded for good', async () => {
    const page = await site.open(device);
    await train(page, 4);
    await draftIs(page, 4);
    await page.reload();
    await ready(page);
    await page.getByRole('button', { name: 'Discard it' }).click();
    await saysSomewhere(page, 'What you left is discarded.');
    await page.reload();
    await ready(page);
    await saysNothingOnOffer(page);
  });

  it('is not offered where the address has brought back all there was', async () => {
    const page = await site.open(device);
    await setSeed(page, 5);
    await until(async () => page.url().includes('#lab='), true);
    await draftIs(page, null);
    await page.reload();
    await ready(page);
    await saysNothingOnOffer(page);
    expect(await seedOf(page)).toBe(5);
  });

  it('is not taken from a tab that is open, and given to one of two that ask', async () => {
    const owner = await site.open(device);
    await train(owner, 5);
    await draftIs(owner, 5);
    const other = await site.open(device);
    await saysNothingOnOffer(other);
    await owner.close();
    const [first, second] = [await site.open(device), await site.open(device)];
    await part(first, 'offer').waitFor();
    await part(second, 'offer').waitFor();
    await first.getByRole('button', { name: 'Go on from there' }).click();
    await until(() => stepOf(first), 5);
    await second.getByRole('button', { name: 'Go on from there' }).click();
    await saysSomewhere(second, 'another tab has taken it up');
    expect(await stepOf(second)).toBe(null);
  });

  it('is whole where the page went away while it was written', async () => {
    const page = await site.open(device);
    await page
      .evaluate(() => globalThis.keeping.keepDraftAndLeave('a-tab', 5, 100_000))
      .catch(() => undefined);
    await ready(page);
    await part(page, 'offer').waitFor();
    const offered = await part(page, 'offer-words').innerText();
    const kept = await page.evaluate(
      (name) =>
        new Promise<{ link: string; epoch: number }>((resolve) => {
          const request = indexedDB.open(name);
          request.onsuccess = () => {
            const transaction = request.result.transaction(['drafts', 'draft-contents']);
            const draft = transaction.objectStore('drafts').get('a-tab');
            const contents = transaction.objectStore('draft-contents').get('a-tab');
            transaction.oncomplete = () =>
              resolve({ link: draft.result.link, epoch: contents.result.run.epoch });
          };
        }),
      database,
    );
    expect([kept.epoch, kept.link.startsWith('v1.e')]).toEqual([5, true]);
    expect(offered).toBe('You left 2 networks at epoch 5 of 8, just now.');
    await page.getByRole('button', { name: 'Go on from there' }).click();
    await until(() => stepOf(page), 5);
  });

  /** Reads drafts and waits out the farewell of pages that close. */
  async function saysNothingOnOffer(page: Page): Promise<void> {
    await page.waitForTimeout(1200);
    expect(await part(page, 'offer').isHidden()).toBe(true);
  }
});

describe('a device that is full', () => {
  it('is told with what to do, and keeps the settings alone', async () => {
    const page = await site.open(device);
    await setSeed(page, 6);
    const session = await device.newCDPSession(page);
    const { origin } = new URL(site.url);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 });
    await train(page, 5, 8_000_000);
    await save(page, 'Too much');
    await until(
      async () => (await problemOf(page)).includes('storage for this site is full'),
      true,
    );
    await page.getByRole('button', { name: 'Save the settings alone' }).click();
    await openList(page);
    await until(() => names(page), ['Too much']);
    await page.getByText('settings alone · ').waitFor();
    expect(await problemOf(page)).toBe('');
    await saysSomewhere(page, 'What you are at is not kept for a reload. The browser’s storage');
  });
});

describe('a browser that keeps nothing', () => {
  const withouts = {
    'has no IndexedDB': `Object.defineProperty(window, 'indexedDB', { value: undefined })`,
    'throws at it': `IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }`,
    'refuses it later': `IDBFactory.prototype.open = () => {
      const request = new EventTarget();
      Object.setPrototypeOf(request, IDBOpenDBRequest.prototype);
      Object.defineProperty(request, 'error', { value: new DOMException('no', 'InvalidStateError') });
      const add = EventTarget.prototype.addEventListener;
      request.addEventListener = (name, act) => {
        if (name === 'error') setTimeout(act);
      };
      return request;
    }`,
  };
  it.each(Object.entries(withouts))(
    'that %s: the laboratory says so and goes on',
    async (_, before) => {
      const page = await site.open(device, { before });
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await openList(page);
      await until(
        async () => (await part(page, 'empty').innerText()).includes('keeps nothing on the device'),
        true,
      );
      await setSeed(page, 4);
      await train(page, 5);
      await save(page, 'Lost');
      await until(
        async () => (await problemOf(page)).includes('Save a file keeps your experiment'),
        true,
      );
      await until(async () => page.url().includes('#lab='), true);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save a file' }).click();
      await download;
      expect(errors).toEqual([]);
    },
  );
});

describe('versions of what is kept', () => {
  const openRaw = (page: Page, version: number): Promise<string> =>
    page.evaluate(
      ([name, number]) =>
        new Promise<string>((resolve) => {
          const request = indexedDB.open(name, number);
          request.onblocked = () => resolve('blocked');
          request.onupgradeneeded = ({ oldVersion }) => {
            if (oldVersion > 0) return;
            request.result.createObjectStore('experiments', { keyPath: 'id', autoIncrement: true });
            request.result.createObjectStore('contents');
          };
          request.onerror = () => resolve(request.error?.name ?? '');
          request.onsuccess = () => {
            Object.assign(globalThis, { held: request.result });
            resolve('open');
          };
        }),
      [database, version] as const,
    );
  const close = (page: Page): Promise<void> =>
    page.evaluate(() => (globalThis as unknown as { held: IDBDatabase }).held.close());

  it('bring along what the first one kept', async () => {
    const standard = standardState();
    const state = { ...standard, experiment: { ...standard.experiment, seed: 31 } };
    const link = await encodeLink(state);
    const none = { csv: null, startWeights: null, training: null };
    const bytes = [...encodeLabFile({ name: 'Old', link, ...none })];
    const blank = await site.blank(device);
    await blank.evaluate(
      ([name, theLink, file]) =>
        new Promise<void>((resolve) => {
          const request = indexedDB.open(name, 1);
          request.onupgradeneeded = () => {
            request.result.createObjectStore('experiments', { keyPath: 'id', autoIncrement: true });
            request.result.createObjectStore('contents');
          };
          request.onsuccess = () => {
            const stores = ['experiments', 'contents'];
            const transaction = request.result.transaction(stores, 'readwrite');
            const record = { id: 1, name: 'Old', savedAt: 1, link: theLink, bytes: 9, run: null };
            transaction.objectStore('experiments').put(record);
            transaction.objectStore('contents').put(Uint8Array.from(file), 1);
            transaction.oncomplete = () => {
              request.result.close();
              resolve();
            };
          };
        }),
      [database, link, bytes] as const,
    );
    const page = await site.open(device);
    await openList(page);
    await until(() => names(page), ['Old']);
    await page.getByRole('button', { name: 'Open “Old”' }).click();
    await until(() => seedOf(page), 31);
    await save(page, 'New');
    await until(() => names(page), ['New', 'Old']);
  });

  it('that are newer are let through by an open page, which then asks to be reloaded', async () => {
    const page = await site.open(device);
    await save(page, 'Before');
    await saysSomewhere(page, '“Before” is saved');
    const newer = await site.blank(device);
    expect(await openRaw(newer, 99)).toBe('open');
    await save(page, 'After');
    await until(async () => (await problemOf(page)).includes('newer version of this page'), true);
  });

  it('that are older and hold on are named, and once they let go all is well', async () => {
    const older = await site.blank(device);
    expect(await openRaw(older, 1)).toBe('open');
    const page = await site.open(device);
    await save(page, 'Waiting');
    await until(
      async () => (await problemOf(page)).includes('close that tab, then try again'),
      true,
    );
    await close(older);
    await save(page, 'Waiting');
    await saysSomewhere(page, '“Waiting” is saved');
  });
});

describe('the section of saved runs', () => {
  it('is whole on a phone and to a screen reader', async () => {
    const phone = await site.device({ viewport: { width: 390, height: 844 }, hasTouch: true });
    const page = await site.open(phone);
    await train(page, 3);
    await draftIs(page, 3);
    await page.reload();
    await ready(page);
    await part(page, 'offer').waitFor();
    await save(
      page,
      'A name that is as long as names are when readers are left to themselves, and longer',
    );
    await openList(page);
    await page.getByRole('button', { name: /^Rename/ }).click();
    expect(await violations(page, { include: 'main' })).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          '.storage :is(button, input[type="text"], summary)',
        ),
      ]
        .filter((element) => element.checkVisibility() && element.offsetHeight < 44)
        .map((element) => element.outerHTML),
    );
    expect(small).toEqual([]);
    await phone.close();
  });
});
