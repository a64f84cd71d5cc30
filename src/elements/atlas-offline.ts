// <atlas-offline>: the switch that keeps the atlas on the device. Nothing is fetched for it before the reader has touched the page.
import { readChoice, writeChoice } from '../offline/offline-choice.ts';
import type { OfflineState, ServiceWorkerClient } from '../offline/service-worker-client.ts';
import { withBase } from './with-base.ts';

/** What a reader does, and a page does not do by itself; a scroll is done by a wheel, a pointer or a key. */
const touches = ['pointerdown', 'keydown', 'wheel', 'click'] as const;

let client: Promise<ServiceWorkerClient> | null = null;
const openClient = (): Promise<ServiceWorkerClient> =>
  (client ??= import('../offline/service-worker-client.ts').then(
    (module) => new module.ServiceWorkerClient(withBase('/')),
  ));

export class AtlasOffline extends HTMLElement {
  readonly #part = <Part extends HTMLElement>(selector: string) =>
    this.querySelector<Part>(selector)!;

  connectedCallback(): void {
    const field = this.#part<HTMLInputElement>('input');
    field.checked = readChoice() !== 'off';
    field.addEventListener('change', () => {
      const isOn = field.checked;
      writeChoice(isOn ? 'on' : 'off');
      void this.#act((client) => client.setEnabled(isOn));
    });
    this.#part('[data-action="runtime"]').addEventListener(
      'click',
      () => void this.#act((client) => client.keepRuntime()),
    );
    this.#part('[data-action="take-over"]').addEventListener('click', () => void takeOver());
  }

  /** What the reader asks for here is read out as it happens; what happens by itself is not. */
  async #act(act: (client: ServiceWorkerClient) => Promise<void>): Promise<void> {
    this.#part('[data-status]').setAttribute('role', 'status');
    await act(await this.open());
  }

  #opened: Promise<ServiceWorkerClient> | null = null;
  open(): Promise<ServiceWorkerClient> {
    return (this.#opened ??= Promise.all([
      openClient(),
      import('../offline/offline-status.ts'),
    ]).then(([client, { wordsFor, megabytes }]) => {
      client.listen((state) => this.#show(state, wordsFor(state), megabytes));
      return client;
    }));
  }

  #show(state: OfflineState, words: string, megabytes: (bytes: number) => string): void {
    const { phase, stock, isFetchingRuntime, hasNewEdition } = state;
    this.dataset['phase'] = phase;
    const field = this.#part<HTMLInputElement>('input');
    field.disabled = phase === 'unsupported';
    field.checked = !field.disabled && phase !== 'waiting' && readChoice() !== 'off';
    const status = this.#part('[data-status]');
    if (status.textContent !== words) status.textContent = words;
    const runtime = this.#part<HTMLButtonElement>('[data-action="runtime"]');
    runtime.hidden = !stock || stock.hasRuntime;
    runtime.disabled = isFetchingRuntime;
    if (stock)
      runtime.textContent = `Keep the training engine too (${megabytes(stock.runtimeBytes)})`;
    this.#part('[data-action="take-over"]').hidden = !hasNewEdition;
    if (hasNewEdition) void announce();
  }
}

let isAnnounced = false;
async function announce(): Promise<void> {
  if (isAnnounced) return;
  isAnnounced = true;
  const { notice } = await import('./notice.ts');
  notice.say('A new edition of the atlas is ready.', {
    name: 'Reload',
    act: () => void takeOver(),
  });
}

async function takeOver(): Promise<void> {
  const [{ notice }, client] = await Promise.all([import('./notice.ts'), openClient()]);
  if (await client.takeOver()) return;
  notice.say('Another page of the atlas is open. Close it, and the new edition opens.');
}

customElements.define('atlas-offline', AtlasOffline);

/** Once, when the reader has done something and the page has nothing to do. */
function begin(): void {
  for (const touch of touches) removeEventListener(touch, begin, true);
  if (document.readyState === 'complete') whenIdle();
  else addEventListener('load', whenIdle);
}

function whenIdle(): void {
  const later = globalThis.requestIdleCallback ?? ((act: () => void) => setTimeout(act, 2000));
  later(() => {
    const switches = [...document.querySelectorAll<AtlasOffline>('atlas-offline')];
    void Promise.all(switches.map((element) => element.open())).then(([client]) => client?.visit());
  });
}
if (import.meta.env.PROD) {
  for (const touch of touches) addEventListener(touch, begin, { capture: true, passive: true });
}
