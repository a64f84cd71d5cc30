// <atlas-self-test>: runs the exact truths in the reader's own browser, and lists each with what was expected and measured.
import type { Experiment } from '../artifact/display.ts';
import { counted } from '../learning/counted.ts';
import type { ProviderChoice } from '../worker/provider-choice.ts';
import type { SelfTestMessage } from '../worker/self-test/self-test-messages.ts';
import type { TruthResult } from '../worker/self-test/truths.ts';
import type { SelfTestRun } from '../worker/self-test/self-test-client.ts';
import { summarise, writeError, writeValue } from './self-test/self-test-text.ts';

const none = '–';

export class AtlasSelfTest extends HTMLElement {
  #run: SelfTestRun | null = null;
  /** The reader may want to stop before there is anything to stop. */
  #isStopped = false;
  #provider = '';

  connectedCallback(): void {
    this.#button('run').addEventListener('click', () => void this.#start());
    this.#button('stop').addEventListener('click', () => this.#stop());
    this.dataset['phase'] = 'idle';
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  #stop(): void {
    this.#isStopped = true;
    this.#run?.stop();
  }

  async #start(): Promise<void> {
    if (this.dataset['phase'] !== 'idle') return;
    this.#isStopped = false;
    this.#enter('running');
    for (const item of this.#items()) this.#clear(item);
    this.#bar.removeAttribute('value');
    this.#write('.self-test-badge', '');
    this.#write('.self-test-reason', '');
    this.#say('Loading the runtime, once.');
    try {
      const { startSelfTest } = await import('../worker/self-test/self-test-client.ts');
      const results: TruthResult[] = [];
      // A stop that came while the code was fetched ends the run as soon as there is one.
      this.#run = startSelfTest(this.#request(), (message) => this.#hear(message, results));
      if (this.#isStopped) this.#run.stop();
      const outcome = await this.#run.outcome;
      if (outcome === null)
        this.#say(`Stopped after ${results.length} of ${this.#items().length} tests.`);
      else if (outcome.kind === 'failed') this.#say(outcome.sentence);
      else this.#say(summarise(outcome.results, this.#provider, outcome.seconds));
    } catch (error) {
      // The page's own part of the tests could not be fetched.
      console.error(error);
      this.#say(
        'The tests could not be loaded; check the connection, reload the page and try again.',
      );
    }
    this.#run = null;
    for (const item of this.#items()) if (item.dataset['verdict'] === 'running') this.#clear(item);
    this.#enter('idle');
  }

  #request() {
    return {
      provider: this.querySelector<HTMLSelectElement>('[data-provider]')!.value as ProviderChoice,
      run: this.dataset['run'] ?? '',
      experiment: JSON.parse(this.dataset['experiment'] ?? 'null') as Experiment,
      initialChecksum: this.dataset['checksum'] || null,
    };
  }

  #hear(message: SelfTestMessage, results: TruthResult[]): void {
    switch (message.kind) {
      case 'download': {
        const { loadedBytes, totalBytes } = message;
        if (totalBytes) this.#bar.value = loadedBytes / totalBytes;
        this.#write('.self-test-text', `Runtime: ${(loadedBytes / 1e6).toFixed(1)} MB`);
        return;
      }
      case 'provider': {
        this.#provider = message.provider;
        const { threads } = message;
        const name =
          message.provider === 'webgpu' ? 'WebGPU' : `WebAssembly, ${counted(threads, 'thread')}`;
        this.#write('.self-test-badge', name);
        this.#write('.self-test-reason', message.reason);
        this.#say('Testing.');
        this.#progress(0);
        return;
      }
      case 'result':
        results.push(message.result);
        this.#show(message.result);
        this.#progress(results.length);
    }
  }

  /** The bar, and the mark of the test that is under way. */
  #progress(done: number): void {
    const items = this.#items();
    this.#bar.value = done / items.length;
    this.#write('.self-test-text', `${done} of ${items.length}`);
    const next = items[done];
    if (next) this.#judge(next, 'running', 'running');
  }

  #show({ id, passed, comparison, problem }: TruthResult): void {
    const item = this.querySelector<HTMLElement>(`[data-truth="${id}"]`);
    if (!item) return;
    this.#judge(item, passed ? 'passed' : 'failed', passed ? 'passed' : 'failed');
    this.#writeIn(item, '[data-expected]', comparison ? writeValue(comparison.expected) : none);
    this.#writeIn(item, '[data-measured]', comparison ? writeValue(comparison.measured) : none);
    this.#writeIn(item, '[data-error]', comparison ? writeError(comparison.error) : none);
    this.#writeIn(item, '.truth-problem', problem ?? '');
  }

  #clear(item: HTMLElement): void {
    this.#judge(item, '', 'not run yet');
    for (const place of ['[data-expected]', '[data-measured]', '[data-error]'])
      this.#writeIn(item, place, none);
    this.#writeIn(item, '.truth-problem', '');
  }

  #judge(item: HTMLElement, verdict: string, words: string): void {
    item.dataset['verdict'] = verdict;
    this.#writeIn(item, '.truth-verdict', words);
  }

  #enter(phase: 'idle' | 'running'): void {
    this.dataset['phase'] = phase;
    const [run, stop] = [this.#button('run'), this.#button('stop')];
    // The focus stays with the one button that means something now.
    const hadFocus = document.activeElement === run || document.activeElement === stop;
    stop.hidden = phase === 'idle';
    run.hidden = phase === 'running';
    this.querySelector<HTMLSelectElement>('[data-provider]')!.disabled = phase === 'running';
    if (phase === 'idle') this.#write('.self-test-text', '');
    if (hadFocus) (phase === 'running' ? stop : run).focus({ preventScroll: true });
  }

  #say(sentence: string): void {
    this.#write('.self-test-status', sentence);
  }

  #items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[data-truth]')];
  }

  get #bar(): HTMLProgressElement {
    return this.querySelector('progress')!;
  }

  #button(name: string): HTMLButtonElement {
    return this.querySelector<HTMLButtonElement>(`[data-action="${name}"]`)!;
  }

  #write(selector: string, text: string): void {
    this.#writeIn(this, selector, text);
  }

  #writeIn(root: HTMLElement, selector: string, text: string): void {
    const place = root.querySelector(selector);
    if (place && place.textContent !== text) place.textContent = text;
  }
}

customElements.define('atlas-self-test', AtlasSelfTest);
