// A figure with a surface: the still drawing first, the live view over it once three has come, and its map one key away.
import { eyeEvent, pickEvent, type EyeDetail, type PickDetail } from '../kit/figure.ts';
import type { FigureEnvironment, FigureHandle } from '../kit/figure.ts';
import { initialView, type View } from './surface-camera.ts';
import { viewpointIn, mapViewpoint, viewOfViewpoint } from './viewpoint.ts';
import type { LiveContent, LiveView } from './live-view.ts';
import { appendNote } from './surface-note.ts';
import { openPlan, type Plan } from './surface-plan.ts';
import { liveCells, nextScene, type SurfaceScene } from './surface-scene.ts';
import { StillDrawing } from './still-drawing.ts';
import type { SurfaceData } from './surface-data.ts';

/** What one state of a figure shows; without a surface, a sentence that says why. */
export type SurfaceContent =
  | { readonly surface: SurfaceData; readonly selected: number | null; readonly label: string }
  | { readonly surface: null; readonly absence: string };

type Shown = Extract<SurfaceContent, { label: string }>;

export interface SurfaceFigureOptions<Data, State> {
  readonly container: HTMLElement;
  readonly data: Data;
  readonly state: State;
  readonly environment: FigureEnvironment;
  /** Where the reader stands first; the usual place where absent. */
  readonly home?: View;
  contentOf(data: Data, state: State): SurfaceContent;
}

const contextLost =
  'The browser took back its graphics context, so the surface stands still; reload the page to turn it again.';
const noWebgl = 'This browser offers no WebGL, so the surface stands still.';

/** Draws the figure and returns the handle of the Figure contract; its state may hold an `eye` (see viewpoint.ts). */
export const openSurfaceFigure = <Data, State>(
  options: SurfaceFigureOptions<Data, State>,
): FigureHandle<Data, State> => new SurfaceFigure(options).handle;

class SurfaceFigure<Data, State> {
  #data: Data;
  #state: State;
  #environment: FigureEnvironment;
  #live: LiveView | null = null;
  #plan: Plan | null = null;
  #scene: SurfaceScene | null = null;
  /** Why there is no live view, once that is known. */
  #stillBecause: string | null = null;
  #isDestroyed = false;
  #isLoading = false;
  #isResting = false;
  readonly #still = new StillDrawing();
  readonly #options: SurfaceFigureOptions<Data, State>;
  readonly #container: HTMLElement;
  readonly #home: View;

  constructor(options: SurfaceFigureOptions<Data, State>) {
    this.#options = options;
    this.#container = options.container;
    this.#home = options.home ?? initialView;
    this.#data = options.data;
    this.#state = options.state;
    this.#environment = options.environment;
    this.#show();
  }

  get handle(): FigureHandle<Data, State> {
    return {
      update: (state, data) => {
        this.#state = state;
        this.#data = data ?? this.#data;
        this.#show();
      },
      resize: (environment) => this.#resize(environment),
      rest: () => this.#rest(),
      wake: () => this.#wake(),
      destroy: () => {
        this.#isDestroyed = true;
        this.#clear();
      },
    };
  }

  get #content(): SurfaceContent {
    return this.#options.contentOf(this.#data, this.#state);
  }

  get #viewpoint(): string | null {
    return viewpointIn(this.#state);
  }

  get #view(): View {
    return viewOfViewpoint(this.#viewpoint, this.#home);
  }

  #sceneOf(surface: SurfaceData): SurfaceScene {
    this.#scene = nextScene(this.#scene, surface, liveCells(this.#environment.width));
    return this.#scene;
  }

  #show(): void {
    const content = this.#content;
    if (content.surface && this.#viewpoint === mapViewpoint) return this.#showPlan(content);
    const cameFromFocusedPlan = this.#hasFocus(this.#plan?.root);
    this.#closePlan();
    if (this.#live && content.surface) {
      this.#live.root.hidden = false;
      this.#live.update(this.#liveContent(content));
    } else {
      this.#showStill(content);
      if (content.surface) void this.#startLive();
    }
    if (cameFromFocusedPlan) this.#container.querySelector<HTMLElement>('canvas')?.focus();
  }

  #hasFocus(element: Element | undefined): boolean {
    return element?.contains(this.#container.ownerDocument.activeElement) ?? false;
  }

  #showStill(content: SurfaceContent): void {
    this.#clear();
    if (!content.surface) return appendNote(this.#container, content.absence);
    const { width, height } = this.#environment;
    const { surface, selected, label } = content;
    const view = this.#view;
    this.#still.draw(this.#container, surface, { view, selected, width, height, label });
    if (this.#stillBecause) appendNote(this.#container, this.#stillBecause);
  }

  /** The live view stays open behind the map, so that the way back is short. */
  #showPlan({ surface, selected, label }: Shown): void {
    const next = { scene: this.#sceneOf(surface), selected, label };
    if (this.#plan) return this.#plan.update(next);
    const hadFocus = this.#hasFocus(this.#container);
    if (this.#live) this.#live.root.hidden = true;
    else this.#container.replaceChildren();
    this.#plan = openPlan(this.#container, next, this.#environment, (network) =>
      this.#tell<PickDetail>(pickEvent, { network }),
    );
    if (hadFocus) this.#plan.root.focus({ preventScroll: true });
  }

  #liveContent({ surface, selected, label }: Shown): LiveContent {
    const [home, view] = [this.#home, this.#view];
    return { scene: this.#sceneOf(surface), selected, label, home, view };
  }

  /** Takes the still drawing's place once it has come, if there still is a surface to be turned. */
  async #startLive(): Promise<void> {
    if (!this.#canStartLive) return;
    this.#isLoading = true;
    try {
      const { LiveView } = await import('./live-view.ts');
      const content = this.#content;
      if (this.#isDestroyed || this.#isResting) return;
      if (!content.surface || this.#viewpoint === mapViewpoint) return;
      const still = [...this.#container.children];
      const shown = this.#liveContent(content);
      this.#live = new LiveView(this.#container, shown, this.#environment, {
        lost: () => this.#standStill(contextLost),
        turned: (eye) => this.#tell<EyeDetail>(eyeEvent, { eye }),
      });
      for (const element of still) element.remove();
    } catch {
      if (!this.#isDestroyed) this.#standStill(noWebgl);
    } finally {
      this.#isLoading = false;
    }
  }

  get #canStartLive(): boolean {
    const { interactive } = this.#environment;
    const isIdle = !this.#isLoading && !this.#isResting && this.#live === null;
    return interactive && isIdle && this.#stillBecause === null;
  }

  #standStill(reason: string): void {
    this.#stillBecause = reason;
    this.#showStill(this.#content);
  }

  #tell<Detail>(name: string, detail: Detail): void {
    this.#container.dispatchEvent(new CustomEvent<Detail>(name, { detail, bubbles: true }));
  }

  #resize(environment: FigureEnvironment): void {
    this.#environment = environment;
    this.#plan?.resize(environment.width, environment.height);
    this.#live?.resize(environment);
    if (!this.#plan && !this.#live) this.#show();
  }

  #rest(): void {
    this.#isResting = true;
    // The still drawing keeps the room, and stands on paper if the page is printed.
    if (this.#live && !this.#plan) this.#showStill(this.#content);
    else this.#closeLive();
  }

  #wake(): void {
    if (!this.#isResting) return;
    this.#isResting = false;
    if (!this.#plan) void this.#startLive();
  }

  #clear(): void {
    this.#closeLive();
    this.#closePlan();
    this.#container.replaceChildren();
  }

  #closeLive(): void {
    this.#live?.destroy();
    this.#live = null;
  }

  #closePlan(): void {
    this.#plan?.destroy();
    this.#plan = null;
  }
}
