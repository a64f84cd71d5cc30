// What the page and the worker of the self-test say to each other.
import type { ProviderName } from '../../engine/runtime/executor.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { DownloadReport, ProviderChoice } from '../provider-choice.ts';
import type { TruthResult } from './truths.ts';

export interface SelfTestRequest {
  readonly provider: ProviderChoice;
  /** The published run: name, settings, and the checksum of the witness's first weights. */
  readonly run: string;
  readonly experiment: Experiment;
  readonly initialChecksum: string | null;
}

export type SelfTestMessage =
  | ({ readonly kind: 'download' } & DownloadReport)
  | {
      readonly kind: 'provider';
      readonly provider: ProviderName;
      readonly reason: string;
      readonly threads: number;
    }
  | { readonly kind: 'result'; readonly result: TruthResult };

export type SelfTestListener = (message: SelfTestMessage) => void | Promise<void>;

export type SelfTestOutcome =
  | { readonly kind: 'done'; readonly results: readonly TruthResult[]; readonly seconds: number }
  /** What went wrong and what to do, one sentence. */
  | { readonly kind: 'failed'; readonly sentence: string };

export interface SelfTestService {
  run(request: SelfTestRequest, listener: SelfTestListener): Promise<SelfTestOutcome>;
}
