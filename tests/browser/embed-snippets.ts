/** Elements of one page, with all the features of an element. */

const sampled = `#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

//sampleStart
asyncio::Coro<> amain() {
    std::println("Hello ...");
    co_await asyncio::sleep(20ms);
    std::println("\\033[31m... world!\\033[0m");
}
//sampleEnd
int main() {
    asyncio::run(amain());
}
`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export const programCpp = `#include <cstdio>
int main() { std::puts("from a file"); }
`;

const printing = (text: string): string => `#include <cstdio>\nint main() { std::puts("${text}"); }`;

const endless = `#include <asyncio.hpp>
#include <print>
asyncio::Coro<> amain() {
    std::println("begun");
    try {
        co_await asyncio::sleep(3600);
    } catch (const asyncio::CancelledError&) {
        std::println("cleaned up");
        throw;
    }
}
int main() { asyncio::run(amain()); }`;

const asking = `#include <asyncio.hpp>
#include <print>
asyncio::Coro<> amain() {
    auto line = co_await asyncio::read_line("name? ");
    std::println("Hello {}", line);
}
int main() { asyncio::run(amain()); }`;

const withArguments = `#include <asyncio.hpp>
#include <print>
asyncio::Coro<> amain(std::string word) {
    auto line = co_await asyncio::read_line();
    std::println("{} {}", word, line);
}
int main(int, char** argv) { asyncio::run(amain(argv[1])); }`;

const slow = `#include <asyncio.hpp>
#include <print>
asyncio::Coro<> amain() {
    co_await asyncio::sleep(3600);
    std::println("an hour later");
}
int main() { asyncio::run(amain()); }`;

const unordered = `#include <asyncio.hpp>
#include <print>
asyncio::Coro<> say(int number) {
    std::print("{}", number);
    co_return;
}
asyncio::Coro<> amain() {
    co_await asyncio::async_with(asyncio::TaskGroup{}, [](asyncio::TaskGroup& group) -> asyncio::Coro<> {
        for (int number = 0; number < 8; ++number) group.create_task(say(number));
        co_return;
    });
}
int main() { asyncio::run(amain()); }`;

export const tenElements = `
<asyncio-playground id="sampled" highlight="7-8" expected="Hello ...&#10;... world!"><script type="text/plain">
${sampled}</script></asyncio-playground>
<asyncio-playground id="wrapping"><pre><code>${escaped(printing('wrapped'))}</code></pre></asyncio-playground>
<pre id="told">${escaped(printing('told of'))}</pre>
<asyncio-playground id="elsewhere" for="#told"></asyncio-playground>
<asyncio-playground id="fetched" src="program.cpp"></asyncio-playground>
<asyncio-playground id="given" args="'two words' unused" stdin="a line"><pre><code>${escaped(withArguments)}</code></pre></asyncio-playground>
<asyncio-playground id="shuffled" seed="3"><pre><code>${escaped(unordered)}</code></pre></asyncio-playground>
<asyncio-playground id="fast" clock="fast"><pre><code>${escaped(slow)}</code></pre></asyncio-playground>
<asyncio-playground id="plain" read-only lines="false" theme="dark" open-in="none" output-height="4em"><pre><code>${escaped(printing('plain'))}</code></pre></asyncio-playground>
<asyncio-playground id="endless"><pre><code>${escaped(endless)}</code></pre></asyncio-playground>
<asyncio-playground id="asking"><pre><code>${escaped(asking)}</code></pre></asyncio-playground>
<asyncio-playground id="different" open-in="https://play.example/cpp/" expected="one&#10;two"><pre><code>${escaped(printing('one\\nthree'))}</code></pre></asyncio-playground>
`;

export const sampledText = sampled.replace(/\/\/sample.*\n/g, '');
