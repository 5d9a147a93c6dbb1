/** Where things are in the picture, in its own units: pixels where it is shown in its full width. */

export const width = 960;
export const margin = 18;
export const headHeight = 40;
export const axisHeight = 24;
export const laneHeight = 25;
export const barHeight = 17;
export const textLineHeight = 19;
/** The lanes' names end here, and their time begins. */
export const plotLeft = 112;
/** For the last time's text, and for the mark of an end. */
const afterEnd = 46;
export const plotRight = width - margin;
/** The console is to the right of the code. */
export const consoleLeft = 648;
/** Of one letter, in fonts that are wide; others leave some room. */
export const letterWidth = 6.6;

/**
 * @param {number} at milliseconds
 * @param {number} end the run's
 */
export function xOf(at, end) {
  return plotLeft + (end === 0 ? 0 : (at / end) * (plotRight - afterEnd - plotLeft));
}

/**
 * @param {number} laneCount
 * @param {number} textLines of the longer of code and console
 */
export function heights(laneCount, textLines) {
  const lanesTop = headHeight + axisHeight + 4;
  const lanesBottom = lanesTop + laneCount * laneHeight;
  const textTop = lanesBottom + 12;
  /** Of the first line of code and of the console. */
  const firstLine = textTop + 48;
  return { lanesTop, lanesBottom, textTop, firstLine, bottom: firstLine + (textLines - 1) * textLineHeight + 20 };
}
