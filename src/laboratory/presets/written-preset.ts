// A preset as the build writes it: what differs from the classic settings, and nothing else.
import type { PanelState } from '../lab-state.ts';

export interface WrittenPreset {
  /** In addresses: never changed, once published. */
  readonly id: string;
  /** Under which heading of the list it stands. */
  readonly group: string;
  readonly title: string;
  readonly experiment: Readonly<Record<string, unknown>>;
  readonly panel: PanelState | null;
}
