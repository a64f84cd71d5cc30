// The shelf from which a reader takes a run away: everything in one file, or one file at a time.
import {
  exportKinds,
  exportName,
  holdsOneNetwork,
  needsLandscape,
  type ExportKey,
} from '../../../artifact/exports/catalogue.ts';
import { bestNetwork } from '../../../artifact/exports/best-network.ts';
import { bytesInWords } from '../keep/words.ts';
import type { LabRun, RunKey } from '../lab-run.ts';
import { isReady, type ReadyRun } from '../panels/subject.ts';
import { expectedBytes, inZip } from './expected-bytes.ts';

export interface TakeAwayOptions {
  runs(): readonly LabRun[];
  /** The network picked in all panels. */
  selected(): number | null;
  /** Resolves with null where there is none to be had. */
  landOf(key: RunKey): Promise<LabRun['land']>;
  say(sentence: string): void;
}

const noRun =
  'There is no run to take away yet: train one. It can be taken while it plays, as it was last saved, or once it pauses or ends.';
const noLandscape =
  'The landscape of this run as it is now has not been computed: pause the run, and show a landscape in the pictures above.';

type Taken = 'zip' | ExportKey;

export class TakeAway {
  readonly #root: HTMLElement;
  readonly #options: TakeAwayOptions;
  readonly #stop = new AbortController();
  #key: RunKey = 'a';
  /** Ends the zip under way. */
  #zip: AbortController | null = null;
  #busy: Taken | null = null;
  #shown: unknown = null;

  constructor(root: HTMLElement, options: TakeAwayOptions) {
    this.#root = root;
    this.#options = options;
    const { signal } = this.#stop;
    root.addEventListener('click', (event) => this.#click(event), { signal });
    root.addEventListener('change', (event) => this.#choose(event), { signal });
    this.show();
  }

  /** Says what can be taken now; costs nothing where nothing has changed. */
  show(): void {
    const runs = this.#options.runs();
    if (!runs.some(({ key }) => key === this.#key)) this.#key = 'a';
    const run = this.#run();
    const network = run && this.#network(run);
    const drawn = [runs.map(({ title }) => title), this.#key, run?.training, run?.land, network];
    const isSame =
      Array.isArray(this.#shown) && JSON.stringify(drawn[0]) === JSON.stringify(this.#shown[0]);
    if (isSame && drawn.slice(1).every((part, i) => part === (this.#shown as unknown[])[i + 1]))
      return;
    this.#shown = drawn;
    this.#showRuns(runs);
    this.#showFiles(run, network);
  }

  destroy(): void {
    this.#zip?.abort();
    this.#stop.abort();
  }

  #part<T extends HTMLElement = HTMLElement>(name: string): T {
    return this.#root.querySelector<T>(`[data-take="${name}"]`)!;
  }

  #run(): ReadyRun | null {
    const run = this.#options.runs().find(({ key }) => key === this.#key);
    return isReady(run) ? run : null;
  }

  /** The one picked, or the one that has learned best. */
  #network({ training: { history } }: ReadyRun): number {
    const selected = this.#options.selected();
    return selected !== null && selected < history.networks ? selected : bestNetwork(history);
  }

  #showRuns(runs: readonly LabRun[]): void {
    this.#part('runs').hidden = runs.length < 2;
    for (const { key, title } of runs) {
      const radio = this.#root.querySelector<HTMLInputElement>(`input[value="${key}"]`);
      if (!radio) continue;
      radio.checked = key === this.#key;
      this.#part(`title-${key}`).textContent = title;
    }
  }

  #showFiles(run: ReadyRun | null, network: number | null): void {
    this.#part('reason').textContent = run ? this.#whatIsTaken(run, network ?? 0) : noRun;
    const sizes = new Map<ExportKey, number>();
    for (const { key } of exportKinds) {
      const size = run ? expectedBytes(key, run) : 0;
      if (!needsLandscape.has(key) || run?.land) sizes.set(key, inZip(key, size));
      this.#part(`name-${key}`).textContent =
        run || !holdsOneNetwork.has(key) ? exportName(key, network ?? 0) : '';
      this.#part(`size-${key}`).textContent = run ? `about ${bytesInWords(round(size))}` : '';
    }
    const whole = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    this.#part('size-zip').textContent = run ? `about ${bytesInWords(round(whole))}` : '';
    this.#enable();
  }

  #whatIsTaken(run: ReadyRun, network: number): string {
    const { state, history } = run.training;
    const picked = this.#options.selected() === network;
    const which = picked
      ? `network ${network}, the one picked`
      : `network ${network}, the one with the lowest training loss, since none is picked`;
    return `As it is at step ${state.step}, all ${history.networks} networks; files of one network hold ${which}.`;
  }

  /** Buttons work where there is something to take and nothing under way. */
  #enable(): void {
    const run = this.#run();
    for (const button of this.#root.querySelectorAll<HTMLButtonElement>('button[data-file]')) {
      const file = button.dataset['file'] as Taken;
      button.disabled = !run || this.#busy !== null;
      if (this.#busy === file) button.setAttribute('aria-busy', 'true');
      else button.removeAttribute('aria-busy');
    }
    this.#part('progress').hidden = this.#busy !== 'zip';
  }

  #choose({ target }: Event): void {
    if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return;
    this.#key = target.value === 'b' ? 'b' : 'a';
    this.#part('verdict').textContent = '';
    this.show();
  }

  #click({ target }: Event): void {
    const button = target instanceof Element ? target.closest('button') : null;
    if (!button) return;
    if (button.dataset['take'] === 'cancel') this.#zip?.abort();
    const file = button.dataset['file'] as Taken | undefined;
    if (file) void this.#take(file, button);
  }

  async #take(file: Taken, button: HTMLButtonElement): Promise<void> {
    const run = this.#run();
    if (!run || this.#busy !== null) return;
    this.#busy = file;
    this.#part('verdict').textContent = '';
    this.#enable();
    try {
      if (file === 'zip') await this.#takeAll(run);
      else await this.#takeOne(file, run);
    } catch (error) {
      this.#options.say(inWords(error));
    } finally {
      this.#busy = null;
      this.#zip = null;
      this.#enable();
      // A disabled button had lost the focus.
      if (document.activeElement === document.body) button.focus();
    }
  }

  async #takeOne(key: ExportKey, run: ReadyRun): Promise<void> {
    const network = this.#network(run);
    const land = needsLandscape.has(key) || key === 'script' || key === 'notebook';
    const [maker, taken] = await Promise.all([
      import('./make-files.ts'),
      land ? this.#options.landOf(run.key) : null,
    ]);
    const made = maker.makeFile(key, run, taken, network);
    if (!made) return this.#options.say(noLandscape);
    this.#options.say(`Saved ${made.names.join(', ')}, ${bytesInWords(made.bytes)}.`);
    if (key === 'onnx') await this.#check(run, network);
  }

  async #takeAll(run: ReadyRun): Promise<void> {
    const network = this.#network(run);
    const stop = new AbortController();
    this.#zip = stop;
    const [bar, words] = [this.#part<HTMLProgressElement>('bar'), this.#part('doing')];
    bar.value = 0;
    words.textContent = 'Getting ready';
    const [maker, land] = await Promise.all([
      import('./make-files.ts'),
      this.#options.landOf(run.key),
    ]);
    const made = await maker.makeBundle(run, land, network, stop.signal, (share, doing) => {
      bar.value = share;
      words.textContent = doing;
    });
    if (!made) return this.#options.say('Nothing was saved: you ended it.');
    const without = made.hasLandscape ? '' : ` Without a landscape. ${noLandscape}`;
    this.#options.say(`Saved ${made.names.join(', ')}, ${bytesInWords(made.bytes)}.${without}`);
    await this.#check(run, network);
  }

  /** Opens the network that was just saved in ONNX Runtime, and says whether it answers as it should. */
  async #check(run: ReadyRun, network: number): Promise<void> {
    const verdict = this.#part('verdict');
    verdict.textContent = `Checking network-${network}.onnx in ONNX Runtime`;
    const { checkNetwork } = await import('./make-files.ts');
    const sentence = await checkNetwork(run, network);
    if (!this.#stop.signal.aborted) verdict.textContent = sentence;
  }
}

/** Two digits: it is an estimate. */
const round = (bytes: number): number => (bytes > 0 ? Number(bytes.toPrecision(2)) : 0);

function inWords(error: unknown): string {
  if (error instanceof RangeError && /alloc|length|size/i.test(error.message))
    return 'The page has not enough memory for this file: take the files one at a time, or train with fewer snapshots.';
  const reason = error instanceof Error ? error.message : String(error);
  return `The file could not be made (${reason}); try again, or reload the page if it repeats.`;
}
