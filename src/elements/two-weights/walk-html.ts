// The two-weight walk as HTML text, as tall as it will be alive: the page is built with it, and the element brings it to life.
import { escapeHtml } from '../escape-html.ts';
import type { ShownWalk } from './shown-walk.ts';
import {
  readings,
  sliders,
  wordsOf,
  type ReadingName,
  type SliderName,
  type WalkWords,
} from './walk-words.ts';

/** @param still what stands in the place of the map until the live one is drawn. */
export function walkHtml(shown: ShownWalk, still: string): string {
  const words = wordsOf(shown);
  // Inert: nothing in it answers before the element is there.
  return `<div class="two-weights" inert data-pagefind-ignore>
<div class="two-weights-picture">${lookHtml()}<div class="two-weights-map-place" data-place="map"><div class="static-drawing">${still}</div></div><div data-place="surface" hidden></div><div class="two-weights-strides-place" data-place="strides"></div></div>
<div class="two-weights-panel">${[
    sliderHtml('stepSize', words),
    `<div class="two-weights-buttons">${buttonHtml('play', 'Play', 'main')}${buttonHtml('next', 'One step')}${buttonHtml('back', 'Back to the start')}</div>`,
    sliderHtml('step', words),
    `<p class="two-weights-verdict" aria-live="polite"><strong>${escapeHtml(words.headline)}</strong>${escapeHtml(words.reason)}</p>`,
    readingsHtml(words),
    sliderHtml('a', words),
    sliderHtml('b', words),
  ].join('')}</div>
</div>`;
}

const lookHtml = (): string =>
  `<fieldset><legend>Seen</legend>${lookOption('map', 'from above', ' checked')}${lookOption('surface', 'from the side')}</fieldset>`;

const lookOption = (value: string, text: string, more = ''): string =>
  `<label><input type="radio" name="two-weights-look" value="${value}" autocomplete="off"${more}> ${text}</label>`;

const buttonHtml = (act: string, text: string, className = ''): string =>
  `<button type="button" class="${className}" data-act="${act}">${text}</button>`;

function sliderHtml(name: SliderName, words: WalkWords): string {
  const { label, min, max, step } = sliders[name];
  const { position, text } = words.sliders[name];
  const most = name === 'step' ? words.lastStep : max;
  // Not an `output`: the label would belong to it, its first control, and the slider would have no name.
  return `<label data-slider="${name}"><span class="field-head"><span>${label}</span><span class="field-value">${text}</span></span><input type="range" min="${min}" max="${most}" step="${step}" value="${position}" aria-valuetext="${text}" autocomplete="off"></label>`;
}

const readingsHtml = (words: WalkWords): string =>
  `<dl>${(Object.keys(readings) as ReadingName[])
    .map(
      (name) => `<dt>${readings[name]}</dt><dd data-reading="${name}">${words.readings[name]}</dd>`,
    )
    .join('')}</dl>`;
