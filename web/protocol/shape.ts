/** Type checks for untrusted values. */

export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
export const isListOf = (value: unknown, is: (value: unknown) => boolean): boolean => Array.isArray(value) && value.every(is);
/** Works for objects of any realm: "ArrayBuffer". */
export const isOfClass = (value: unknown, name: string): boolean => Object.prototype.toString.call(value) === `[object ${name}]`;
