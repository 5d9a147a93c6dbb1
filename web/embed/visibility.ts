/** Further from the view than this much of its size nobody looks at an element. */
const margin = '100%';

const listeners = new WeakMap<Element, (near: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** Says, now and whenever it changes, whether the element is in the view or near it; gives what ends that. */
export function watchVisibility(element: Element, onChange: (near: boolean) => void): () => void {
  listeners.set(element, onChange);
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
    },
    // Of the document: in a frame of another origin the margin of the top page's view means nothing.
    { rootMargin: margin },
  );
  const own = observer;
  own.observe(element);
  return () => {
    own.unobserve(element);
    listeners.delete(element);
  };
}
