// The state that a figure is drawn in: its own beginning, what the panel says where the figure knows it, and the network picked.
import type { FigureControl } from '../../figures/kit/figure.ts';
import type { AnyStateSchema } from '../../figures/kit/state-fields.ts';
import type { State } from '../../elements/layered-state.ts';

export interface StateOptions {
  /** What each key of the figure's state may hold. */
  readonly schema: AnyStateSchema;
  readonly initial: State;
  readonly controls: readonly FigureControl[];
  /** As kept, or as a link says: not to be trusted. */
  readonly written: State;
  readonly selected: number | null;
  /** Networks that there are. */
  readonly networks: number;
}

export function figureState({
  schema,
  initial,
  controls,
  written,
  selected,
  networks,
}: StateOptions): State {
  const state: Record<string, unknown> = { ...initial };
  for (const control of controls) {
    const { key } = control;
    if (key === 'selected' || !Object.hasOwn(written, key)) continue;
    if (takes(control, written[key]) && (schema[key]?.takes(written[key]) ?? true))
      state[key] = written[key];
  }
  const { eye } = written;
  if (eye !== undefined && schema['eye']?.takes(eye)) state['eye'] = eye;
  if ('selected' in initial) {
    const own = controls.find(({ key }) => key === 'selected');
    const isThere = selected !== null && selected < networks;
    const isOffered = !own || own.options.some(({ value }) => value === selected);
    state['selected'] = isThere && isOffered ? selected : initial['selected'];
  }
  return state;
}

/** A moment of training may lie between two records that are drawn now. */
function takes({ kind, options }: FigureControl, value: unknown): boolean {
  if (options.some((option) => option.value === value)) return true;
  if (kind === 'choice' || typeof value !== 'number' || !Number.isFinite(value)) return false;
  const numbers = options.map((option) => option.value).filter((each) => typeof each === 'number');
  return value >= Math.min(...numbers) && value <= Math.max(...numbers);
}
