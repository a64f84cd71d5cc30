// One quiet line at the foot of the screen that says what has just happened, and offers to take it back.

export interface NoticeAction {
  readonly name: string;
  /** The key that does the same. */
  readonly key?: string;
  act(): void;
}

const visibleMilliseconds = 7000;

export class Notice {
  #root: HTMLElement | null = null;
  #timer = 0;

  /** Politely: a screen reader says it when it has finished its sentence. */
  say(sentence: string, action?: NoticeAction): void {
    const root = this.#open();
    const words = document.createElement('span');
    words.textContent = sentence;
    root.replaceChildren(words);
    if (action) root.append(' ', buttonOf(action));
    root.dataset['shown'] = '';
    this.#wait();
  }

  /** Of something that the reader asked for. */
  sayFailure(error: unknown): void {
    console.error(error);
    const reason = error instanceof Error ? ` ${error.message}` : '';
    this.say(`That did not work.${reason}`);
  }

  /** Words to take from here by hand. */
  show(words: string, sentence: string): void {
    this.say(sentence);
    const field = document.createElement('input');
    field.readOnly = true;
    field.value = words;
    field.setAttribute('aria-label', 'Address');
    this.#root?.append(' ', field);
    field.select();
  }

  clear(): void {
    clearTimeout(this.#timer);
    if (!this.#root) return;
    delete this.#root.dataset['shown'];
    this.#root.replaceChildren();
  }

  /** The line stays for as long as somebody is at it. */
  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      if (this.#root?.matches(':is(:hover, :focus-within)')) this.#wait();
      else this.clear();
    }, visibleMilliseconds);
  }

  #open(): HTMLElement {
    if (!this.#root) {
      this.#root = document.createElement('div');
      this.#root.className = 'notice';
      this.#root.setAttribute('role', 'status');
      document.body.append(this.#root);
    }
    return this.#root;
  }
}

function buttonOf({ name, key, act }: NoticeAction): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = name;
  if (key !== undefined) {
    const sign = document.createElement('kbd');
    sign.textContent = key === 'Escape' ? 'Esc' : key;
    button.append(' ', sign);
    button.setAttribute('aria-keyshortcuts', key);
  }
  button.addEventListener('click', act);
  return button;
}

export const notice = new Notice();
