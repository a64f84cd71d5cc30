// What a panel says where there is no picture yet: what it waits for, and what to do.
import type { LabRun } from '../lab-run.ts';
import type { PanelKind } from './panel-kind.ts';
import { factsOf } from './panel-needs.ts';
import { isReady } from './analysis-subject.ts';
import type { Experiment } from '../../learning/experiment.ts';

export const unknownKind = (name: string): string =>
  `There is no picture called “${name}” here: choose another from the list.`;

/** What rules the picture out of these runs, or of these settings where nothing has run; null where nothing does. */
export function refusalOf(
  { needs, source }: PanelKind,
  runs: readonly LabRun[],
  settings: Experiment,
): string | null {
  if (runs.length === 0) return needs(factsOf(settings, null));
  const compares = source.of === 'analysis' && source.compares;
  for (const { display } of compares ? runs : runs.slice(0, 1)) {
    const said = display && needs(factsOf(display.experiment, display.data));
    if (said) return said;
  }
  return null;
}

/** Of a panel that asks: why it cannot ask now; null where it can. */
export function whyNotAsked({ source }: PanelKind, runs: readonly LabRun[]): string | null {
  if (source.of === 'analysis' && source.compares && runs.length < 2) {
    return 'This compares two runs: keep one as B, then train another.';
  }
  if (runs.length === 0) return 'It is computed when you ask for it, as soon as there is a run.';
  if (!runs.every(isReady)) {
    return 'It is computed from the weights of a run: pause it, or let it end, and press Compute.';
  }
  return null;
}

export function whatIsAwaited(kind: PanelKind, runs: readonly LabRun[]): string {
  if (kind.source.of !== 'run') {
    return whyNotAsked(kind, runs) ?? 'Not computed yet: press Compute.';
  }
  if (runs.length === 0) return 'It is drawn as soon as there is a run, and moves with it.';
  return kind.source.part === 'landscape'
    ? 'The map comes with the first frames of a run; a run that was opened has it after its next step.'
    : 'It comes with the first frame.';
}
