/** @param {number[]} values at least one */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error('an empty list has no median');
  return (lower + upper) / 2;
}

/**
 * @typedef {{ count: number, seconds: number, bytes?: number }} Sample
 * @param {Sample[]} samples of one benchmark in one place
 */
export function summarise(samples) {
  const nanoseconds = samples.map(({ count, seconds }) => (seconds / count) * 1e9);
  const bytes = samples.flatMap((sample) => (sample.bytes === undefined ? [] : [sample.bytes]));
  return {
    nanoseconds: median(nanoseconds),
    least: Math.min(...nanoseconds),
    most: Math.max(...nanoseconds),
    ...(bytes.length > 0 ? { bytes: median(bytes) } : {}),
  };
}
