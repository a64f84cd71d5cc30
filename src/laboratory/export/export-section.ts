// The section in which a reader exports a run: everything in one file, or one file at a time.
import {
  exportKinds,
  exportName,
  holdsOneNetwork,
  needsLandscape,
  type ExportKey,
} from '../../artifact/exports/catalogue.ts';
import { bestNetwork } from '../../artifact/exports/best-network.ts';
import { bytesInWords } from '../storage/size-and-time-text.ts';
import type { LabRun, RunKey } from '../lab-run.ts';
import { isReady, type ReadyRun } from '../panels/analysis-subject.ts';
import { expectedBytes, inZip } from './expected-bytes.ts';

export interface ExportSectionOptions {
  runs(): readonly LabRun[];
  /** The network picked in all panels. */
  selected(): number | null;
  /** Resolves with null where there is none to be had. */
  landscapeOf(key: RunKey): Promise<LabRun['landscapeInPlane']>;
  say(sentence: string): void;
}

const noRun =
  'There is no run to take away yet: train one. It can be taken while it plays, as it was last saved, or once it pauses or ends.';
const ended = 'Nothing was saved: you ended it.';

type Taken = 'zip' | ExportKey;

/** They tell of the landscape where there is one. */
const toldByLandscape: ReadonlySet<Taken> = new Set<Taken>(['script', 'notebook']);

export class ExportSection {
  readonly #root: HTMLElement;
  readonly #options: ExportSectionOptions;
  readonly #stop = new AbortController();
  #key: RunKey = 'a';
  /** Ends what is under way. */
  #work: AbortController | null = null;
  #busy: Taken | null = null;
  #shown: unknown = null;

  constructor(root: HTMLElement, options: ExportSectionOptions) {
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
    const drawn = [
      runs.map(({ title }) => title),
      this.#key,
      run?.training,
      run?.landscapeInPlane,
      network,
    ];
    const isSame =
      Array.isArray(this.#shown) && JSON.stringify(drawn[0]) === JSON.stringify(this.#shown[0]);
    if (isSame && drawn.slice(1).every((part, i) => part === (this.#shown as unknown[])[i + 1]))
      return;
    this.#shown = drawn;
    this.#showRuns(runs);
    this.#showFiles(run, network);
  }

  destroy(): void {
    this.#work?.abort();
    this.#stop.abort();
  }

  #part<T extends HTMLElement = HTMLElement>(name: string): T {
    return this.#root.querySelector<T>(`[data-export="${name}"]`)!;
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
      sizes.set(key, inZip(key, size));
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
    this.#part('progress').hidden = this.#busy === null;
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
    if (button.dataset['export'] === 'cancel') this.#work?.abort();
    const file = button.dataset['file'] as Taken | undefined;
    if (file) void this.#take(file, button);
  }

  async #take(file: Taken, button: HTMLButtonElement): Promise<void> {
    const run = this.#run();
    if (!run || this.#busy !== null) return;
    const { signal } = (this.#work = new AbortController());
    this.#busy = file;
    this.#part('verdict').textContent = '';
    this.#progress(null, '');
    this.#enable();
    try {
      const network = this.#network(run);
      const sentence = await this.#make(file, run, network, signal);
      this.#options.say(sentence ?? ended);
      if (sentence !== null && (file === 'zip' || file === 'onnx')) await this.#check(run, network);
    } catch (error) {
      this.#options.say(signal.aborted ? ended : failureInWords(error));
    } finally {
      this.#busy = null;
      this.#work = null;
      this.#enable();
      // A disabled button had lost the focus.
      if (document.activeElement === document.body) button.focus();
    }
  }

  /** Makes and saves; null where the reader ended it. */
  async #make(
    file: Taken,
    run: ReadyRun,
    network: number,
    signal: AbortSignal,
  ): Promise<string | null> {
    const maker = await import('./make-files.ts');
    const onProgress = (share: number | null, doing: string) => this.#progress(share, doing);
    let landscapeInPlane: LabRun['landscapeInPlane'] = null;
    let trouble = '';
    if (file === 'zip' || needsLandscape.has(file) || toldByLandscape.has(file)) {
      const known = await this.#options.landscapeOf(run.key);
      try {
        landscapeInPlane = await maker.landscapeOf(run, known, signal, onProgress);
      } catch (error) {
        // What needs no landscape can be had without.
        if (file !== 'zip' && !toldByLandscape.has(file)) throw error;
        trouble = ` Without the landscape: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
    if (signal.aborted) return null;
    const made =
      file === 'zip'
        ? await maker.makeBundle(run, landscapeInPlane, network, signal, onProgress)
        : await maker.makeFile(file, run, landscapeInPlane, network);
    return made && `Saved ${made.name}, ${bytesInWords(made.bytes)}.${trouble}`;
  }

  #progress(share: number | null, doing: string): void {
    const bar = this.#part<HTMLProgressElement>('bar');
    if (share === null) bar.removeAttribute('value');
    else bar.value = share;
    this.#part('doing').textContent = doing;
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

function failureInWords(error: unknown): string {
  if (error instanceof RangeError && /alloc|length|size/i.test(error.message))
    return 'The page has not enough memory for this file: take the files one at a time, or train with fewer snapshots.';
  const reason = error instanceof Error ? error.message : String(error);
  return `The file could not be made (${reason}); try again, or reload the page if it repeats.`;
}
