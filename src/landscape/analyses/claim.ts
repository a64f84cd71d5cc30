// What a paper found, held against what our small networks show: numbers, a criterion, a verdict.

export type Verdict = 'shown' | 'not shown' | 'opposite';
export type Interval = readonly [low: number, high: number];

/** One measured number behind a claim. */
export interface Evidence {
  readonly what: string;
  readonly value: number;
  /** 95% bootstrap interval; null where the number is exact, or one run's own. */
  readonly interval: Interval | null;
  /** '' for a pure number. */
  readonly unit: string;
}

export interface Claim {
  /** Unique within its study. */
  readonly id: string;
  /** Key of the paper in content/references.bib. */
  readonly source: string;
  /** What the paper found, in one sentence. */
  readonly found: string;
  readonly evidence: readonly Evidence[];
  /** How the verdict follows from the evidence. */
  readonly criterion: string;
  readonly verdict: Verdict;
  /** What ours show, in one honest sentence; the verdict stands before it. */
  readonly sentence: string;
}

/** 'shown' where the whole interval lies above `bar`, 'opposite' where it lies below `otherBar`, else 'not shown'. */
export function verdictAbove([low, high]: Interval, bar: number, otherBar = bar): Verdict {
  if (low > bar) return 'shown';
  return high < otherBar ? 'opposite' : 'not shown';
}

/** The same for what should be small. */
export const verdictBelow = ([low, high]: Interval, bar: number, otherBar = bar): Verdict =>
  verdictAbove([-high, -low], -bar, -otherBar);

/** 'shown' where every part is, 'opposite' where every part is, else 'not shown'. */
export function verdictOfAll(verdicts: readonly Verdict[]): Verdict {
  const [first = 'not shown'] = verdicts;
  return verdicts.every((verdict) => verdict === first) ? first : 'not shown';
}

/** The verdict as a text writes it, before the sentence. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  shown: 'Shown',
  'not shown': 'Not shown',
  opposite: 'The opposite',
};
