// The laboratory's state as a short text for an address, and back, whoever wrote it: 'v1.' and packed JSON of what differs from the standard state.
import { canonicalJson } from '../../artifact/canonical-json.ts';
import type { LabState } from '../lab-state.ts';
import { panelKinds } from '../panels/panel-catalogue.ts';
import { boundedCopy } from './bounded-json.ts';
import { checkLink, networksOf, reachable } from './link-schema.ts';
import { packText, unpackText } from './packed-text.ts';
import { standardState } from './standard-state.ts';

const version = 1;
/** Characters of a link that are looked at, and bytes of the JSON in it. */
export const longestLink = 200_000;
const mostBytes = 1_000_000;
const bounds = { deepest: 10, mostValues: 60_000, longestText: 10_000 };
const mostSentences = 8;

export interface DecodedLink {
  readonly state: LabState;
  /** A sentence for each thing that is not as the link says. */
  readonly problems: readonly string[];
}

/** A link with a CSV file holds its name alone. */
export async function encodeLink(state: LabState): Promise<string> {
  const selected = reachable(state.selected, networksOf(state));
  const standard = standardState();
  const whole = { ...state, selected, compared: null, experiment: null };
  const experiment = difference(state.experiment, standard.experiment);
  const kept = {
    ...difference(whole, { ...standard, experiment: null }),
    ...(Object.keys(experiment).length > 0 ? { experiment } : {}),
    ...(state.compared ? { compared: difference(state.compared, standard.experiment) } : {}),
  };
  return `v${version}.${await packText(JSON.stringify(kept))}`;
}

/**
 * Never rejects: what cannot be read is standard, and a sentence says so.
 * @param kinds of panels that the laboratory has.
 */
export async function decodeLink(
  text: string,
  kinds: readonly string[] = panelKinds,
): Promise<DecodedLink> {
  const standard = standardState();
  const refused = (sentence: string): DecodedLink => ({ state: standard, problems: [sentence] });
  if (text.length > longestLink) {
    return refused(
      `The link has ${text.length} characters where at most ${longestLink} are read: the standard settings stand; ask for the file instead.`,
    );
  }
  const [, number, packed] = /^v(\d{1,6})\.(.*)$/s.exec(text) ?? [];
  if (number === undefined || packed === undefined) {
    return refused(
      'The link is not one of this laboratory, which begin with v1: the standard settings stand.',
    );
  }
  if (Number(number) !== version) {
    return refused(
      `The link was made by a newer laboratory (version ${Number(number)}; this one reads version ${version}): the standard settings stand; reload the page to get the newer one.`,
    );
  }
  const damaged =
    'The link is damaged, a part may be missing at its end: the standard settings stand; copy it again, whole.';
  const unpacked = await unpackText(packed, mostBytes);
  if (unpacked === 'damaged') return refused(damaged);
  if (unpacked === 'too-long') {
    return refused('The link unpacks to more than any state holds: the standard settings stand.');
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(unpacked.text);
  } catch {
    return refused(damaged);
  }
  const copy = boundedCopy(parsed, bounds);
  if (!copy) {
    return refused('The link holds more than any state does: the standard settings stand.');
  }
  const { state, problems } = checkLink(copy.value, standard, kinds);
  const leftOut = copy.leftOut.map((what) => `The link holds ${what}, which is left out.`);
  return { state, problems: fewOf([...leftOut, ...problems.map((p) => `In the link: ${p}`)]) };
}

/** Whether a link, as written here, holds nothing but the standard state. */
export const isStandardLink = async (link: string): Promise<boolean> =>
  link === `v${version}.${await packText('{}')}`;

/** The entries of `value` that are not as in `standard`. */
function difference(value: object, standard: object): Record<string, unknown> {
  const usual = standard as Record<string, unknown>;
  const entries = Object.entries(value).filter(
    ([key, entry]) => canonicalJson(entry) !== canonicalJson(usual[key]),
  );
  return Object.fromEntries(entries);
}

function fewOf(sentences: readonly string[]): readonly string[] {
  const more = sentences.length - mostSentences;
  if (more <= 0) return sentences;
  return [...sentences.slice(0, mostSentences), `And ${more} more of the kind.`];
}
