/** Round positions for the axis, at least `apart` from each other. */
export function ticks(from: number, to: number, apart: number): { positions: number[]; step: number } {
  const power = 10 ** Math.floor(Math.log10(apart));
  const step = power * ([1, 2, 5, 10].find((factor) => power * factor >= apart) ?? 10);
  const positions: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to && positions.length < 200; at += step) positions.push(at);
  return { positions, step };
}
