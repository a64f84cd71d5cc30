// What a panel asks the analysis worker: its settings, a button, how far it has come, and the answer with what has changed since.
import { estimateAnalysis } from '../estimate/analysis-cost.ts';
import type { LabStore } from '../lab-store.ts';
import type { LabRun, RunKey } from '../lab-run.ts';
import type { PanelState } from '../lab-state.ts';
import { versionOf, whatHasChanged } from './staleness.ts';
import { wantedText, type Answered, type Answers, type Wanted } from './analysis-answers.ts';
import { whyNotAsked } from './card-words.ts';
import type { PanelKind } from './panel-kind.ts';
import { isReady, type ReadyRun } from './analysis-subject.ts';

type Settings = typeof import('./panel-settings.ts');

/** Fetched with the first question; from then on answers that are known can be found without asking. */
let settings: Settings | null = null;

export async function fetchSettings(): Promise<Settings> {
  settings ??= await import('./panel-settings.ts');
  return settings;
}

export interface QuestionHost {
  readonly store: LabStore;
  readonly answers: Answers;
  onLandscape(key: RunKey, landscapeInPlane: LabRun['landscapeInPlane']): void;
  /** Multiply-adds a second on this machine; null before anything was measured. */
  measuredSpeed(): number | null;
  /** Another answer is there, or there is another reason for there being none. */
  changed(): void;
}

export class CardQuestion {
  readonly #card: HTMLElement;
  readonly #host: QuestionHost;
  readonly #kind: PanelKind;
  #panel: PanelState;
  #runs: readonly LabRun[] = [];
  #answered: Answered | null = null;
  /** The settings, as written, that the answer belongs to. */
  #askedWith = '';
  #asking: AbortController | null = null;
  /** Why the last question has no answer. */
  #failure = '';

  constructor(card: HTMLElement, kind: PanelKind, panel: PanelState, host: QuestionHost) {
    this.#card = card;
    this.#kind = kind;
    this.#panel = panel;
    this.#host = host;
    this.#part('ask').hidden = false;
  }

  get answered(): Answered | null {
    return this.#answered;
  }

  take(panel: PanelState, runs: readonly LabRun[]): void {
    this.#panel = panel;
    this.#runs = runs;
    this.#adopt();
    this.#reflect();
  }

  async compute(): Promise<void> {
    if (this.#asking || whyNotAsked(this.#kind, this.#runs) !== null) return;
    const runs = this.#runs.filter(isReady);
    const asking = new AbortController();
    this.#asking = asking;
    this.#failure = '';
    this.#progress(null, 'Waiting for its turn');
    this.#reflect();
    try {
      const written = JSON.stringify(this.#panel.analysis);
      await fetchSettings();
      const wanted = this.#wanted(runs);
      const { provider } = this.#host.store.state;
      const outcome = await this.#host.answers.ask(
        wanted,
        runs,
        provider,
        ({ share, doing }) => this.#progress(share, doing),
        asking.signal,
      );
      if (this.#asking !== asking) return;
      if (outcome.kind === 'answered') {
        this.#answered = outcome.answered;
        this.#askedWith = written;
        const { landscapeInPlane } = outcome.answered;
        // Of a run that has gone since, it would pass for that of another.
        if (landscapeInPlane && this.#change() === null)
          this.#host.onLandscape(runs[0]!.key, landscapeInPlane);
      } else if (outcome.kind === 'failed') this.#failure = outcome.sentence;
      else this.#failure = 'Cancelled.';
    } catch (error) {
      if (this.#asking !== asking) return;
      this.#failure = sentenceOf(error);
    }
    this.#asking = null;
    this.#reflect();
    this.#host.changed();
  }

  cancel(): void {
    this.#asking?.abort();
  }

  destroy(): void {
    this.#asking?.abort();
    this.#asking = null;
    this.#part('ask').hidden = true;
    this.#say('');
  }

  /** @throws ExperimentError where the settings do not fit. */
  #wanted(runs: readonly ReadyRun[]): Wanted {
    const { source, kind } = this.#kind;
    if (source.of !== 'analysis') return { of: source.of as 'landscape' | 'boundaries' };
    const { experiment } = runs[0]!.training;
    const { spec } = settings!.settingsOf(kind, this.#panel.analysis, experiment);
    return { of: 'analysis', spec };
  }

  /** Takes an answer that another panel has asked for. */
  #adopt(): void {
    const runs = this.#runs.filter(isReady);
    if (runs.length < this.#runs.length || whyNotAsked(this.#kind, this.#runs) !== null) return;
    if (this.#kind.source.of === 'analysis' && !settings) return;
    try {
      const wanted = this.#wanted(runs);
      const isOurs = this.#answered?.wanted === wantedText(wanted) && !this.#change();
      if (isOurs) return;
      const known = this.#host.answers.known(wanted, runs) ?? landscapeOf(this.#kind, runs[0]!);
      if (!known) return;
      this.#answered = known;
      this.#askedWith = JSON.stringify(this.#panel.analysis);
      this.#failure = '';
    } catch {
      // Settings that do not fit are told when they are asked with.
    }
  }

  /** What is no longer as it was when the answer was given. */
  #change(): string | null {
    const { versions: then } = this.#answered ?? {};
    if (!then) return null;
    if (JSON.stringify(this.#panel.analysis) !== this.#askedWith)
      return 'The settings have changed since this was computed.';
    const runs = this.#runs.filter(isReady);
    if (runs.length !== then.length) return 'This was computed of other runs.';
    for (const [index, run] of runs.entries()) {
      const stepNow = Math.max(run.training.state.step, run.display.curves.steps.at(-1) ?? 0);
      const said = whatHasChanged(then[index]!, versionOf(run), stepNow);
      if (said) return said;
    }
    return null;
  }

  #reflect(): void {
    const why = whyNotAsked(this.#kind, this.#runs);
    const change = this.#change();
    const isAsking = this.#asking !== null;
    const compute = this.#card.querySelector<HTMLButtonElement>('[data-act="compute"]')!;
    const cancel = this.#card.querySelector<HTMLButtonElement>('[data-act="cancel"]')!;
    const isCurrent = this.#answered !== null && change === null;
    const hadFocus = document.activeElement === compute || document.activeElement === cancel;
    compute.hidden = isAsking || isCurrent;
    compute.disabled = why !== null;
    const text = this.#answered ? 'Compute again' : 'Compute';
    if (compute.textContent !== text) compute.textContent = text;
    cancel.hidden = !isAsking;
    if (hadFocus && isAsking) cancel.focus();
    if (hadFocus && !isAsking && !compute.hidden) compute.focus();
    this.#part('ask').hidden = !isAsking && compute.hidden;
    this.#card.querySelector('progress')!.hidden = !isAsking;
    if (!isAsking) this.#part('doing').textContent = compute.disabled ? '' : this.#cost();
    this.#card.toggleAttribute('data-asking', isAsking);
    this.#say(this.#failure || (change ?? ''));
  }

  /** What the answer will take, where that is simple to say. */
  #cost(): string {
    const [run] = this.#runs.filter(isReady);
    if (!run || this.#kind.source.of !== 'analysis') return '';
    if (!settings) {
      fetchSettings().then(
        () => this.#reflect(),
        () => {},
      );
      return '';
    }
    const { experiment } = run.training;
    const { features, outputs, train, test } = run.display.data;
    const size = { samples: train.count + test.count, features, outputs };
    try {
      const { spec } = settings.settingsOf(this.#kind.kind, this.#panel.analysis, experiment);
      return estimateAnalysis(spec, experiment, size, this.#host.measuredSpeed()) ?? '';
    } catch {
      // Settings that do not fit are told when they are asked with.
      return '';
    }
  }

  #progress(share: number | null, doing: string): void {
    const bar = this.#card.querySelector('progress')!;
    if (share === null) bar.removeAttribute('value');
    else bar.value = share;
    bar.setAttribute('aria-label', doing);
    const percent = share === null ? '' : `, ${Math.round(100 * share)}%`;
    this.#part('doing').textContent = `${doing}${percent}`;
  }

  #say(sentence: string): void {
    const note = this.#part('note');
    if (note.textContent !== sentence) note.textContent = sentence;
  }

  #part(name: string): HTMLElement {
    return this.#card.querySelector<HTMLElement>(`[data-${name}]`)!;
  }
}

const landscapes = new WeakMap<object, Answered>();

/** The landscape that the run itself brings: computed in another place, or with the run that was opened. */
function landscapeOf({ source }: PanelKind, run: ReadyRun): Answered | null {
  const { landscapeInPlane } = run;
  if (source.of !== 'landscape' || !landscapeInPlane) return null;
  const known = landscapes.get(landscapeInPlane);
  if (known) return known;
  const step = landscapeInPlane.landscape.snapshotSteps.at(-1) ?? 0;
  const answered: Answered = {
    data: { ...run.display, landscape: landscapeInPlane.landscape },
    versions: [{ ...versionOf(run), step }],
    wanted: wantedText({ of: 'landscape' }),
    landscapeInPlane,
  };
  landscapes.set(landscapeInPlane, answered);
  return answered;
}

function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
