/** `title` says what the text leaves out, such as the key. */
export function button(text: string, title: string, act?: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.title = title;
  if (act !== undefined) made.addEventListener('click', act);
  return made;
}
