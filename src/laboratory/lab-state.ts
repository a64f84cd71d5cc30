// Everything that a reader has set in the laboratory: plain data, kept in addresses, on the device, and in the list of what can be undone.
import type { Experiment } from '../learning/experiment.ts';
import type { ProviderChoice } from '../worker/provider-choice.ts';

/** One picture on the board. */
export interface PanelState {
  /** A name of the list in panels/catalogue.ts. */
  readonly kind: string;
  /** What its controls say; keys and values as in a figure's state. */
  readonly figure: Readonly<Record<string, string | number | boolean | null>>;
  /** Settings of the analysis that it asks for, as written; null where it draws the run itself. */
  readonly analysis: Readonly<Record<string, unknown>> | null;
  /** Takes the whole width of the board. */
  readonly wide: boolean;
}

export interface LabState {
  /** The settings in the form: complete and valid. */
  readonly experiment: Experiment;
  /** Settings of the run to compare with (B), or null. */
  readonly compared: Experiment | null;
  readonly panels: readonly PanelState[];
  /** The network picked in all panels. */
  readonly selected: number | null;
  readonly provider: ProviderChoice;
}
