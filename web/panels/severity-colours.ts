const severity = /^(?:[^\s:][^:]*:\d+:\d+: |[\w+.-]+: )?(fatal error|error|warning|note|remark): /;
const yellow = '\x1b[33m';
const usual = '\x1b[39m';

/** The compiler's output with its warnings in yellow: what it prints is stderr, and as red as an error. */
export function withSeverityColours(text: string): string {
  let isWarning = false;
  return text
    .split('\n')
    .map((line) => {
      const found = severity.exec(line)?.[1];
      // The notes of a warning belong to it, and so do the lines of the source.
      if (found !== undefined && found !== 'note') isWarning = found === 'warning';
      return isWarning && line !== '' ? `${yellow}${line}${usual}` : line;
    })
    .join('\n');
}
