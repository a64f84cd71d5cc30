// Brings the bar of controls below a figure to life: it changes the figure's state, and shows whatever changes it.
import type { FigureControl } from '../../figures/kit/figure.ts';
import type { State } from '../layered-state.ts';
import { optionAt, speedNames, speeds } from './control-model.ts';
import { Playback } from './playback.ts';

/** What plays by itself comes to a page in one file with the bar. */
export { Playback };

export interface Controlled {
  readonly state: State;
  /** Takes a reader's choice; where it is not worth a motion, at once. */
  choose(state: State, how?: 'at once'): void;
  /** Draws a share of the way between two states. */
  pass(from: State, to: State, share: number): void;
}

interface Part {
  reflect(state: State): void;
  stop(): void;
}

export class ControlBar {
  readonly #parts: Part[] = [];

  constructor(form: HTMLElement, controls: readonly FigureControl[], figure: Controlled) {
    for (const control of controls) {
      const root = form.querySelector<HTMLElement>(`[data-key="${CSS.escape(control.key)}"]`);
      if (!root) continue;
      const part =
        control.kind === 'choice' ? choice(root, control, figure) : slider(root, control, figure);
      this.#parts.push(part);
    }
    form.addEventListener('submit', (event) => event.preventDefault());
    for (const field of form.querySelectorAll<HTMLInputElement>('[disabled]')) {
      field.disabled = false;
    }
    this.reflect(figure.state);
  }

  reflect(state: State): void {
    for (const part of this.#parts) part.reflect(state);
  }

  /** Nothing plays where nobody looks. */
  stop(): void {
    for (const part of this.#parts) part.stop();
  }
}

const stateAt = ({ key, options }: FigureControl, index: number): State => ({
  [key]: options[index]?.value ?? null,
});

function choice(root: HTMLElement, control: FigureControl, figure: Controlled): Part {
  const select = root.querySelector('select');
  const radios = [...root.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
  root.addEventListener('change', () => {
    const index = select ? select.selectedIndex : radios.findIndex(({ checked }) => checked);
    if (index >= 0) figure.choose(stateAt(control, index));
  });
  return {
    reflect(state) {
      const index = optionAt(control, state);
      if (select) select.selectedIndex = index;
      radios.forEach((radio, at) => (radio.checked = at === index));
    },
    stop() {},
  };
}

/** A slider over the options; of a 'play' control, with what lets it run by itself. */
function slider(root: HTMLElement, control: FigureControl, figure: Controlled): Part {
  const input = root.querySelector<HTMLInputElement>('input[type="range"]');
  const output = root.querySelector('[data-value]');
  const { options } = control;
  const at = (): number => optionAt(control, figure.state);
  const go = (index: number): void => {
    const within = Math.min(options.length - 1, Math.max(0, index));
    figure.choose(stateAt(control, within), 'at once');
  };
  const playback = playbackOf(root, control, figure, go);
  input?.addEventListener('input', () => {
    playback.stop();
    go(input.valueAsNumber);
  });
  listenForPlay(root, playback, (move) => go(at() + move));
  return {
    reflect(state) {
      const index = optionAt(control, state);
      const text = options[index]?.text ?? '';
      if (input && input.valueAsNumber !== index) input.value = String(index);
      input?.setAttribute('aria-valuetext', text);
      if (output && output.textContent !== text) output.textContent = text;
    },
    stop: () => playback.stop(),
  };
}

/** Plays the options of a slider in its figure, and says so. */
function playbackOf(
  root: HTMLElement,
  control: FigureControl,
  figure: Controlled,
  go: (index: number) => void,
): Playback {
  const button = root.querySelector('[data-play]');
  const announcer = root.querySelector('[data-say]');
  const at = (): number => optionAt(control, figure.state);
  return new Playback({
    count: () => control.options.length,
    at,
    pass(from, to, share) {
      const { state } = figure;
      const end = { ...state, ...stateAt(control, to) };
      figure.pass({ ...state, ...stateAt(control, from) }, end, share);
    },
    arrive: go,
    changed(isPlaying) {
      button?.setAttribute('aria-label', isPlaying ? 'Pause' : 'Play');
      root.toggleAttribute('data-playing', isPlaying);
      const where = `${control.name}: ${control.options[at()]?.text ?? ''}`;
      if (announcer) announcer.textContent = isPlaying ? 'Playing.' : `Stopped at ${where}.`;
    },
  });
}

const moves: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** The buttons of a 'play' control and their keys. */
function listenForPlay(
  root: HTMLElement,
  playback: Playback,
  moveBy: (options: number) => void,
): void {
  const button = root.querySelector<HTMLButtonElement>('[data-play]');
  if (!button) return;
  button.addEventListener('click', () => playback.toggle());
  root.addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLInputElement && event.key === ' ') {
      event.preventDefault();
      playback.toggle();
    }
    const move = moves[event.key];
    if (event.target === button && move !== undefined) {
      event.preventDefault();
      playback.stop();
      moveBy(move);
    }
  });
  const speed = root.querySelector<HTMLButtonElement>('[data-speed]');
  speed?.addEventListener('click', () => {
    const next = (speeds.indexOf(playback.speed as (typeof speeds)[number]) + 1) % speeds.length;
    playback.speed = speeds[next] ?? 1;
    speed.textContent = speedNames[next] ?? '';
    speed.setAttribute('aria-label', `Speed: ${speedNames[next]}`);
  });
}
