export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { part, ...properties }: Partial<Omit<HTMLElementTagNameMap[Name], 'part'>> & { part?: string } = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  if (part !== undefined) element.setAttribute('part', part);
  element.append(...children);
  return element;
}
