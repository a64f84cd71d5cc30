// A run of the laboratory as its parts see it: what is drawn, what is analysed, what is taken away.
import type { RunDisplay } from '../artifact/display.ts';
import type { Landscape, Plane } from '../landscape/landscape.ts';
import type { SavedTraining } from '../worker/run/run-messages.ts';

/** 'a' is the run under way, 'b' the one it is compared with. */
export type RunKey = 'a' | 'b';

export interface LabRun {
  readonly key: RunKey;
  readonly title: string;
  /** As it can be drawn now: grows with every frame; null before the first. */
  readonly display: RunDisplay | null;
  /** As it was when it last paused or ended; null before that. Another object whenever it has gone on. */
  readonly training: SavedTraining | null;
  /** Contents of the reader's own CSV file, where the data are one. */
  readonly csv: string | null;
  /** `[N, P]` where the run began, if it was not where the initialiser says. */
  readonly startWeights: Float32Array | null;
  /** Landscape and plane of `training`, once computed. */
  readonly landscapeInPlane: { readonly landscape: Landscape; readonly plane: Plane } | null;
}
