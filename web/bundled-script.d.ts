/** A module and its imports as the text of one classic script; see web/build/vite/bundled-script.ts. */
declare module '*?iife' {
  const text: string;
  export default text;
}
