// What is going on, for eyes (a bar, a badge) and for ears (a sentence now and then, not at every frame).
import { formatNumber } from '../../figures/kit/format.ts';
import { counted } from '../../learning/counted.ts';
import type { Stage } from '../../worker/run/run-messages.ts';

const stageSentences: Readonly<Record<Stage, string>> = {
  runtime: 'Loading the runtime, once.',
  compile: 'Compiling the networks.',
  train: 'Training.',
  boundaries: 'Asking every network for its answers.',
  landscape: 'Drawing the landscape of these weights.',
};

/** Seconds between two sentences about the same stage. */
const saysEvery = 4;

export class Progress {
  readonly #bar: HTMLProgressElement;
  readonly #text: HTMLElement;
  readonly #status: HTMLElement;
  readonly #badge: HTMLElement;
  #saidAt = -Infinity;
  #runtime = '';
  #pace: number | null = null;

  constructor(root: HTMLElement) {
    this.#bar = root.querySelector('progress')!;
    this.#text = root.querySelector('.live-progress-text')!;
    this.#status = root.querySelector('.live-status')!;
    this.#badge = root.querySelector('.live-badge')!;
  }

  stage(stage: Stage): void {
    this.#bar.removeAttribute('value');
    this.#write(stageSentences[stage]);
    this.say(stageSentences[stage]);
  }

  download(loadedBytes: number, totalBytes: number | null): void {
    const loaded = megabytes(loadedBytes);
    if (totalBytes) this.#bar.value = loadedBytes / totalBytes;
    this.#write(`Runtime: ${loaded}${totalBytes ? ` of ${megabytes(totalBytes)}` : ''}`);
  }

  training(epoch: number, epochs: number, share: number, isPaused: boolean): void {
    const where = this.at(isPaused ? 'Paused' : 'Training', epoch, epochs, share);
    if (!isPaused && performance.now() - this.#saidAt > 1000 * saysEvery)
      this.say(`Training, ${where}.`);
  }

  /** Shows how far it is, and says nothing. @returns it in words. */
  at(word: string, epoch: number, epochs: number, share: number): string {
    this.#bar.value = share;
    const where = `epoch ${formatNumber(Math.floor(epoch))} of ${formatNumber(epochs)}`;
    this.#write(`${word}: ${where}`);
    return where;
  }

  landscape(share: number): void {
    this.#bar.value = share;
    this.#write(`Landscape: ${Math.round(100 * share)}%`);
  }

  provider(provider: string, threads: number): void {
    const name = provider === 'webgpu' ? 'WebGPU' : 'WebAssembly';
    const many = provider === 'webgpu' ? '' : `, ${counted(threads, 'thread')}`;
    this.#runtime = name + many;
    this.#pace = null;
    this.#writeBadge();
  }

  /** Smoothed, since a single reading is noisy. */
  pace(millisecondsPerStep: number): void {
    if (!(millisecondsPerStep > 0)) return;
    const before = this.#pace ?? millisecondsPerStep;
    this.#pace = before + 0.15 * (millisecondsPerStep - before);
    this.#writeBadge();
  }

  /** Milliseconds a step; null before training. */
  get measuredPace(): number | null {
    return this.#pace;
  }

  end(text: string): void {
    this.#bar.value = text === '' ? 0 : 1;
    this.#write(text);
  }

  say(sentence: string): void {
    this.#saidAt = performance.now();
    this.#status.textContent = sentence;
  }

  clear(): void {
    this.end('');
    this.#runtime = '';
    this.#writeBadge();
    this.#status.textContent = '';
  }

  #write(text: string): void {
    if (this.#text.textContent !== text) this.#text.textContent = text;
  }

  #writeBadge(): void {
    const pace =
      this.#pace === null ? '' : ` · ${formatNumber(Number(this.#pace.toPrecision(2)))} ms a step`;
    const text = this.#runtime === '' ? '' : `${this.#runtime}${pace}`;
    this.#badge.hidden = text === '';
    if (this.#badge.textContent !== text) this.#badge.textContent = text;
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
