/** Menus: each opens below its button, and Escape or the choice of an item closes it. */
export function menusInPage(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[popovertarget]')) {
    const { popoverTargetElement } = button;
    if (popoverTargetElement instanceof HTMLElement) bindMenu(button, popoverTargetElement);
  }
}

function bindMenu(button: HTMLButtonElement, menu: HTMLElement): void {
  menu.addEventListener('beforetoggle', () => placeBelow(button, menu));
  const close = (): void => {
    menu.hidePopover();
    button.focus();
  };
  // Escape must not reach the page, where it stops the program.
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    event.preventDefault();
    close();
  });
  // Before the item's own action: a dialog that it opens gives the focus back to the menu's button.
  const itemChosen = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest('button.menu-item') !== null) close();
  };
  menu.addEventListener('click', itemChosen, { capture: true });
}

/** At the edge of the button that is nearer to the window's. */
function placeBelow(button: HTMLElement, menu: HTMLElement): void {
  const box = button.getBoundingClientRect();
  const isLeft = box.left + box.right < innerWidth;
  menu.style.top = `${box.bottom + 6}px`;
  menu.style.left = isLeft ? `${Math.max(8, box.left)}px` : 'auto';
  menu.style.right = isLeft ? 'auto' : `${Math.max(8, innerWidth - box.right)}px`;
}
