// The service worker: keeps an edition of the site on the device, answers from it, and isolates pages where the host does not.
import { registerRoute } from 'workbox-routing/registerRoute.js';
import { PrecacheRoute } from 'workbox-precaching/PrecacheRoute.js';
import { asFolder, candidates, isPageAddress } from './addresses.ts';
import { bytesOf } from './edition.ts';
import { addressIn, EditionStore } from './edition-store.ts';
import { isolated } from './isolation.ts';
import { KeepingError, reasonOf } from './keeping-error.ts';
import type {
  FromWorker,
  KeepAnswer,
  Stock,
  TakeOverAnswer,
  ToWorker,
} from './offline-messages.ts';
import { OnUseStore } from './on-use-store.ts';
import { openPages, scope, type LastingEvent, type MessageToWorker } from './worker-scope.ts';

const edition = scope.atlasEdition;
const store = new EditionStore(edition);
const onUse = new OnUseStore(edition);
const root = scope.registration.scope;
const kept = new Set(edition.kept.map(({ path }) => path));
const pathBelow = (url: URL): string => (url.origin + url.pathname).slice(root.length);
const isOurs = (url: URL): boolean => url.href.startsWith(root);

scope.addEventListener('install', (event) => event.waitUntil(install(event)));
scope.addEventListener('activate', (event) => event.waitUntil(activate(event)));
scope.addEventListener('message', (event) => event.waitUntil(answer(event)));

/** Settles when what is kept has been compared with what was published; null where nothing has been begun. */
let checked: Promise<unknown> | null = null;

async function install(event: LastingEvent): Promise<void> {
  try {
    // The reader has an edition already, and a browser that saves data should not fetch another by itself.
    if (scope.registration.active && savesData()) throw new KeepingError('saving');
    await store.install(event);
    await onUse.removeWrong();
    await onUse.gather();
    checked = Promise.resolve();
  } catch (error) {
    const message: FromWorker = { kind: 'failed', reason: reasonOf(error) };
    for (const page of await openPages()) page.postMessage(message);
    throw error;
  }
}

async function activate(event: LastingEvent): Promise<void> {
  await store.activate(event);
  await onUse.activate();
  // The page that was visited first is kept alive too.
  await scope.clients.claim();
  // After a wait, no page is kept waiting for it.
  checked ??= Promise.all([store.removeWrong(), onUse.removeWrong()]).catch(() => {});
}

async function answer(event: MessageToWorker): Promise<void> {
  const message = event.data as ToWorker;
  const reply = (words: Stock | KeepAnswer | TakeOverAnswer | null) =>
    event.ports[0]?.postMessage(words);
  if (message.kind === 'tell') reply(await stock());
  if (message.kind === 'decline') {
    await store.decline();
    reply(null);
  }
  if (message.kind === 'keep-runtime' || message.kind === 'refill') {
    try {
      await (message.kind === 'refill' ? store.refill(event) : onUse.keepRuntime(event));
      reply(await stock());
    } catch (error) {
      reply({ failed: reasonOf(error) });
    }
  }
  if (message.kind === 'take-over') {
    // Another open page would go on with files of two editions.
    const takesOver = (await openPages()).length <= 1;
    reply({ takesOver });
    if (takesOver) await scope.skipWaiting();
  }
}

async function stock(): Promise<Stock> {
  await checked;
  const used = await onUse.stock();
  const isWhole = await store.isWhole();
  return { ...used, isWhole, bytes: used.bytes + bytesOf(edition.kept) };
}

const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

// A page by its folder, whatever is asked for behind the question mark.
registerRoute(
  new PrecacheRoute(store.controller, {
    ignoreURLParametersMatching: [/^/],
    directoryIndex: '',
    cleanURLs: false,
    urlManipulation: ({ url }) =>
      isOurs(url) ? [...candidates(pathBelow(url))].map((path) => new URL(addressIn(path))) : [],
  }),
);

registerRoute(
  ({ url, request }) => request.mode !== 'navigate' && onUse.fileAt(url.href) !== undefined,
  onUse.strategy,
);

registerRoute(
  ({ url, request }) => isOurs(url) && request.mode === 'navigate',
  async ({ url, request }) => {
    const folder = asFolder(pathBelow(url));
    if (folder !== null && kept.has(folder))
      return Response.redirect(addressIn(folder) + url.search, 301);
    try {
      return isolated(await fetch(request), request.destination);
    } catch {
      const lost = isPageAddress(pathBelow(url))
        ? await store.controller.matchPrecache(addressIn('404.html'))
        : undefined;
      if (!lost) return Response.error();
      const { headers, body } = lost;
      return isolated(new Response(body, { status: 404, headers }), 'document');
    }
  },
);

registerRoute(
  ({ url, request }) => isOurs(url) && /worker$/.test(request.destination),
  async ({ request }) => isolated(await fetch(request), request.destination),
);
