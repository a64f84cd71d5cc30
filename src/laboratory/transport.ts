// The bar that leads a run: buttons in, words out. What they mean is the laboratory's affair.
import { formatNumber } from '../figures/kit/format.ts';
import type { RunCommand, RunMessage, TrainingFrame } from '../worker/run/run-messages.ts';
import type { Failure } from '../worker/failures.ts';
import type { ProviderChoice } from '../worker/provider-choice.ts';
import { Progress } from './retrain/progress.ts';
import { health } from './run-words.ts';
import type { SessionPhase } from './session.ts';

export interface Fork {
  readonly orderSeed: number;
  /** Null keeps the optimiser that there is. */
  readonly optimiser: string | null;
}

export interface TransportActions {
  train(): void;
  /** Asks something of the run that is open, or was stopped. */
  run(command: RunCommand): void;
  stop(): void;
  provider(choice: ProviderChoice): void;
  continue(moreEpochs: number): void;
  fork(fork: Fork): void;
  keep(): void;
  drop(): void;
  /** After a failure: goes on from what was saved last, on the provider that always works. */
  rescue(): void;
}

type Act = Exclude<keyof TransportActions, 'run' | 'provider'> | 'pause' | 'step';

const phaseSentences: Readonly<Partial<Record<SessionPhase, string>>> = {
  ready: 'Ready: press Play to go on.',
  paused: 'Paused.',
  ended: 'Trained. Look around, or go on longer.',
  stopped: 'Stopped here; press Play to go on.',
};

const phaseWords: Readonly<Record<SessionPhase, string>> = {
  idle: 'Here',
  opening: 'Here',
  ready: 'Ready',
  playing: 'Training',
  paused: 'Paused',
  ended: 'Trained',
  stopped: 'Stopped',
};

/** What is wanted next where a button that had the focus is disabled. */
const nextFocus: Readonly<Partial<Record<Act, Act>>> = {
  train: 'pause',
  pause: 'train',
  stop: 'train',
};

export class Transport {
  readonly #root: HTMLElement;
  readonly #actions: TransportActions;
  readonly #progress: Progress;
  readonly #stop = new AbortController();
  #phase: SessionPhase = 'idle';
  #isReady = false;
  #hasRun = false;
  #hasB = false;
  #frame: TrainingFrame | null = null;
  #epochs = 0;
  /** Networks that diverged, as last said aloud. */
  #lost = 0;
  /** What should have the focus that a button lost by being disabled. */
  #focusNext: Act | null = null;

  constructor(root: HTMLElement, actions: TransportActions) {
    this.#root = root;
    this.#actions = actions;
    this.#progress = new Progress(root);
    const { signal } = this.#stop;
    root.addEventListener('click', (event) => this.#click(event), { signal });
    const more = this.#find<HTMLDetailsElement>('.transport-more');
    more.addEventListener('keydown', ({ key }) => key === 'Escape' && this.#closeMore(), {
      signal,
    });
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
    if (phase === 'opening') {
      this.#write('[data-problem]', '');
      this.#frame = null;
      this.#lost = 0;
    }
    if (phase === 'opening' || phase === 'playing') this.#button('rescue').hidden = true;
    const sentence = phaseSentences[phase];
    if (sentence && !(phase === 'ready' && (this.#frame?.step ?? 0) === 0))
      this.#progress.say(sentence);
    this.#enable();
    this.#showPlace();
  }

  runs(hasRun: boolean, hasB: boolean): void {
    this.#hasRun = hasRun;
    this.#hasB = hasB;
    this.#enable();
  }

  provider(choice: ProviderChoice): void {
    this.#find<HTMLSelectElement>('[data-provider]').value = choice;
  }

  message(message: RunMessage): void {
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

  /** @param planned epochs of the settings: what a frame of later steps knows better. */
  frame(frame: TrainingFrame, planned: number): void {
    this.#frame = frame;
    const { step, totalSteps, epoch } = frame;
    this.#epochs = step > 0 ? Math.round((totalSteps * epoch) / step) : planned;
    this.#showPlace();
    this.#progress.pace(frame.millisecondsPerStep);
    const words = health(frame);
    this.#write('[data-health]', words);
    const lost = frame.divergedAt.filter((step) => step >= 0).length;
    if (lost > this.#lost) this.#progress.say(words);
    this.#lost = lost;
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

  #showPlace(): void {
    if (!this.#frame) return;
    const { step, totalSteps, epoch } = this.#frame;
    const share = totalSteps > 0 ? step / totalSteps : 1;
    if (this.#phase === 'playing') this.#progress.training(epoch, this.#epochs, share, false);
    else this.#progress.at(phaseWords[this.#phase], epoch, this.#epochs, share);
  }

  #click(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-act]');
    if (!button || button.disabled) return;
    const act = button.dataset['act'] as Act;
    if (act === 'pause') this.#actions.run({ kind: this.#phase === 'playing' ? 'pause' : 'play' });
    else if (act === 'step') this.#actions.run({ kind: 'step' });
    else if (act === 'continue') {
      const more = this.#find<HTMLInputElement>('[data-more-epochs]').valueAsNumber;
      if (Number.isInteger(more) && more > 0) this.#actions.continue(more);
      else this.say('More epochs: a whole number above 0.');
    } else if (act === 'fork') this.#fork();
    else this.#actions[act]();
    if (button.closest('.transport-more')) this.#closeMore();
  }

  /** What lies open over the pictures goes once it has done its work; the focus stays where it was opened. */
  #closeMore(): void {
    const more = this.#find<HTMLDetailsElement>('.transport-more');
    const hadFocus = more.contains(document.activeElement);
    more.open = false;
    if (hadFocus) more.querySelector('summary')!.focus();
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
    this.#actions.run({ kind: 'set-learning-rate', learningRate: rate });
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
    const canResume = phase === 'stopped' && this.#hasRun;
    const able: Record<Act, boolean> = {
      train: this.#isReady && phase !== 'opening',
      pause: isOpen || canResume,
      step: isOpen && phase !== 'playing',
      stop: isOpen || phase === 'ended' || phase === 'opening',
      continue: canLook && phase !== 'playing',
      fork: canLook && phase !== 'playing',
      keep: canLook,
      drop: this.#hasB,
      rescue: true,
    };
    for (const [act, isAble] of Object.entries(able) as [Act, boolean][]) {
      const button = this.#button(act);
      if (!isAble && document.activeElement === button) this.#focusNext = nextFocus[act] ?? null;
      button.disabled = !isAble;
    }
    this.#passFocusOn();
    this.#button('train').textContent = phase === 'idle' ? 'Train' : 'Train anew';
    const isPlay = canResume || (isOpen && phase !== 'playing');
    this.#button('pause').textContent = isPlay ? 'Play' : 'Pause';
    for (const control of ['[data-rate]', '[data-rate-slider]'])
      this.#find<HTMLInputElement>(control).disabled = !(isOpen || phase === 'ended');
  }

  /** A button that had the focus and was disabled gives it to the one that is wanted next, once that can be pressed. */
  #passFocusOn(): void {
    if (this.#focusNext === null) return;
    const next = this.#button(this.#focusNext);
    const holder = document.activeElement;
    // A browser takes the focus from a disabled button a moment later.
    const isLost =
      holder === document.body || (holder instanceof HTMLButtonElement && holder.disabled);
    if (!isLost) this.#focusNext = null;
    else if (!next.disabled && !next.hidden) {
      next.focus();
      this.#focusNext = null;
    }
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
