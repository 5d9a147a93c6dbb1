/** Copies what a field holds; where the browser forbids it, leaves it selected. Gives whether it was copied. */
export async function copyField(field: HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // In pages that are not secure there is no clipboard; elsewhere people may have forbidden it.
    field.focus();
    field.select();
    return document.execCommand('copy');
  }
}
