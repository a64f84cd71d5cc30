// Answers about runs as they were saved: asked once, shared by the panels that want the same, and let go with the run.
import type { RunDisplay, StudyDisplay } from '../../artifact/display.ts';
import type { AnalysisSpec } from '../../landscape/analyses/index.ts';
import type { AnalysisClient } from '../../worker/analysis/analysis-client.ts';
import type { Question, QuestionProgress } from '../../worker/analysis/analysis-messages.ts';
import type { SavedTraining } from '../../worker/run/run-messages.ts';
import type { ProviderChoice } from '../../worker/provider-choice.ts';
import type { LabRun } from '../lab-run.ts';
import { versionOf, type RunVersion } from './staleness.ts';
import { studyOf, subjectOf, type ReadyRun } from './analysis-subject.ts';

/** What a panel wants to know. */
export type Wanted =
  | { readonly of: 'landscape' | 'boundaries' }
  | { readonly of: 'analysis'; readonly spec: AnalysisSpec };

export interface Answered {
  readonly data: RunDisplay | StudyDisplay;
  readonly versions: readonly RunVersion[];
  /** What was asked, to be compared. */
  readonly wanted: string;
  readonly landscapeInPlane: LabRun['landscapeInPlane'];
}

export type Outcome =
  | { readonly kind: 'answered'; readonly answered: Answered }
  | { readonly kind: 'failed'; readonly sentence: string }
  | { readonly kind: 'cancelled' };

export const wantedText = (wanted: Wanted): string => JSON.stringify(wanted);

const cancelled: Outcome = { kind: 'cancelled' };

export class Answers {
  readonly #client: AnalysisClient;
  /** By the first run's saved training, then by what was asked and of whom. */
  readonly #known = new WeakMap<SavedTraining, Map<string, Answered>>();
  readonly #numbers = new WeakMap<SavedTraining, number>();
  #count = 0;

  constructor(client: AnalysisClient) {
    this.#client = client;
  }

  /** What is known already; null where it would have to be computed. */
  known(wanted: Wanted, runs: readonly ReadyRun[]): Answered | null {
    const [first] = runs;
    return (first && this.#known.get(first.training)?.get(this.#keyOf(wanted, runs))) ?? null;
  }

  async ask(
    wanted: Wanted,
    runs: readonly ReadyRun[],
    provider: ProviderChoice,
    onProgress: (progress: QuestionProgress) => void,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const [first] = runs;
    if (!first) return cancelled;
    const known = this.known(wanted, runs);
    if (known) return { kind: 'answered', answered: known };
    const outcome = await this.#client.ask(questionOf(wanted, runs), provider, onProgress, signal);
    if (outcome.kind === 'cancelled') return cancelled;
    if (outcome.kind === 'failed') return { kind: 'failed', sentence: outcome.failure.sentence };
    const { answer } = outcome;
    const landscapeInPlane =
      answer.kind === 'landscape' ? { landscape: answer.landscape, plane: answer.plane } : null;
    const data =
      answer.kind === 'analysis'
        ? studyOf(
            answer.kind,
            (wanted as Extract<Wanted, { of: 'analysis' }>).spec,
            runs,
            answer,
            outcome.provider,
          )
        : answer.kind === 'landscape'
          ? { ...first.display, provider: outcome.provider, landscape: answer.landscape }
          : { ...first.display, boundaries: answer.boundaries };
    const answered: Answered = {
      data,
      versions: runs.map(versionOf),
      wanted: wantedText(wanted),
      landscapeInPlane,
    };
    const ofRun = this.#known.get(first.training) ?? new Map<string, Answered>();
    ofRun.set(this.#keyOf(wanted, runs), answered);
    this.#known.set(first.training, ofRun);
    return { kind: 'answered', answered };
  }

  #keyOf(wanted: Wanted, runs: readonly ReadyRun[]): string {
    return [wantedText(wanted), ...runs.map(({ training }) => this.#numberOf(training))].join(' ');
  }

  #numberOf(training: SavedTraining): number {
    const number = this.#numbers.get(training) ?? ++this.#count;
    this.#numbers.set(training, number);
    return number;
  }
}

function questionOf(wanted: Wanted, runs: readonly ReadyRun[]): Question {
  const subjects = runs.map(subjectOf);
  if (wanted.of === 'analysis')
    return { kind: 'analysis', name: 'analysis', spec: wanted.spec, subjects };
  return { kind: wanted.of, subject: subjects[0]! };
}
