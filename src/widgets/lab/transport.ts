// The bar that leads a run: buttons in, words out. What they mean is the laboratory's affair.
import { formatNumber } from '../../figures/format.ts';
import type { LabFrame, LabMessage } from '../../worker/lab/messages.ts';
import type { Failure, ProviderChoice } from '../../worker/messages.ts';
import { Progress } from '../live-retrain/progress.ts';
import { health } from './run-words.ts';
import type { SessionPhase } from './session.ts';

export interface Fork {
  readonly orderSeed: number;
  /** Null keeps the optimiser that there is. */
  readonly optimiser: string | null;
}

export interface TransportActions {
  train(): void;
  pause(): void;
  play(): void;
  step(): void;
  stop(): void;
  rate(rate: number): void;
  provider(choice: ProviderChoice): void;
  continue(moreEpochs: number): void;
  fork(fork: Fork): void;
  keep(): void;
  drop(): void;
  /** After a failure: goes on from what was saved last, on the provider that always works. */
  rescue(): void;
}

type Act = Exclude<keyof TransportActions, 'rate' | 'provider' | 'play'>;

export class Transport {
  readonly #root: HTMLElement;
  readonly #actions: TransportActions;
  readonly #progress: Progress;
  readonly #stop = new AbortController();
  #phase: SessionPhase = 'idle';
  #isReady = false;
  #hasRun = false;
  #hasB = false;

  constructor(root: HTMLElement, actions: TransportActions) {
    this.#root = root;
    this.#actions = actions;
    this.#progress = new Progress(root);
    const { signal } = this.#stop;
    root.addEventListener('click', (event) => this.#click(event), { signal });
    const rate = this.#find<HTMLInputElement>('[data-rate]');
    const slider = this.#find<HTMLInputElement>('[data-rate-slider]');
    rate.addEventListener('change', () => this.#setRate(rate.valueAsNumber), { signal });
    slider.addEventListener(
      'input',
      () => this.#setRate(Number((10 ** slider.valueAsNumber).toPrecision(2))),
      { signal },
    );
    const provider = this.#find<HTMLSelectElement>('[data-provider]');
    provider.addEventListener(
      'change',
      () => this.#actions.provider(provider.value as ProviderChoice),
      { signal },
    );
    this.#enable();
  }

  destroy(): void {
    this.#stop.abort();
  }

  /** Whether the settings in the form can be trained. */
  ready(isReady: boolean): void {
    this.#isReady = isReady;
    this.#enable();
  }

  phase(phase: SessionPhase): void {
    this.#phase = phase;
    this.#root.dataset['phase'] = phase;
    if (phase === 'opening') this.#write('[data-problem]', '');
    if (phase === 'opening' || phase === 'playing') this.#button('rescue').hidden = true;
    if (phase === 'ended') this.#progress.say('Trained. Look around, or go on longer.');
    if (phase === 'paused') this.#progress.say('Paused.');
    if (phase === 'stopped') this.#progress.say('Stopped here; it can go on.');
    this.#enable();
  }

  runs(hasRun: boolean, hasB: boolean): void {
    this.#hasRun = hasRun;
    this.#hasB = hasB;
    this.#enable();
  }

  provider(choice: ProviderChoice): void {
    this.#find<HTMLSelectElement>('[data-provider]').value = choice;
  }

  message(message: LabMessage): void {
    const progress = this.#progress;
    if (message.kind === 'stage') progress.stage(message.stage);
    if (message.kind === 'download') progress.download(message.loadedBytes, message.totalBytes);
    if (message.kind === 'provider') {
      progress.provider(message.provider, message.threads);
      this.#write('[data-reason]', message.reason);
    }
    if (message.kind === 'note') progress.say(message.sentence);
    if (message.kind === 'fallback') {
      progress.say(message.sentence);
      this.#write('[data-reason]', message.sentence);
    }
  }

  frame(frame: LabFrame, epochs: number): void {
    const share = frame.totalSteps > 0 ? frame.step / frame.totalSteps : 1;
    this.#progress.training(frame.epoch, epochs, share, this.#phase !== 'playing');
    this.#progress.pace(frame.millisecondsPerStep);
    this.#write('[data-health]', health(frame));
    this.#showRate(frame.learningRate);
    this.#root.dataset['step'] = String(frame.step);
  }

  failed({ sentence }: Failure, canGoOn: boolean): void {
    this.#progress.end('Broken off');
    this.#write('[data-problem]', sentence);
    this.#button('rescue').hidden = !canGoOn;
  }

  say(sentence: string): void {
    this.#progress.say(sentence);
  }

  /** Milliseconds a step in the run under way; null before any. */
  get pace(): number | null {
    return this.#progress.measuredPace;
  }

  #click(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-act]');
    if (!button || button.disabled) return;
    const act = button.dataset['act'] as Act;
    if (act === 'pause') {
      if (this.#phase === 'playing') this.#actions.pause();
      else this.#actions.play();
    } else if (act === 'continue') {
      const more = this.#find<HTMLInputElement>('[data-more-epochs]').valueAsNumber;
      if (Number.isInteger(more) && more > 0) this.#actions.continue(more);
      else this.say('More epochs: a whole number above 0.');
    } else if (act === 'fork') this.#fork();
    else this.#actions[act]();
  }

  #fork(): void {
    const seed = this.#find<HTMLInputElement>('[data-fork-seed]').valueAsNumber;
    if (!Number.isInteger(seed) || seed < 0 || seed > 4_294_967_295) {
      this.say('Seed of the order: a whole number from 0 to 4294967295.');
      return;
    }
    const optimiser = this.#find<HTMLSelectElement>('[data-fork-optimiser]').value;
    this.#actions.fork({ orderSeed: seed, optimiser: optimiser === '' ? null : optimiser });
  }

  #setRate(rate: number): void {
    if (!(rate > 0 && rate <= 100)) {
      this.say('The learning rate is a number above 0, and at most 100.');
      return;
    }
    this.#showRate(rate, true);
    this.#actions.rate(rate);
    this.say(`From here on the learning rate is ${formatNumber(rate)}.`);
  }

  /** What a reader is typing is not overwritten by a frame. */
  #showRate(rate: number, isAsked = false): void {
    const field = this.#find<HTMLInputElement>('[data-rate]');
    const slider = this.#find<HTMLInputElement>('[data-rate-slider]');
    const isTouched = document.activeElement === field || document.activeElement === slider;
    if (isTouched && !isAsked) return;
    field.value = String(Number(rate.toPrecision(4)));
    slider.value = String(Math.log10(rate));
    slider.setAttribute('aria-valuetext', field.value);
  }

  #enable(): void {
    const phase = this.#phase;
    const isOpen = phase === 'ready' || phase === 'playing' || phase === 'paused';
    const canLook = this.#hasRun && phase !== 'opening';
    const able: Record<Act, boolean> = {
      train: this.#isReady && phase !== 'opening',
      pause: isOpen,
      step: isOpen && phase !== 'playing',
      stop: isOpen || phase === 'ended',
      continue: canLook && phase !== 'playing',
      fork: canLook && phase !== 'playing',
      keep: canLook,
      drop: this.#hasB,
      rescue: true,
    };
    for (const [act, isAble] of Object.entries(able)) this.#button(act as Act).disabled = !isAble;
    this.#button('train').textContent = phase === 'idle' ? 'Train' : 'Train anew';
    this.#button('pause').textContent = phase === 'playing' || !isOpen ? 'Pause' : 'Play';
    for (const control of ['[data-rate]', '[data-rate-slider]'])
      this.#find<HTMLInputElement>(control).disabled = !(isOpen || phase === 'ended');
  }

  #find<E extends HTMLElement>(selector: string): E {
    return this.#root.querySelector<E>(selector)!;
  }

  #button(act: Act): HTMLButtonElement {
    return this.#find(`[data-act="${act}"]`);
  }

  #write(selector: string, text: string): void {
    const place = this.#find(selector);
    if (place.textContent !== text) place.textContent = text;
  }
}
