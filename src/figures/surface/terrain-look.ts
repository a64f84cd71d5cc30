// What the live ground and the still one share of their look: lines, the cut top, the block's faces.

/** Contour lines, in CSS pixels, as on the maps. */
export const lineLooks = {
  plain: { width: 0.7, opacity: 0.32 },
  index: { width: 1.15, opacity: 0.58 },
} as const;

/** The level from which the ground is cut off: a little above 1, where rounding ends. */
export const cutFrom = 1.0005;

/** How much white is mixed into the highest tint where the ceiling cuts the ground flat. */
export const cutPaleness = 0.4;

/** The cut faces: paper under a veil that is densest at the rim and gone at the floor. */
export const wallVeil = { colour: [128, 120, 106], opacity: 0.5, darker: 0.72 } as const;

/** Opacity of the veil at a share of the block's height; faces across X are `darker`. */
export const veilAt = (height: number, isAcross: boolean): number =>
  wallVeil.opacity * height ** 1.4 * (isAcross ? 1 : wallVeil.darker);

/** Lines across the cut faces at the heights of index lines, so that the eye carries a height from the edge to the ground. */
export const wallLine = { width: 0.8, opacity: 0.32 } as const;

/** Where a network began is said more quietly than where it is. */
export const startSize = 0.82;
