// What figures tell the page; none bubbles.

/** The state changed, for whatever reason. */
export const stateEvent = 'atlas-state';
/** <atlas-scrolly> went to another step; its detail is the step's place, from 0. */
export const stepEvent = 'atlas-step';
/** The reader chose something that words of the text had held until then. */
export const releasedEvent = 'atlas-released';
