// The analyses, one stage each: an answer is kept once it is there, so that whoever goes on later does not ask again.
import { encodeResult } from '../../src/artifact/result-files.ts';
import type { AnalysisContext } from '../../src/landscape/analyses/analysis.ts';
import { analysisOf, type AnsweredSpec } from '../../src/landscape/analyses/index.ts';
import type { KeptStage } from '../stage-runner.ts';
import { asked } from '../unanswered.ts';
import type { AnsweredAnalysis } from './write.ts';

/** @param context made when the analysis is to be computed. */
export const answerStage = (
  name: string,
  spec: AnsweredSpec,
  context: () => Promise<AnalysisContext>,
): Omit<KeptStage<AnsweredAnalysis>, 'cache' | 'found'> => ({
  async compute() {
    const analysis = analysisOf(spec);
    const { result, claims } = await asked(analysis.run(await context(), spec));
    return { ...encodeResult(result, analysis.shown(result)), claims };
  },
  encode: ({ json, full, shown, claims }) =>
    new Map<string, Uint8Array>([
      // No analysis has an underscore in its name, so that none is in another's way.
      [`${name}_full.safetensors`, full],
      [`${name}_shown.safetensors`, shown],
      [`${name}_facts.json`, new TextEncoder().encode(JSON.stringify({ json, claims }))],
    ]),
  decode(file) {
    const facts = new TextDecoder().decode(file(`${name}_facts.json`).bytes);
    return {
      ...(JSON.parse(facts) as Pick<AnsweredAnalysis, 'json' | 'claims'>),
      full: file(`${name}_full.safetensors`).bytes as Uint8Array<ArrayBuffer>,
      shown: file(`${name}_shown.safetensors`).bytes as Uint8Array<ArrayBuffer>,
    };
  },
});
