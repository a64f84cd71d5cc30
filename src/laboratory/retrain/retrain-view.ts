// What the widget shows: pictures, sentences, buttons, and the network that is picked.
import type { RunDisplay } from '../../artifact/display.ts';
import { yieldToTasks } from '../../worker/yield-to-tasks.ts';
import type { ProviderChoice } from '../../worker/provider-choice.ts';
import { LiveFigure } from './live-figure.ts';
import { nextFrame } from './next-frame.ts';
import { Progress } from './progress.ts';

export type RetrainPhase = 'idle' | 'training' | 'paused' | 'drawing';

export type RetrainAction = 'train' | 'pause' | 'stop' | 'reset' | 'fallback';

const eachPath = 'Each path is one network.';

/** On which plane the walkers are seen. */
const planeSentences = {
  'published-run': 'The published run, on the plane of its own snapshots.',
  published: `${eachPath} The plane and the surface are those of the published run; live weights are projected onto it.`,
  starts: `${eachPath} While they train, they are seen on the plane of their own starts (principal components of the untrained weights), over a coarse surface evaluated there. The plane of the whole run comes at the end.`,
  own: `${eachPath} Plane and surface were computed just now, from the snapshots of this run.`,
} as const;

export class RetrainView {
  readonly progress: Progress;
  readonly #root: HTMLElement;
  readonly #figures: readonly LiveFigure[];
  #phase: RetrainPhase = 'idle';
  #shown: RunDisplay | null = null;
  #selected = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.progress = new Progress(root);
    this.#figures = [...root.querySelectorAll<HTMLElement>('[data-view]')].map(
      (place) => new LiveFigure(place),
    );
  }

  destroy(): void {
    for (const figure of this.#figures) figure.destroy();
  }

  get phase(): RetrainPhase {
    return this.#phase;
  }

  /** The run in the pictures; null while the drawings in the HTML stand there. */
  get shown(): RunDisplay | null {
    return this.#shown;
  }

  get selected(): number {
    return this.#selected;
  }

  get provider(): ProviderChoice {
    return this.find<HTMLSelectElement>('[data-provider]').value as ProviderChoice;
  }

  async load(): Promise<void> {
    await Promise.all(this.#figures.map((figure) => figure.load()));
  }

  /** Draws one picture a frame, apart from the browser's own work for that frame: no task is long. */
  async show(run: RunDisplay): Promise<void> {
    this.#shown = run;
    for (const figure of this.#figures) {
      if (!document.hidden) await nextFrame();
      await yieldToTasks();
      if (this.#shown !== run) return;
      figure.show(run, this.#selected);
    }
  }

  /** @param most the last of the networks that there are. */
  select(network: number, most: number): void {
    this.#selected = Math.min(network, most);
    const input = this.find<HTMLInputElement>('[data-network]');
    input.max = String(most);
    if (input.valueAsNumber !== this.#selected) input.value = String(this.#selected);
  }

  enter(phase: RetrainPhase): void {
    this.#phase = phase;
    this.#root.dataset['phase'] = phase;
    const isIdle = phase === 'idle';
    // While a run is under way, settings cannot change.
    this.find<HTMLFieldSetElement>('.live-settings').disabled = !isIdle;
    this.button('train').disabled = !isIdle;
    const pause = this.button('pause');
    pause.disabled = phase !== 'training' && phase !== 'paused';
    pause.textContent = phase === 'paused' ? 'Resume' : 'Pause';
    const stop = this.button('stop');
    stop.disabled = isIdle;
    stop.textContent = phase === 'drawing' ? 'Skip the landscape' : 'Stop';
  }

  sayWhichPlane(which: keyof typeof planeSentences): void {
    this.write('.live-plane', planeSentences[which]);
  }

  offerFallback(isOffered: boolean): void {
    this.button('fallback').hidden = !isOffered;
  }

  /** Nothing of a run is said any more. */
  clear(): void {
    this.progress.clear();
    this.write('.live-summary', '');
    this.write('.live-reason', '');
    this.offerFallback(false);
  }

  /** On a small screen the pictures lie below the settings: whoever trains wants to see them. */
  bringIntoView(): void {
    const { top } = this.find('[data-view]').getBoundingClientRect();
    if (top > 0.6 * innerHeight) this.find('.live-report').scrollIntoView({ block: 'start' });
  }

  find<E extends HTMLElement>(selector: string): E {
    return this.#root.querySelector<E>(selector)!;
  }

  button(action: RetrainAction): HTMLButtonElement {
    return this.find(`[data-action="${action}"]`);
  }

  write(selector: '.live-summary' | '.live-reason' | '.live-plane', text: string): void {
    const place = this.find(selector);
    if (place.textContent !== text) place.textContent = text;
  }
}
