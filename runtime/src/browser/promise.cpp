#include "promise.hpp"

#include <asyncio/event_loop.hpp>
#include <asyncio/future.hpp>

#include <emscripten/bind.h>
#include <format>
#include <unordered_map>
#include <utility>

using emscripten::val;

namespace asyncio::browser {
namespace {

/// A promise that is awaited; JavaScript identifies it by its number.
class Watch {
public:
    explicit Watch(const val& promise) : number_(++last_number) {
        watches.emplace(number_, this);
        // A handle belongs to the thread that created it.
        static thread_local const val promises = host_io("promises");
        promises.call<void>("watch", promise, number_);
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() { watches.erase(number_); }

    Future<val> future;

    static Watch* find(int number) {
        const auto found = watches.find(number);
        return found == watches.end() ? nullptr : found->second;
    }

private:
    static inline std::unordered_map<int, Watch*> watches;
    static inline int last_number = 0;

    PendingIo pending_;
    int number_;
};

std::string text_of(const val& error, const char* property) {
    const bool has = !error.isUndefined() && !error.isNull() && error[property].isString();
    return has ? error[property].as<std::string>() : std::string();
}

HostError error_of(const val& error) {
    std::string name = text_of(error, "name");
    if (name.empty()) return {"Error", val::global("String")(error).as<std::string>()};
    return {std::move(name), text_of(error, "message")};
}

void settle(int number, bool fulfilled, const val& value) {
    Watch* watch = Watch::find(number);
    if (watch == nullptr || watch->future.done()) return;
    if (fulfilled)
        watch->future.set_result(value);
    else
        watch->future.set_exception(error_of(value));
    watch->future.get_loop().backend().wake();
}

} // namespace

Coro<val> settled(val promise) {
    Watch watch(promise);
    co_return co_await watch.future;
}

val host_io(const char* part) {
    const val io = val::module_property("asyncioIo");
    if (io.isUndefined()) {
        throw RuntimeError(
            std::format("{} is not available on this thread. In a page only the program's main thread has "
                        "access: pass a coroutine to its loop with run_coroutine_threadsafe()",
                        part));
    }
    return io[part];
}

} // namespace asyncio::browser

EMSCRIPTEN_BINDINGS(asyncio_promises) { emscripten::function("asyncioSettle", &asyncio::browser::settle); }
