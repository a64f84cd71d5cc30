// Calls once, when the first of some elements comes within a screen of the reader.

export function whenNear(elements: readonly Element[], act: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      act();
    },
    { rootMargin: '60% 0px' },
  );
  for (const element of elements) observer.observe(element);
  return () => observer.disconnect();
}
