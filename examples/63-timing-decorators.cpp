// Timing decorators: wrap any coroutine function, and see where the time goes
#include <algorithm>
#include <asyncio.hpp>
#include <map>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

class Profiler {
public:
    // The result of timed() is called like `function`.
    template <class F> auto timed(std::string name, F function) {
        return [this, name, function](auto... arguments) { return this->measure(name, function, arguments...); };
    }

    void print() const {
        std::vector<std::pair<std::string, Entry>> entries(entries_.begin(), entries_.end());
        std::ranges::sort(entries, std::greater(), [](const auto& entry) { return entry.second.seconds; });
        for (const auto& [name, entry] : entries)
            std::println("{:<6} {} calls, {} failed, {}", name, entry.calls, entry.failures, entry.seconds > 0.1 ? "slow" : "quick");
    }

private:
    struct Entry {
        int calls = 0;
        int failures = 0;
        double seconds = 0;
    };
    // The destructor runs however the call ends.
    struct Stopwatch {
        Entry& entry;
        double start = now();
        int errors = std::uncaught_exceptions();
        ~Stopwatch() {
            ++entry.calls;
            entry.seconds += now() - start;
            entry.failures += std::uncaught_exceptions() > errors;
        }
    };

    template <class F, class... Args>
    auto measure(std::string name, F function, Args... arguments) -> decltype(function(arguments...)) {
        const Stopwatch stopwatch{entries_[name]};
        co_return co_await function(arguments...);
    }
    static double now() { return asyncio::get_running_loop().time(); }

    std::map<std::string, Entry> entries_;
};

asyncio::Coro<std::string> load(int page) {
    co_await asyncio::sleep(100ms);
    if (page == 3) throw std::out_of_range("there is no page 3");
    co_return "page " + std::to_string(page);
}
asyncio::Coro<std::size_t> parse(std::string page) { co_return page.size(); }

asyncio::Coro<> amain() {
    Profiler profiler;
    const auto timed_load = profiler.timed("load", load);
    const auto timed_parse = profiler.timed("parse", parse);
    try {
        for (int page = 1;; ++page) std::println("{} letters", co_await timed_parse(co_await timed_load(page)));
    } catch (const std::out_of_range& error) {
        std::println("{}", error.what());
    }
    profiler.print();
}

int main() {
    asyncio::run(amain());
}
