// The lines between small- and large-batch solutions as a picture wants them: names, typical values, valleys.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { ValleyLine } from '../../landscape/analyses/valleys/valleys-result.ts';
import { batchName, decayName } from '../kit/setting-names.ts';
import { oneOf, orNull, pickedNetwork, text, truth, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export type ValleyGuess = 'from' | 'to' | 'neither';

export const valleyLinesState = {
  /** Key of the line drawn; null for the first. */
  line: orNull(text('')),
  quantity: oneOf(['loss', 'accuracy'], 'loss'),
  scale: oneOf(['log', 'linear'], 'linear'),
  /** Draws one pair, named by the number of its small-batch network. */
  selected: pickedNetwork(),
  guess: orNull(oneOf<readonly ValleyGuess[]>(['from', 'to', 'neither'], 'neither')),
  /** Gives the widths of all lines, not only of the first. */
  revealed: truth(false),
};
export type ValleyLinesState = StateOf<typeof valleyLinesState>;

export interface ValleyEnd {
  /** 'batches of 32'. */
  readonly name: string;
  /** Mean width of the valley over the pairs whose valley does not leave the line. */
  readonly width: number;
  readonly norm: { readonly value: number; readonly interval: readonly [number, number] };
}

export interface Valley {
  readonly key: string;
  /** 'no weight decay', 'weight decay 0.002'. */
  readonly name: string;
  readonly line: ValleyLine;
  readonly ends: readonly [ValleyEnd, ValleyEnd];
  /** Width at the second end less that at the first; the interval is null where a single pair gives none. */
  readonly difference: {
    readonly value: number;
    readonly interval: readonly [number, number] | null;
  };
}

export interface Valleys {
  readonly lines: readonly Valley[];
  /** The rise of the loss that bounds a valley. */
  readonly rise: number;
  readonly reach: number;
}

function meanOf(values: ArrayLike<number>): number {
  const finite = Array.from(values).filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}

const absence = 'This study drew no lines between solutions.';

export function valleysOf(data: StudyDisplay): Valleys | string {
  const found = resultOfKind(data, 'valleys');
  if (found === null) return absence;
  const spec = data.study.analyses[found.name];
  if (spec?.kind !== 'valleys') return absence;
  const experimentOf = (key: string) =>
    data.study.conditions.find((condition) => condition.key === key)!.experiment;
  const lines = Object.entries(found.result.lines).map(([key, line]): Valley => {
    const [from, to] = [experimentOf(line.from), experimentOf(line.to)];
    const { count, meanDifference } = line.widths;
    return {
      key,
      name: decayName(from),
      line,
      ends: [
        { name: batchName(from), width: meanOf(line.fromWidth.values), norm: line.fromNorm },
        { name: batchName(to), width: meanOf(line.toWidth.values), norm: line.toNorm },
      ],
      difference: {
        value: meanDifference.value,
        interval: count < 2 ? null : meanDifference.interval,
      },
    };
  });
  return { lines, rise: spec.rise, reach: spec.reach };
}

/** The line that a state asks for, or the first. */
export const valleyOf = ({ lines }: Valleys, key: string | null): Valley =>
  lines.find((valley) => valley.key === key) ?? lines[0]!;

/** False while a reader is asked for its answer. */
export const isKnown = (valleys: Valleys, valley: Valley, revealed: boolean): boolean =>
  revealed || valley === valleys.lines[0];

export interface Quartiles {
  readonly low: Float64Array;
  readonly median: Float64Array;
  readonly high: Float64Array;
}

/** Lower quartile, median and upper quartile over pairs, at each point of the line. */
export function quartiles(values: ArrayLike<number>, points: number): Quartiles {
  const pairs = values.length / points;
  const column = (t: number): number[] =>
    Array.from({ length: pairs }, (_, m) => values[m * points + t]!).sort((a, b) => a - b);
  const quantile = (sorted: readonly number[], share: number): number => {
    const at = share * (sorted.length - 1);
    const below = sorted[Math.floor(at)]!;
    return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below);
  };
  const columns = Array.from({ length: points }, (_, t) => column(t));
  const along = (share: number): Float64Array =>
    Float64Array.from(columns, (sorted) => quantile(sorted, share));
  return { low: along(0.25), median: along(0.5), high: along(0.75) };
}

/** The stretch of a line on which the loss is under a level. */
export interface ValleyExtent {
  readonly level: number;
  readonly left: number;
  readonly right: number;
}

/** Where a loss along `alphas` leaves the stretch within `rise` of its value at `centre`; null where it does not, or `centre` is no point. */
export function valleyExtent(
  loss: ArrayLike<number>,
  alphas: ArrayLike<number>,
  centre: number,
  rise: number,
): ValleyExtent | null {
  const at = Array.from(alphas).findIndex((alpha) => Math.abs(alpha - centre) < 1e-6);
  if (at < 0) return null;
  const level = loss[at]! + rise;
  const crossing = (step: 1 | -1): number | null => {
    for (let t = at + step; t >= 0 && t < alphas.length; t += step) {
      const [inside, outside] = [loss[t - step]!, loss[t]!];
      if (outside <= level) continue;
      const share = (level - inside) / (outside - inside);
      return alphas[t - step]! + share * (alphas[t]! - alphas[t - step]!);
    }
    return null;
  };
  const [left, right] = [crossing(-1), crossing(1)];
  return left === null || right === null ? null : { level, left, right };
}
