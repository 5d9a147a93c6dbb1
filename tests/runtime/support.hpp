#pragma once

#include <asyncio.hpp>
#include <asyncio/detail/report_sink.hpp>

#include <gtest/gtest.h>

#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::test {

/// Runs `main` on a virtual clock: sleeps take no time, and times are exact.
template <class T> T run_virtual(Coro<T> main, RunOptions options = {}) {
    options.loop_factory = [] { return std::make_unique<EventLoop>(std::make_unique<VirtualClock>()); };
    return run(std::move(main), std::move(options));
}

/// What an awaitable raises, as describe() says it; "nothing".
template <class A> Coro<std::string> raised_by(A awaitable) {
    try {
        co_await std::move(awaitable);
    } catch (...) {
        co_return describe(std::current_exception());
    }
    co_return "nothing";
}

/// The text of what a call raises at once; "nothing".
template <class F> std::string raised_text(F call) {
    try {
        call();
    } catch (const std::exception& error) {
        return error.what();
    }
    return "nothing";
}

/// Counts its live objects, to prove that frames free their locals and arguments.
class Counted {
public:
    Counted() { ++alive; }
    Counted(const Counted&) { ++alive; }
    Counted(Counted&&) noexcept { ++alive; }
    Counted& operator=(const Counted&) = default;
    Counted& operator=(Counted&&) = default;
    ~Counted() { --alive; }
    static inline int alive = 0;
};

using Log = std::vector<std::string>;

/// During its lifetime reports are written to stderr, although other tests of this program use asyncio::logging.
class ReportsOnStderr {
public:
    ReportsOnStderr() = default;
    ~ReportsOnStderr() { detail::report_with(before_); }
    ReportsOnStderr(const ReportsOnStderr&) = delete;
    ReportsOnStderr& operator=(const ReportsOnStderr&) = delete;

private:
    detail::ReportSink before_ = detail::report_with(nullptr);
};

/// Collects the reports to a loop's exception handler during its lifetime.
class Reports {
public:
    explicit Reports(EventLoop& loop = get_running_loop()) : loop_(loop) {
        loop.set_exception_handler(
            [this](EventLoop&, const ExceptionContext& context) { contexts_.push_back(context); });
    }
    ~Reports() { loop_.set_exception_handler({}); }
    Reports(const Reports&) = delete;
    Reports& operator=(const Reports&) = delete;

    const std::vector<ExceptionContext>& all() const { return contexts_; }
    Log messages() const {
        Log messages;
        for (const ExceptionContext& context : contexts_) messages.push_back(context.message);
        return messages;
    }
    /// The only report so far.
    ExceptionContext only() const {
        EXPECT_EQ(contexts_.size(), 1u);
        return contexts_.empty() ? ExceptionContext() : contexts_.front();
    }

private:
    EventLoop& loop_;
    std::vector<ExceptionContext> contexts_;
};

/// Lets everything that is ready run, `count` times.
inline Coro<> turns(int count = 1) {
    for (int i = 0; i < count; ++i) co_await sleep(0);
}

/// The file and line of the caller, as a warning names them.
inline std::string here(int lines_up = 0, std::source_location where = std::source_location::current()) {
    return std::string(where.file_name()) + ":" + std::to_string(static_cast<int>(where.line()) - lines_up);
}

} // namespace asyncio::test

/// A test whose body is a coroutine, run on a virtual clock.
#define CO_TEST(Suite, Name)                                                                                 \
    static asyncio::Coro<> Suite##_##Name();                                                                 \
    TEST(Suite, Name) {                                                                                      \
        asyncio::test::run_virtual(Suite##_##Name());                                                        \
        EXPECT_EQ(asyncio::test::Counted::alive, 0);                                                         \
    }                                                                                                        \
    static asyncio::Coro<> Suite##_##Name()

/// ASSERT_* returns, which a coroutine cannot: expects `statement` to raise `Type`.
#define CO_EXPECT_RAISES(statement, Type)                                                                    \
    try {                                                                                                    \
        (void)(statement);                                                                                   \
        ADD_FAILURE() << #statement " raised nothing";                                                       \
    } catch (const Type&) {                                                                                  \
    }
