/** The visible part of the axis, in the axis's own unit. */
export interface Span {
  from: number;
  to: number;
}

/** How the span follows a running program: all of it, its newest part, or not at all. */
export type Follow = 'all' | 'newest' | 'still';

/** The visible part of a growing axis. Zoom and pan end the following. */
export class Viewport {
  #whole: Span = { from: 0, to: 1 };
  #span: Span = { from: 0, to: 1 };
  #follow: Follow = 'all';
  readonly #shortest: number;

  /** `shortest`: the shortest visible span, the zoom limit. */
  constructor(shortest: number) {
    this.#shortest = shortest;
  }

  get from(): number {
    return this.#span.from;
  }

  get to(): number {
    return this.#span.to;
  }

  get whole(): Span {
    return this.#whole;
  }

  get follow(): Follow {
    return this.#follow;
  }

  /** The axis has grown, or was replaced. */
  setWhole(from: number, to: number): void {
    this.#whole = { from, to: Math.max(to, from + this.#shortest) };
    if (this.#follow === 'all') this.fit();
    else if (this.#follow === 'newest') this.followNewest();
    else this.#show(this.#span.from, this.#span.to);
  }

  fit(): void {
    this.#follow = 'all';
    this.#span = { ...this.#whole };
  }

  /** Keeps the newest at the right edge. */
  followNewest(): void {
    const length = Math.min(this.#span.to - this.#span.from, this.#whole.to - this.#whole.from);
    this.#follow = 'newest';
    this.#span = { from: this.#whole.to - length, to: this.#whole.to };
  }

  stay(): void {
    this.#follow = 'still';
  }

  /** Zooms in for a factor above 1; the point at `anchor`, from 0 at the left to 1, stays fixed. */
  zoom(factor: number, anchor: number): void {
    const length = this.#span.to - this.#span.from;
    const wanted = Math.min(Math.max(length / factor, this.#shortest), this.#whole.to - this.#whole.from);
    const fixed = this.#span.from + length * anchor;
    const follow = this.#follow;
    this.#follow = 'still';
    this.#show(fixed - wanted * anchor, fixed + wanted * (1 - anchor));
    if (follow === 'newest') this.followNewest();
  }

  /** By a fraction of the visible span: 1 is one span to the right. */
  pan(part: number): void {
    this.#follow = 'still';
    const by = (this.#span.to - this.#span.from) * part;
    this.#show(this.#span.from + by, this.#span.to + by);
  }

  /** Scrolls a position into view, with some margin. */
  reveal(position: number): void {
    const length = this.#span.to - this.#span.from;
    if (position >= this.#span.from && position <= this.#span.to) return;
    this.#follow = 'still';
    this.#show(position - length / 2, position + length / 2);
  }

  #show(from: number, to: number): void {
    const length = Math.min(to - from, this.#whole.to - this.#whole.from);
    const start = Math.min(Math.max(from, this.#whole.from), this.#whole.to - length);
    this.#span = { from: start, to: start + length };
  }
}
