const key = 'asyncio:view';

/** The tab that was open before a reload. A browser that forbids storage forgets it. */
export function keptView(): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepView(id: string): void {
  try {
    sessionStorage.setItem(key, id);
  } catch {
    // Nothing is lost but the choice of a tab.
  }
}
