/**
 * Places where completion is requested while typing, each marked by `@@`. Together they use most of the completion code.
 */
const PROGRAM = `#include <asyncio.hpp>
#include <print>
@@
namespace shop { enum class Colour { red, green }; struct Item { std::string name; int price = 1; }; }
struct Shape {
    virtual ~Shape() = default;
    virtual double area(int scale, double shift = 1) const { return scale * shift; }
};
class Square final : public @@Shape {
public:
    explicit Square(double side) : @@side_(side) {}
    @@
    double area(int scale, double shift = 1) const override { return this->@@side_ + Shape::area(@@scale, shift); }
private:
    double side_;
};
template <class Type> concept Small = sizeof(@@Type) < 8;
using @@std::string;
asyncio::Coro<> work(asyncio::Queue<int>& jobs, asyncio::Lock* lock, shop::Item item) {
    auto held = co_await lock->@@scoped();
    co_await jobs.@@join();
    auto task = asyncio::create_task(work(@@jobs, lock, {.@@name = "x"}));
    co_return @@;
}
int main(int argc, char** argv) {
    @@std::vector<std::unique_ptr<@@Shape>> shapes;
    for (auto& shape : @@shapes) shape->@@area(1);
    switch (shop::Colour colour = shop::Colour::@@red; colour) { case @@shop::Colour::red: break; default: @@break; }
    auto lambda = [@@&](int value) { return value + @@argc; };
    Shape* plain = new @@Square(2);
    struct Local : shop::Item { int own; } local; local.@@own = lambda(1);
    return asyncio::run(@@work(nullptr)) ? : std::@@exchange(argc, 1);
}
@@
`;

const OTHERS = { 'own.hpp': '#pragma once\nstruct Own { int number; };\n' };
const MARK = '@@';

/** @returns {{ files: Record<string, string>, place: { file: string, line: number, column: number } }[]} */
export function completionPlaces() {
  const parts = PROGRAM.split(MARK);
  const places = parts.slice(1).map((_, index) => {
    const before = parts.slice(0, index + 1).join('');
    const rest = parts.slice(index + 1).join('');
    // Half of them are at the end of a line, as while typing.
    const source = before + (index % 2 === 0 ? rest : rest.slice(rest.indexOf('\n')));
    return { files: { 'main.cpp': source, ...OTHERS }, place: placeAt('main.cpp', before) };
  });
  return [
    ...places,
    { files: { 'main.cpp': '\n' }, place: { file: 'main.cpp', line: 1, column: 1 } },
    { files: { 'main.cpp': '#include "own.hpp"\nint main() {}\n', 'own.hpp': 'struct Own { int number; };\nint of(Own own) { return own.' }, place: { file: 'own.hpp', line: 2, column: 31 } },
  ];
}

/**
 * @param {string} file
 * @param {string} before
 */
function placeAt(file, before) {
  const lines = before.split('\n');
  return { file, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
