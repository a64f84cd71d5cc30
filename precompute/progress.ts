// Shows which experiment and stage is running and how long it still takes: a bar, or plain lines where there is no terminal.
import { Presets, SingleBar } from 'cli-progress';
import { printable } from './output.ts';

export interface Progress {
  /** Another experiment: 'fifty', '1 of 3'. */
  experiment(name: string, position: string): void;
  /** Another stage, and the share of the whole experiment's work that it is, 0 to 1. */
  stage(name: string, share: number): void;
  /** How much of the stage is done, 0 to 1. */
  update(done: number): void;
  /** A line for the reader that stays. */
  note(line: string): void;
  /** The experiment is done, or given up. */
  stop(): void;
}

/** Turns stages' shares into one fraction of the experiment and the time left from the pace so far. */
export interface Pace {
  begin(share: number): void;
  /** @returns fraction of the experiment done, 0 to 1, and seconds left, or null while that is a guess. */
  at(done: number): { fraction: number; secondsLeft: number | null };
}

/** Before this share is done, the pace says little. */
const leastFraction = 0.03;

export function createPace(now: () => number = () => performance.now()): Pace {
  const started = now();
  let before = 0;
  let share = 0;
  return {
    begin(next) {
      before = Math.min(1, before + share);
      share = next;
    },
    at(done) {
      const fraction = Math.min(1, before + share * Math.max(0, Math.min(1, done)));
      const elapsed = (now() - started) / 1000;
      const secondsLeft = fraction < leastFraction ? null : (elapsed / fraction) * (1 - fraction);
      return { fraction, secondsLeft };
    },
  };
}

/** `12 s left`, `3 min 05 s left`. */
export function timeLeft(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return 'time left: measuring';
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s left`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s left`;
}

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? barProgress(stream) : lineProgress(stream);
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | null = null;
  let pace = createPace();
  let label = '';
  let stage = '';
  const draw = (done: number) => {
    const { fraction, secondsLeft } = pace.at(done);
    bar?.update(Math.round(fraction * 100), { label, stage, left: timeLeft(secondsLeft) });
  };
  const stop = () => {
    bar?.stop();
    bar = null;
  };
  return {
    experiment(name, position) {
      stop();
      pace = createPace();
      label = `${name} (${position})`;
      const format = '{label}  {bar} {percentage}%  {stage}, {left}';
      bar = new SingleBar(
        {
          stream,
          format,
          hideCursor: true,
          clearOnComplete: true,
          stopOnComplete: false,
          barsize: 24,
        },
        Presets.shades_classic,
      );
      bar.start(100, 0, { label, stage: 'starting', left: timeLeft(null) });
    },
    stage(name, share) {
      stage = name;
      pace.begin(share);
      draw(0);
    },
    update: draw,
    note(line) {
      // The bar redraws itself below the line.
      stream.write(`\r\u001b[K${printable(line)}\n`);
    },
    stop() {
      stop();
      stream.write('\r\u001b[K');
    },
  };
}

const millisecondsBetweenLines = 5000;

function lineProgress(stream: NodeJS.WriteStream): Progress {
  let pace = createPace();
  let label = '';
  let stage = '';
  let lastLine = 0;
  return {
    experiment(name, position) {
      pace = createPace();
      label = `${name} (${position})`;
    },
    stage(name, share) {
      stage = name;
      pace.begin(share);
      lastLine = performance.now();
      stream.write(`${label}: ${stage}\n`);
    },
    update(done) {
      if (performance.now() - lastLine < millisecondsBetweenLines) return;
      lastLine = performance.now();
      const { fraction, secondsLeft } = pace.at(done);
      stream.write(
        `${label}: ${stage}, ${Math.round(fraction * 100)}%, ${timeLeft(secondsLeft)}\n`,
      );
    },
    note(line) {
      stream.write(`${printable(line)}\n`);
    },
    stop() {},
  };
}
