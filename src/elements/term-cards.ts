// Words of the glossary explain themselves on hover and on focus too; the tap works without this script, by `popovertarget`.

const openAfter = 140;
const closeAfter = 260;

/** While one card opens or closes, the browser moves the focus itself: that is no wish to open another. */
let isBusy = false;

function listen(word: HTMLButtonElement, card: HTMLElement): void {
  let timer = 0;
  /** A click keeps the card; what merely passes by does not. */
  let isKept = false;
  const isOpen = (): boolean => card.matches(':popover-open');
  const open = (): void => {
    clearTimeout(timer);
    // The word is the card's anchor, as it is for a tap.
    if (isOpen()) return;
    isBusy = true;
    card.showPopover({ source: word });
    isBusy = false;
  };
  const closeSoon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (!isKept && isOpen()) card.hidePopover();
    }, closeAfter);
  };
  const stay = (): void => clearTimeout(timer);

  word.addEventListener('pointerenter', ({ pointerType }) => {
    if (pointerType !== 'mouse') return;
    clearTimeout(timer);
    timer = window.setTimeout(open, openAfter);
  });
  card.addEventListener('pointerenter', stay);
  for (const part of [word, card]) {
    part.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType === 'mouse') closeSoon();
    });
    part.addEventListener('focusout', ({ relatedTarget }) => {
      const isInside = relatedTarget instanceof Node && card.contains(relatedTarget);
      if (!isInside && relatedTarget !== word) closeSoon();
    });
    part.addEventListener('focusin', stay);
  }
  word.addEventListener('focus', () => {
    if (!isBusy && word.matches(':focus-visible')) open();
  });
  word.addEventListener('click', (event) => {
    clearTimeout(timer);
    // Shown already by pointing at it: the click keeps it, and does not close it again.
    if (isOpen() && !isKept) event.preventDefault();
    isKept = true;
  });
  card.addEventListener('beforetoggle', () => {
    isBusy = true;
    setTimeout(() => (isBusy = false));
  });
  card.addEventListener('toggle', () => {
    if (!isOpen()) isKept = false;
  });
}

if ('popover' in HTMLElement.prototype) {
  for (const word of document.querySelectorAll<HTMLButtonElement>('button.term-word')) {
    const card = document.getElementById(word.getAttribute('popovertarget') ?? '');
    if (card) listen(word, card);
  }
}

// A module, with names of its own.
export {};
