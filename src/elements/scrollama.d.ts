// The part of scrollama 3 that is used here; the package brings no types.
declare module 'scrollama' {
  export interface StepEvent {
    readonly element: HTMLElement;
    readonly index: number;
    readonly direction: 'up' | 'down';
  }
  export interface Scroller {
    setup(options: { step: readonly Element[]; offset?: number | `${number}px` }): Scroller;
    onStepEnter(callback: (event: StepEvent) => void): Scroller;
    onStepExit(callback: (event: StepEvent) => void): Scroller;
    destroy(): void;
  }
  export default function scrollama(): Scroller;
}
