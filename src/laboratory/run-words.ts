// What a run is doing, in a line: where it stands, who diverged, which units have gone silent.
import { formatNumber } from '../figures/kit/format.ts';
import { plural } from '../learning/counted.ts';
import type { TrainingFrame } from '../worker/run/run-messages.ts';

/** At most so many networks are named. */
const mostNamed = 6;

export function health({
  divergedAt,
  silentUnits,
}: Pick<TrainingFrame, 'divergedAt' | 'silentUnits'>): string {
  const lost = indices(divergedAt, (step) => step >= 0);
  const silent = silentUnits ? indices(silentUnits, (units) => units > 0) : [];
  const units = silentUnits ? silentUnits.reduce((sum, count) => sum + count, 0) : 0;
  const sentences = [
    lost.length === 0
      ? ''
      : `${formattedCount(lost.length, 'network')} diverged (${named(lost)}): the loss or a weight is no longer a finite number.`,
    silent.length === 0
      ? ''
      : `${formattedCount(units, 'hidden unit')} in ${formattedCount(silent.length, 'network')} (${named(silent)}) ${plural(units, 'is', 'are')} silent: the output is the same for every training point.`,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

const formattedCount = (count: number, noun: string): string =>
  `${formatNumber(count)} ${plural(count, noun)}`;

function indices(values: ArrayLike<number>, wanted: (value: number) => boolean): number[] {
  return Array.from({ length: values.length }, (_, n) => n).filter((n) => wanted(values[n]!));
}

function named(networks: readonly number[]): string {
  const shown = networks.slice(0, mostNamed).join(', ');
  return networks.length > mostNamed ? `${shown} and ${networks.length - mostNamed} more` : shown;
}
