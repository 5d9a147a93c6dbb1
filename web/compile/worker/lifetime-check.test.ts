import { describe, expect, test } from '@jest/globals';
import { lifetimeWarnings } from './lifetime-check.js';

const GREET = 'Coro<> greet(const std::string& name) { co_await sleep(1); }\n';

/** What clang is asked to check, if it is asked. */
function marked(text: string): string | undefined {
  let asked: string | undefined;
  lifetimeWarnings({ 'main.cpp': text }, (files) => {
    asked = files['main.cpp'];
    return '';
  });
  return asked?.replaceAll(' [[clang::lifetimebound]]', '@');
}

describe('clang is asked about a coroutine', () => {
  test.each([
    ['kept in a variable', 'auto later = greet(text);'],
    ['given to another function', 'all.push_back(greet(text));'],
    ['returned', 'return greet(text);'],
    ['with a literal', 'auto later = greet("a");'],
  ])('%s', (_, call) => {
    expect(marked(`${GREET}void f() { ${call} }`)).toContain('const std::string& name@)');
  });

  test.each([
    ['awaited at once', 'co_await greet("a");'],
    ['awaited at once, of an object', 'co_await people.front().greet("a");'],
    ['that is the program', 'asyncio::run(greet("a"));'],
  ])('%s is not doubtful', (_, call) => {
    expect(marked(`${GREET}void f() { ${call} }`)).toBeUndefined();
  });

  test('of parameters by value, and of variables that it changes, is not doubtful', () => {
    expect(marked('Coro<> work(std::string name, Queue<int>& queue) { co_return; }\nauto t = create_task(work("a", queue));')).toBeUndefined();
  });

  test('of a variable that it changes is doubtful where it is returned', () => {
    expect(marked('Coro<> work(Queue<int>& queue) { co_return; }\nauto f() { Queue<int> queue; return work(queue); }')).toContain('queue@)');
  });

  test('with an argument by default is doubtful', () => {
    expect(marked('Coro<> get(std::string url, const Options& options = {}) { co_return; }\nauto l = get("a");')).toContain('options@ =');
  });

  test('of an object that the call makes is doubtful', () => {
    const text = 'struct Worker { int n; Coro<> run() const noexcept { co_return; } };\nauto l = Worker{1}.run();';
    expect(marked(text)).toContain('run() const noexcept@ {');
  });
});

describe('in the copy that clang checks, the attribute', () => {
  test.each([
    ['is in every declaration', 'struct W { Coro<> f(const T& a); };\nCoro<> W::f(const T& a) { co_return; }\nauto x = w.f(1);', 'struct W { Coro<> f(const T& a@)@; };\nCoro<> W::f(const T& a@) {'],
    ['is not said of an object that a function has not', 'struct W { static Coro<> f(const T& a) { co_return; } };\nauto x = W::f(1);', 'static Coro<> f(const T& a@) {'],
    ['is said of a lambda', 'auto f = [](std::string_view a, int) -> Coro<> { co_return; };\nauto x = f("a");', '[](std::string_view a@, int) ->'],
    ['is said of a generator', 'AsyncGenerator<int> f(const T& a) { co_yield 1; }\nauto x = f(T());', 'f(const T& a@) {'],
    ['is said of an alias of Coro', 'template <class T> using Co = asyncio::Coro<T>;\nCo<int> f(const T& a) { co_return 1; }\nauto x = f(T());', 'f(const T& a@) {'],
    ['is said of a template', 'template <class T, class... A> Coro<std::map<int, T>> f(T&& a, A&&... b) { co_return {}; }\nauto x = f(T());', 'f(T&& a@, A&&... b@) {'],
    ['is said where the result comes last', 'auto f(const T& a) -> Coro<int> { co_return 1; }\nauto x = f(T());', 'f(const T& a@) ->'],
  ])('%s', (_, text, expected) => {
    expect(marked(text)).toContain(expected);
  });

  test.each(['all.emplace_back(greet("a"));', 'Coro<> later{greet("a")};', 'auto later{greet("a")};', 'auto both = gather(f(), people.greet("a"), g());', 'create_task(greet("a"), "name");'])(
    'the coroutine is said to be kept in %s',
    (statement) => {
      expect(marked(`${GREET}void f() { ${statement} }`)).toContain(
        statement.replace(/(?:people\.)?greet\("a"\)/, '::asyncio::detail::kept($&)'),
      );
    },
  );

  test('is not in a function that merely gives a Coro', () => {
    const text = `${GREET}Coro<> wrap(const std::string& a) { auto f = [](int b) -> Coro<> { co_return; }; return greet(a); }\nauto x = wrap("a");`;
    expect(marked(text)).toContain('wrap(const std::string& a) {');
  });
});

describe('what clang answers', () => {
  const text = `${GREET}Coro<> amain(const int& é) { auto later = greet("é"); co_await gather(greet("b")); }`;

  /** The warnings of what clang says, whose places are told by what stands there. */
  const warnings = (said: (place: (what: string) => string) => string): ReturnType<typeof lifetimeWarnings> =>
    lifetimeWarnings({ 'main.cpp': text }, (files) =>
      said((what) => {
        const lines = (files['main.cpp'] ?? '').split('\n');
        const line = lines.findIndex((each) => each.includes(what));
        const column = Buffer.byteLength((lines[line] ?? '').slice(0, lines[line]?.indexOf(what))) + 1;
        const end = column + Buffer.byteLength(what);
        return `main.cpp:${line + 1}:${column}:{${line + 1}:${column}-${line + 1}:${end}}`;
      }),
    );

  test('is told at its place in the source', () => {
    const [warning] = warnings((place) => `${place('"é"')}: warning: temporary whose address is used [-Wdangling]`);
    expect(warning).toMatchObject({ severity: 'warning', file: 'main.cpp', range: { startLine: 2, endLine: 2 } });
    expect(text.split('\n')[1]?.slice((warning?.range.startColumn ?? 0) - 1, (warning?.range.endColumn ?? 0) - 1)).toBe('"é"');
    expect(warning?.message).toContain('pass it by value');
  });

  test('is no warning where its expression waits for the end', () => {
    expect(warnings((place) => `${place('"b"')}: warning: object whose reference is captured [-Wdangling-capture]`)).toEqual([]);
  });

  test('that is about something else is left to the compile', () => {
    expect(warnings((place) => `${place('"é"')}: warning: unused [-Wunused-value]\nmain.cpp:1:1: error: no`)).toEqual([]);
  });
});
