export interface GestureActions {
  /** Zooms in for a factor above 1; `at`, in the element's pixels, is the fixed point. */
  zoom(factor: number, at: { x: number; y: number }): void;
  /** By pixels: positive scrolls to the right, or down. */
  pan(x: number, y: number): void;
  /** A click, or a tap of a finger. */
  press?(x: number, y: number, touch: boolean): void;
  /** The mouse position; undefined: it left. */
  point?(at: { x: number; y: number } | undefined): void;
}

const clickSlack = 5;

/**
 * Wheel, drag, pinch and click. The wheel alone scrolls as in the browser, with Ctrl it zooms, with Shift or sideways it
 * pans; a finger scrolls where the element lets it (touch-action), and two fingers zoom.
 */
export function bindGestures(target: HTMLElement, actions: GestureActions): void {
  const pointers = new Map<number, { x: number; y: number }>();
  let start: { x: number; y: number } | undefined;
  let dragging = false;

  const local = (event: MouseEvent): { x: number; y: number } => {
    const box = target.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  target.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        actions.zoom(Math.exp(-clamped(event.deltaY * unit(event)) / 200), local(event));
        return;
      }
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) <= Math.abs(event.deltaY) && !event.shiftKey) return;
      event.preventDefault();
      actions.pan(sideways * unit(event), 0);
    },
    { passive: false },
  );

  target.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, local(event));
    start = pointers.size === 1 ? local(event) : undefined;
    dragging = false;
  });

  target.addEventListener('pointermove', (event) => {
    const at = local(event);
    const before = pointers.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType === 'mouse') actions.point?.(at);
      return;
    }
    if (pointers.size === 2) {
      pinch(event.pointerId, before, at);
    } else if (dragging || start === undefined || Math.hypot(at.x - start.x, at.y - start.y) > clickSlack) {
      if (!dragging) {
        dragging = true;
        target.setPointerCapture(event.pointerId);
        actions.point?.(undefined);
      }
      actions.pan(before.x - at.x, event.pointerType === 'mouse' ? before.y - at.y : 0);
    } else {
      return;
    }
    pointers.set(event.pointerId, at);
  });

  const lift = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId)) return;
    if (event.type === 'pointerup' && !dragging && start !== undefined) {
      actions.press?.(start.x, start.y, event.pointerType !== 'mouse');
    }
    start = undefined;
    // The remaining finger continues dragging; it is not a tap any more.
    dragging = pointers.size > 0;
  };
  target.addEventListener('pointerup', lift);
  target.addEventListener('pointercancel', lift);
  target.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'mouse') actions.point?.(undefined);
  });

  function pinch(moved: number, before: { x: number; y: number }, at: { x: number; y: number }): void {
    dragging = true;
    for (const [id, other] of pointers) {
      if (id === moved) continue;
      const was = Math.max(10, Math.hypot(before.x - other.x, before.y - other.y));
      const is = Math.max(10, Math.hypot(at.x - other.x, at.y - other.y));
      actions.zoom(is / was, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
      actions.pan((before.x - at.x) / 2, 0);
    }
  }
}

/** Wheel deltas are in pixels, lines or pages. */
function unit(event: WheelEvent): number {
  return event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 300 : 1;
}

function clamped(delta: number): number {
  return Math.min(200, Math.max(-200, delta));
}
