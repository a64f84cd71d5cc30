// What a kind of panel is: a figure, where its data come from, and what it needs.
import type { AnalysisSpec } from '../../landscape/analyses/index.ts';
import type { Need } from './panel-needs.ts';

export const themes = {
  data: 'Data and boundaries',
  training: 'Training',
  landscape: 'Landscapes',
  solutions: 'Solutions compared',
  curvature: 'Curvature',
  comparison: 'A against B',
} as const;

export type Theme = keyof typeof themes;

export type PanelSource =
  /** Drawn of the run as it is, frame by frame. */
  | { readonly of: 'run'; readonly part: 'curves' | 'data' | 'boundaries' | 'landscape' }
  /** The plane of all snapshots and the surface over it. */
  | { readonly of: 'landscape' }
  /** What every network answers on the input plane. */
  | { readonly of: 'boundaries' }
  | {
      readonly of: 'analysis';
      readonly analysis: AnalysisSpec['kind'];
      /** Asks about A and B together. */
      readonly compares?: boolean;
      /** Whether there is anything to set; see panel-settings.ts. */
      readonly isSettable?: boolean;
    };

export interface PanelKind {
  /** Its name in the state of the laboratory, in links and files: never changed, once published. */
  readonly kind: string;
  readonly theme: Theme;
  readonly title: string;
  /** One or two sentences: what it shows, and how to read it. */
  readonly help: string;
  /** A name of `figures/index.ts`. */
  readonly figure: string;
  readonly source: PanelSource;
  /** Laid over the figure's initial state. */
  readonly state?: Readonly<Record<string, unknown>>;
  readonly needs: Need;
}
