// How strongly each network shines: all alike, or the picked one alone.
import type { FallModel } from './fall-model.ts';

/** The others while one is picked. */
const dimmed = 0.16;

export const strengthsOf = ({ networks }: FallModel, selected: number | null): number[] =>
  networks.map(({ network }) => (selected === null || network === selected ? 1 : dimmed));
