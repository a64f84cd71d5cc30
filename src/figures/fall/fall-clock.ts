// The eight seconds of the fall as shares of its clock: fifty learn, the reader wonders, the ground turns to glass, they drop.

/** Seconds that the whole takes when it plays by itself. */
export const fallSeconds = 8;

/** Where each part begins and ends, 0 to 1. */
const parts = {
  learning: [0.05, 0.46],
  glass: [0.57, 0.67],
  drops: [0.63, 0.94],
  /** The reader sinks below the ground's rim to see under it. */
  sinking: [0.5, 0.9],
} as const;

/** How much of the drops' time one light takes; the others begin earlier or later. */
const oneDrop = 0.55;

export interface FallMoment {
  /** How far training is shown, 0 to 1. */
  readonly learnt: number;
  /** From solid ground, 0, to glass, 1. */
  readonly glass: number;
  /** From above the rim, 0, to beside the drops, 1. */
  readonly sunk: number;
  /** How far the light at `rank` has dropped, 0 to 1; ranks run from 0 to 1, and the first go first. */
  dropped(rank: number): number;
}

const share = (at: number, [from, to]: readonly [number, number]): number =>
  Math.min(1, Math.max(0, (at - from) / (to - from)));

/** Slow at both ends. */
const eased = (t: number): number => t * t * (3 - 2 * t);

/** From rest, ever faster, and soft at the very end: a fall that is caught. */
const falling = (t: number): number => (t < 0.8 ? 1.2 * t * t : 1 - 5.8 * (1 - t) ** 2);

export const fallMoment = (at: number): FallMoment => ({
  learnt: share(at, parts.learning),
  glass: eased(share(at, parts.glass)),
  sunk: eased(share(at, parts.sinking)),
  dropped: (rank) => {
    const time = share(at, parts.drops);
    return falling(share(time, [rank * (1 - oneDrop), rank * (1 - oneDrop) + oneDrop]));
  },
});

/** What is happening, for captions and for readers who hear the picture: where each begins. */
export const fallBeats = [
  { from: 0, name: 'start' },
  { from: 0.05, name: 'learn' },
  { from: 0.46, name: 'wonder' },
  { from: 0.57, name: 'drop' },
  { from: 0.94, name: 'rest' },
] as const;

export type FallBeat = (typeof fallBeats)[number]['name'];

export const beatAt = (at: number): FallBeat =>
  (fallBeats.findLast(({ from }) => at >= from) ?? fallBeats[0]).name;
