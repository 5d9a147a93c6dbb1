/** Elements further from the viewport than this fraction of its size count as far. */
const margin = '100%';

const listeners = new WeakMap<Element, (near: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** Reports, now and on each change, whether the element is in or near the viewport; returns a function that stops it. */
export function watchVisibility(element: Element, onChange: (near: boolean) => void): () => void {
  listeners.set(element, onChange);
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
    },
    // Of the document: in a cross-origin frame a margin around the top-level viewport has no effect.
    { rootMargin: margin },
  );
  const own = observer;
  own.observe(element);
  return () => {
    own.unobserve(element);
    listeners.delete(element);
  };
}
