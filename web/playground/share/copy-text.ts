/** Copies a field's text; if the browser forbids it, leaves it selected. Returns whether it was copied. */
export async function copyField(field: HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Insecure pages have no clipboard; elsewhere the user may have blocked it.
    field.focus();
    field.select();
    return document.execCommand('copy');
  }
}
