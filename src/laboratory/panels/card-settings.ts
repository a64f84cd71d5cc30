// The settings of the analysis behind a panel: a form from its schema, fetched when it is first opened.
import type { Experiment } from '../../learning/experiment.ts';
import type { PanelState } from '../lab-state.ts';
import type { SchemaForm } from '../form/schema-form.ts';
import { fetchSettings } from './card-question.ts';
import type { PanelKind } from './panel-kind.ts';

type Written = Readonly<Record<string, unknown>>;

export class CardSettings {
  readonly #details: HTMLDetailsElement;
  readonly #place: HTMLElement;
  readonly #kind: PanelKind;
  readonly #prefix: string;
  readonly #onChange: (written: Written) => void;
  #panel: PanelState | null = null;
  #experiment: Experiment | null = null;
  #form: SchemaForm<Written> | null = null;
  /** What the form shows, as written. */
  #shown = '';
  #isDestroyed = false;

  constructor(
    card: HTMLElement,
    kind: PanelKind,
    prefix: string,
    onChange: (written: Written) => void,
  ) {
    this.#kind = kind;
    this.#prefix = prefix;
    this.#onChange = onChange;
    this.#details = card.querySelector<HTMLDetailsElement>('[data-settings]')!;
    this.#place = card.querySelector<HTMLElement>('[data-form]')!;
    this.#details.hidden = false;
    this.#details.addEventListener('toggle', this.#open);
  }

  take(panel: PanelState, experiment: Experiment): void {
    this.#panel = panel;
    this.#experiment = experiment;
    this.#reflect();
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#details.removeEventListener('toggle', this.#open);
    this.#details.open = false;
    this.#details.hidden = true;
    this.#form?.destroy();
    this.#form = null;
    this.#place.replaceChildren();
  }

  readonly #open = (): void => {
    if (this.#details.open) void this.#build();
  };

  async #build(): Promise<void> {
    if (this.#form || !this.#panel || !this.#experiment) return;
    const [{ panelSettings }, { SchemaForm: Form }, { describeSchema }] = await Promise.all([
      fetchSettings(),
      import('../form/schema-form.ts'),
      import('../form/describe-schema.ts'),
    ]);
    const settings = panelSettings[this.#kind.kind];
    if (this.#isDestroyed || this.#form || !settings) return;
    const value = this.#written(settings);
    this.#shown = JSON.stringify(value);
    this.#form = new Form<Written>(this.#place, describeSchema(settings.schema), {
      value,
      prefix: this.#prefix,
      where: 'the settings of this picture',
      parse: (plain) => settings.parse(plain),
      onChange: (written) => {
        if (written === null) return;
        this.#shown = JSON.stringify(written);
        this.#onChange(written);
      },
    });
  }

  /** Shows what undo, a link or another run has brought. */
  #reflect(): void {
    if (!this.#form) return;
    void fetchSettings().then(({ panelSettings }) => {
      const settings = panelSettings[this.#kind.kind];
      if (!this.#form || !settings) return;
      const value = this.#written(settings);
      const text = JSON.stringify(value);
      if (text === this.#shown) return;
      this.#shown = text;
      this.#form.set(value);
    });
  }

  /** Whole settings; the usual ones where what was written does not fit. */
  #written(settings: { usual(experiment: Experiment): Written; parse(plain: unknown): Written }) {
    const usual = settings.usual(this.#experiment!);
    try {
      return settings.parse(this.#panel!.analysis ?? usual);
    } catch {
      return settings.parse(usual);
    }
  }
}
