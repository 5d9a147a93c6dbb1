/** A program with loops, try blocks and awaits in an order that depends on the seed. It ends. */
export function loopShape(seed: number): string {
  return new Shape(seed).program();
}

const DEPTH = 3;

/** What the statements use: a function that awaits and often throws, a class with a destructor, and a bounded log. */
const PRELUDE = `#include <asyncio.hpp>
#include <cstdio>
#include <stdexcept>
int lines = 0;
void log(const char* what, int n) { if (++lines < 400) std::printf("%s %d\\n", what, n); }
struct Guard { const char* name; explicit Guard(const char* n) : name(n) {} ~Guard() { log(name, -1); } };
asyncio::Coro<int> step(int& n, int k) {
    ++n;
    co_await asyncio::sleep(0);
    if ((n + k) % 5 == 0) throw std::invalid_argument("logic");
    if ((n + k) % 7 == 0) throw std::runtime_error("runtime");
    co_return n * k;
}
`;

interface Place {
  depth: number;
  inLoop: boolean;
  /** In a catch block, where nothing can be awaited. */
  inHandler: boolean;
}

class Shape {
  #state: number;
  #names = 0;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761 + 12_345) % 2 ** 32;
  }

  program(): string {
    const place = { depth: DEPTH, inLoop: false, inHandler: false };
    return `${PRELUDE}asyncio::Coro<> shape(int& n) {
co_await asyncio::sleep(0);
${this.#block(place)}
for (int outer = 0; outer < 3; ++outer) {
${this.#attempt({ ...place, inLoop: true })}
}
}
asyncio::Coro<> amain() {
    int n = 0;
    try { co_await shape(n); } catch (const std::exception& e) { log(e.what(), n); }
    log("end", n);
}
int main() { asyncio::run(amain()); }
`;
  }

  #block(place: Place): string {
    return Array.from({ length: 1 + this.#below(3) }, () => this.#statement(place)).join('\n');
  }

  #statement(place: Place): string {
    const inner = { ...place, depth: place.depth - 1 };
    const looped = { ...inner, inLoop: true };
    const name = `x${++this.#names}`;
    const simple = [
      () => `log("${name}", ${this.#value(place)});`,
      () => (place.inHandler ? `log("${name}", n);` : 'co_await asyncio::sleep(0);'),
      () => `{ Guard ${name}("${name}"); log("in", ${this.#value(place)}); }`,
      () => (place.inLoop ? `if (n % ${2 + this.#below(4)} == 0) ${this.#oneOf('continue', 'break')};` : '++n;'),
      () => (this.#below(4) === 0 ? `if (n > ${20 + this.#below(20)}) co_return;` : '++n;'),
    ];
    const nested = [
      () => `for (int ${name} = 0; ${name} < ${1 + this.#below(3)}; ++${name}) {\n${this.#block(looped)}\n}`,
      () => `for (int ${name} = 0; ${name} < ${1 + this.#below(3)}; ++${name}) {\n${this.#attempt(looped)}\n${this.#block({ ...looped, depth: 0 })}\n}`,
      () => `{ int ${name} = 0; do {\n${this.#block(looped)}\n} while (++${name} < 2); }`,
      () => `{ int ${name} = 0; while (${name}++ < 2)\n${this.#attempt(looped)}\n}`,
      () => this.#attempt(inner),
      () => `if (n % 3 == ${this.#below(3)}) {\n${this.#block(inner)}\n}`,
    ];
    return this.#oneOf(...simple, ...(place.depth > 0 ? nested : []))();
  }

  #attempt(place: Place): string {
    const handler = { ...place, depth: Math.min(place.depth, 1), inHandler: true };
    const others = [
      this.#below(2) === 0 ? ` catch (const std::exception&) {\nlog("other", n);\n${this.#below(4) === 0 ? 'throw;\n' : ''}}` : '',
      this.#below(5) === 0 ? ' catch (...) { log("all", n); }' : '',
    ];
    return `try {\n${this.#block(place)}\n} catch (const std::logic_error& e) {\nlog(e.what(), n);\n${this.#block(handler)}\n}${others.join('')}`;
  }

  #value({ inHandler }: Place): string {
    const awaited = `co_await step(n, ${this.#below(9)})`;
    return inHandler ? 'n' : this.#oneOf(awaited, `co_await step(n, 1) + ${awaited}`, 'n');
  }

  #oneOf<T>(...choices: T[]): T {
    return choices[this.#below(choices.length)] as T;
  }

  #below(limit: number): number {
    this.#state = (this.#state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }
}
