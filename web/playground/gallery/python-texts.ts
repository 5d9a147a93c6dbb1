const files = import.meta.glob<string>('../../../examples/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The Python program corresponding to an example. */
export function pythonOf(name: string): string | undefined {
  return files[`../../../examples/${name}.py`];
}
