// What a reader may change in a figure as HTML text: pure, for the pages that are built and for what the page itself adds.
import type { FigureControl } from '../../figures/kit/figure.ts';
import { escapeHtml } from '../escape-html.ts';
import type { State } from '../layered-state.ts';
import { isSegmented, optionAt, speedNames } from './control-model.ts';

/** A form with all controls that leave something to choose, or nothing; its fields wait for a `ControlBar`. */
export function controlsHtml(controls: readonly FigureControl[], state: State): string {
  const html = controls
    .filter(({ options }) => options.length > 1)
    .map((control) => controlHtml(control, optionAt(control, state)));
  return html.length > 0
    ? `<form class="figure-controls" data-pagefind-ignore>${html.join('')}</form>`
    : '';
}

function controlHtml(control: FigureControl, at: number): string {
  if (control.kind !== 'choice') return sliderHtml(control, at);
  if (!isSegmented(control)) return selectHtml(control, at);
  return segmentsHtml(control, { at, group: control.key, isWaiting: true });
}

export interface SegmentsOptions {
  /** The option chosen; -1 where none is. */
  readonly at: number;
  /** The name of the radio buttons. */
  readonly group: string;
  /** Until a script brings them to life. */
  readonly isWaiting: boolean;
}

/** Options side by side. */
export function segmentsHtml(
  { key, name, options }: Pick<FigureControl, 'key' | 'name' | 'options'>,
  { at, group, isWaiting }: SegmentsOptions,
): string {
  const segments = options.map(({ text }, index) => {
    const flags = `${index === at ? ' checked' : ''}${isWaiting ? ' disabled' : ''}`;
    return `<label><input type="radio" name="${escapeHtml(group)}" value="${index}"${flags}><span>${escapeHtml(text)}</span></label>`;
  });
  return (
    `<div class="control control-segments" role="radiogroup" aria-label="${escapeHtml(name)}" data-key="${escapeHtml(key)}">` +
    `<span class="control-name" aria-hidden="true">${escapeHtml(name)}</span>` +
    `<span class="segments">${segments.join('')}</span></div>`
  );
}

function selectHtml({ key, name, options }: FigureControl, at: number): string {
  const listed = options.map(
    ({ text }, index) =>
      `<option value="${index}"${index === at ? ' selected' : ''}>${escapeHtml(text)}</option>`,
  );
  return (
    `<label class="control control-select" data-key="${escapeHtml(key)}">` +
    `<span class="control-name">${escapeHtml(name)}</span>` +
    `<select disabled autocomplete="off">${listed.join('')}</select></label>`
  );
}

const playButton =
  '<button type="button" class="control-play-button" data-play aria-label="Play" disabled>' +
  '<svg viewBox="0 0 16 16" aria-hidden="true"><path class="sign-play" d="M4.5 2.5v11l9-5.5z"></path>' +
  '<path class="sign-pause" d="M4 2.5h3v11H4zM9.5 2.5h3v11h-3z"></path></svg></button>';
const speedButton =
  `<button type="button" class="control-speed" data-speed aria-label="Speed: 1×" disabled>${speedNames[0]}</button>` +
  '<span class="visually-hidden" role="status" data-say></span>';

function sliderHtml({ key, name, kind, options }: FigureControl, at: number): string {
  const text = escapeHtml(options[at]?.text ?? '');
  const longest = Math.max(...options.map((option) => option.text.length));
  const width = `width-${Math.min(24, Math.max(3, longest))}`;
  return (
    `<div class="control control-${kind}" data-key="${escapeHtml(key)}">${kind === 'play' ? playButton : ''}` +
    `<label><span class="control-name">${escapeHtml(name)}</span>` +
    `<input type="range" min="0" max="${options.length - 1}" step="1" value="${at}" autocomplete="off" aria-valuetext="${text}" disabled></label>` +
    `<span class="control-value ${width}" data-value aria-hidden="true">${text}</span>${kind === 'play' ? speedButton : ''}</div>`
  );
}
