// A formula that is wider than the screen can be scrolled by keyboard, too: it takes the focus while it is too wide.

const formulas = [...document.querySelectorAll<MathMLElement>('math[display="block"]')];

if (formulas.length > 0) {
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  for (const formula of formulas) sizes.observe(formula);
}
