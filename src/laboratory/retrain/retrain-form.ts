// The form's own behaviour: fields that belong to a kind of data, one learning rate in two controls, sentences beside controls.
import { bytesOfFile, tableBound } from '../../elements/read-file.ts';
import type { ControlValue } from './read-form.ts';

type Control = HTMLInputElement | HTMLSelectElement;

export interface LiveForm {
  /** Values of the controls that apply now. */
  controls(): ControlValue[];
  /** Text and name of the reader's CSV file; null where none is chosen. @throws FileError (rejects) for one too large. */
  csv(): Promise<{ readonly name: string; readonly text: string } | null>;
  provider(): 'auto' | 'webgpu' | 'wasm';
  showProblems(problems: ReadonlyMap<string, string>): void;
  /** Moves the focus to the first control with a problem; says whether there is one. */
  focusProblem(): boolean;
  /** While a run is under way, settings cannot change. */
  lock(isLocked: boolean): void;
  reset(): void;
}

export function openForm(form: HTMLFormElement): LiveForm {
  const kind = form.querySelector<HTMLSelectElement>('[name="data.kind"]')!;
  const rate = form.querySelector<HTMLInputElement>('[name="learningRate"]')!;
  const slider = form.querySelector<HTMLInputElement>('[data-logarithm-of="learningRate"]');

  /** A fieldset that is hidden is disabled too, so that its values do not count. */
  const showKind = () => {
    for (const group of form.querySelectorAll<HTMLFieldSetElement>('fieldset[data-kind]')) {
      const applies = group.dataset['kind'] === kind.value;
      group.hidden = !applies;
      group.disabled = !applies;
    }
  };
  const showRate = () => {
    const value = Number(rate.value);
    if (!slider || !(value > 0)) return;
    slider.value = String(Math.log10(value));
    slider.setAttribute('aria-valuetext', rate.value);
  };
  slider?.addEventListener('input', () => {
    rate.value = String(Number((10 ** Number(slider.value)).toPrecision(2)));
    slider.setAttribute('aria-valuetext', rate.value);
  });
  form.addEventListener('input', (event) => {
    if (event.target === kind) showKind();
    if (event.target === rate) showRate();
  });
  showKind();
  showRate();

  const applying = (): Control[] =>
    [...form.querySelectorAll<Control>('[data-setting]')].filter(
      (control) => !control.closest('fieldset[data-kind]')?.hasAttribute('disabled'),
    );

  return {
    controls: () =>
      applying().map((control) => ({
        name: control.name,
        label: control.dataset['setting'] ?? control.name,
        text: control.value,
        type:
          control instanceof HTMLSelectElement
            ? 'choice'
            : control.type === 'number'
              ? 'number'
              : 'text',
      })),
    async csv() {
      const file = form.querySelector<HTMLInputElement>('input[type="file"]')?.files?.[0];
      if (!file) return null;
      const text = new TextDecoder().decode(await bytesOfFile(file, tableBound));
      return { name: file.name, text };
    },
    provider: () =>
      form.querySelector<HTMLSelectElement>('[data-provider]')!.value as 'auto' | 'webgpu' | 'wasm',
    showProblems(problems) {
      for (const control of form.querySelectorAll<HTMLElement & { name: string }>('[name]')) {
        const place = document.getElementById(`${control.id}-problem`);
        const problem = problems.get(control.name) ?? '';
        const applies = !control.closest('fieldset[data-kind]')?.hasAttribute('disabled');
        const shown = applies ? problem : '';
        if (shown) control.setAttribute('aria-invalid', 'true');
        else control.removeAttribute('aria-invalid');
        if (place && place.textContent !== shown) place.textContent = shown;
      }
    },
    focusProblem() {
      const first = form.querySelector<HTMLElement>('[aria-invalid="true"]');
      first?.focus();
      return first !== null;
    },
    lock(isLocked) {
      form.querySelector<HTMLFieldSetElement>('.live-settings')!.disabled = isLocked;
    },
    reset() {
      form.reset();
      showKind();
      showRate();
    },
  };
}
