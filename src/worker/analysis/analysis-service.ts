// The analysis worker's service: one question at a time, on an executor that is kept, falling back where a device is lost.
import type { Executor } from '../../engine/runtime/executor.ts';
import type { DataSources } from '../../learning/prepare-data.ts';
import { untilDeviceLost } from '../device-loss.ts';
import { DeviceLostError } from '../failures.ts';
import type { DownloadReport, ProviderChoice } from '../provider-choice.ts';
import { analysisFailure } from './analysis-failure.ts';
import { answerQuestion } from './answer-question.ts';
import type {
  AnalysisService,
  AnswerOutcome,
  Question,
  QuestionProgress,
} from './analysis-messages.ts';
import { PreparedSubjects } from './prepared-subjects.ts';
import { ProgressReporter } from './progress-reporter.ts';
import { watchedExecutor } from '../watched-executor.ts';

type Listener = (progress: QuestionProgress) => Promise<void>;

export interface AnalysisHome {
  createExecutor(
    provider: ProviderChoice,
    onDownload: (report: DownloadReport) => void,
  ): Promise<Executor>;
  sources(csv: string | null): DataSources;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

export function createAnalysisService(home: AnalysisHome): AnalysisService {
  const executors = new Map<ProviderChoice, Executor>();
  const subjects = new PreparedSubjects((csv) => home.sources(csv));
  let control: AbortController | null = null;

  async function executorFor(
    choice: ProviderChoice,
    reporter: ProgressReporter,
  ): Promise<Executor> {
    const known = executors.get(choice);
    if (known) return known;
    await reporter.say({ share: null, doing: 'Loading the runtime' });
    const executor = await home.createExecutor(choice, ({ loadedBytes, totalBytes }) => {
      const of = totalBytes === null ? '' : ` of ${megabytes(totalBytes)}`;
      reporter.offer({
        share: null,
        doing: `Loading the runtime: ${megabytes(loadedBytes)}${of} MB`,
      });
    });
    executors.set(choice, executor);
    return executor;
  }

  /** One attempt on one provider; rejects with DeviceLostError as soon as the device is lost. */
  async function attempt(
    question: Question,
    choice: ProviderChoice,
    signal: AbortSignal,
    listener: Listener,
  ): Promise<AnswerOutcome> {
    const reporter = new ProgressReporter(listener);
    const executor = await executorFor(choice, reporter);
    signal.throwIfAborted();
    await reporter.say({ share: null, doing: 'Preparing the data' });
    const work = () =>
      answerQuestion(question, {
        executor: watchedExecutor(executor, signal),
        signal,
        prepare: (subject) => subjects.prepare(subject),
        onProgress: (share) => reporter.offer({ share, doing: 'Computing' }),
      });
    try {
      const answer = await untilDeviceLost(executor, work, {
        onLost: () => executors.delete(choice),
        isUnrelated: () => signal.aborted,
      });
      return { kind: 'answered', answer, provider: executor.provider };
    } finally {
      reporter.end();
    }
  }

  return {
    async ask(question, provider, listener) {
      control?.abort();
      const own = new AbortController();
      control = own;
      try {
        try {
          return await attempt(question, provider, own.signal, listener);
        } catch (error) {
          if (!(error instanceof DeviceLostError) || provider !== 'auto') throw error;
          own.signal.throwIfAborted();
          return await attempt(question, 'wasm', own.signal, listener);
        }
      } catch (error) {
        if (own.signal.aborted) return { kind: 'cancelled' };
        return { kind: 'failed', failure: analysisFailure(error) };
      } finally {
        if (control === own) control = null;
      }
    },
    cancel: () => control?.abort(),
  };
}
