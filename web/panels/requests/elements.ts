export function made<K extends keyof HTMLElementTagNameMap>(tag: K, className = '', text = ''): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}

/** Only if changed: a live region would announce it again. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A method and what it is for, in colour. */
export function methodChip(method: string): HTMLElement {
  const chip = made('span', 'method', method === '*' ? 'ANY' : method);
  chip.dataset['method'] = method;
  return chip;
}

/** "2": of 2xx; for its colour. */
export function statusClass(status: number): string {
  return String(Math.floor(status / 100));
}
