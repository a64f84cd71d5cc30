// What a page may ask of itself.

/** Bytes: of a whole run, above which it is refused, and of one chunk of networks in it. */
export const pageMemory = { whole: 1.5e9, chunk: 128 * 2 ** 20 };

/** The network whose first weights are compared with those of the published run. */
export const witness = 17;

/** Grid points a side of a boundary: of one network while training, of all of them at the end. */
export const boundarySize = 48;
