// Brings the bar of controls below a figure to life: it changes the figure's state, and shows whatever changes it.
import type { FigureControl } from '../../figures/kit/figure.ts';
import { optionAt, speedNames, speeds } from './control-model.ts';
import { Playback } from './playback.ts';

type State = Readonly<Record<string, unknown>>;

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
  const button = root.querySelector<HTMLButtonElement>('[data-play]');
  const announcer = root.querySelector('[data-say]');
  const { options } = control;
  const textAt = (index: number): string => options[index]?.text ?? '';
  const at = (): number => optionAt(control, figure.state);
  const go = (index: number): void =>
    figure.choose(stateAt(control, Math.min(options.length - 1, Math.max(0, index))), 'at once');

  const playback = new Playback({
    count: options.length,
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
      const where = `${control.name}: ${textAt(at())}`;
      if (announcer) announcer.textContent = isPlaying ? 'Playing.' : `Stopped at ${where}.`;
    },
  });
  const toggle = (): void => (playback.isPlaying ? playback.stop() : playback.start());

  input?.addEventListener('input', () => {
    playback.stop();
    go(input.valueAsNumber);
  });
  if (button) {
    button.addEventListener('click', toggle);
    const moves: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
    root.addEventListener('keydown', (event) => {
      if (event.target === input && event.key === ' ') {
        event.preventDefault();
        toggle();
      }
      const move = moves[event.key];
      if (event.target === button && move !== undefined) {
        event.preventDefault();
        playback.stop();
        go(at() + move);
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

  return {
    reflect(state) {
      const index = optionAt(control, state);
      const text = textAt(index);
      if (input && input.valueAsNumber !== index) input.value = String(index);
      input?.setAttribute('aria-valuetext', text);
      if (output && output.textContent !== text) output.textContent = text;
    },
    stop: () => playback.stop(),
  };
}
