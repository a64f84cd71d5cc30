// What <atlas-figure> tells the page; neither bubbles.

/** The state changed, for whatever reason. */
export const stateEvent = 'atlas-state';
/** The reader chose something that words of the text had held until then. */
export const releasedEvent = 'atlas-released';
