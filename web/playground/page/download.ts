/** Passes a file to the browser's download function. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has read the URL by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
