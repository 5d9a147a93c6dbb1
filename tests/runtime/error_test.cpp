#include "support.hpp"

#include <stdexcept>
#include <type_traits>

namespace asyncio::test {
namespace {

TEST(Error, is_the_base_of_what_the_library_raises) {
    static_assert(std::derived_from<Error, std::exception>);
    static_assert(std::derived_from<RuntimeError, Error>);
    static_assert(std::derived_from<ValueError, Error>);
    static_assert(std::derived_from<InvalidStateError, Error>);
    static_assert(std::derived_from<TimeoutError, Error>);
    static_assert(std::derived_from<QueueEmpty, Error>);
    static_assert(std::derived_from<QueueFull, Error>);
    static_assert(std::derived_from<QueueShutDown, Error>);
    static_assert(std::derived_from<BrokenBarrierError, RuntimeError>);
    static_assert(std::derived_from<DeadlockError, RuntimeError>);
    static_assert(std::derived_from<ExceptionGroup, Error>);
    EXPECT_STREQ(ValueError("why").what(), "why");
    EXPECT_STREQ(Error().what(), "");
}

TEST(Error, what_stops_a_program_is_no_std_exception) {
    static_assert(!std::derived_from<CancelledError, std::exception>);
    static_assert(!std::derived_from<KeyboardInterrupt, std::exception>);
    EXPECT_EQ(CancelledError("why").message(), "why");
    EXPECT_EQ(CancelledError().message(), "");
}

TEST(Error, is_described_by_type_and_text) {
    const auto described = [](auto error) { return describe(std::make_exception_ptr(error)); };
    EXPECT_EQ(described(ValueError("bad")), "ValueError: bad");
    EXPECT_EQ(described(RuntimeError()), "RuntimeError");
    EXPECT_EQ(described(std::runtime_error("bad")), "std::runtime_error: bad");
    EXPECT_EQ(described(CancelledError()), "CancelledError");
    EXPECT_EQ(described(CancelledError("why")), "CancelledError: why");
    EXPECT_EQ(described(KeyboardInterrupt()), "KeyboardInterrupt");
    EXPECT_EQ(described(42), "int");
    EXPECT_EQ(describe(nullptr), "no error");
}

TEST(Error, gives_its_type_and_its_message_apart) {
    const std::exception_ptr bad = std::make_exception_ptr(ValueError("bad"));
    EXPECT_EQ(type_name(bad), "ValueError");
    EXPECT_EQ(message(bad), "bad");
    EXPECT_EQ(type_name(std::make_exception_ptr(std::runtime_error("text"))), "std::runtime_error");
    EXPECT_EQ(message(std::make_exception_ptr(CancelledError("stop"))), "stop");
    EXPECT_EQ(type_name(std::make_exception_ptr(42)), "int");
    EXPECT_EQ(message(std::make_exception_ptr(42)), "");
    EXPECT_EQ(type_name(nullptr), "");
    EXPECT_EQ(message(nullptr), "");
}

TEST(Error, is_of_its_class_and_of_the_bases_of_that) {
    const std::exception_ptr late = std::make_exception_ptr(TimeoutError("late"));
    EXPECT_TRUE(is<TimeoutError>(late));
    EXPECT_TRUE(is<std::exception>(late));
    EXPECT_FALSE(is<ValueError>(late));
    EXPECT_FALSE(is<std::exception>(std::make_exception_ptr(CancelledError())));
    EXPECT_FALSE(is<TimeoutError>(nullptr));
}

/// The message of the error that a misuse raises.
template <class F> std::string sentence_of(F misuse) {
    try {
        misuse();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

CO_TEST(Error, of_a_misuse_says_what_to_do) {
    const auto says = [](const std::string& sentence, const char* advice) {
        EXPECT_NE(sentence.find(advice), std::string::npos) << sentence;
    };
    Future<int> future;
    Lock lock;
    Queue<int> queue(1);
    says(sentence_of([&] { lock.release(); }), "call acquire() first");
    says(sentence_of([&] { (void)future.result(); }), "await it first");
    says(sentence_of([&] { queue.get_nowait(); }), "co_await get()");
    says(sentence_of([&] { queue.task_done(); }), "call it once for each item");
    queue.put_nowait(1);
    says(sentence_of([&] { queue.put_nowait(2); }), "co_await put()");
    says(sentence_of([] { Semaphore semaphore(-1); }), "0 or more");
    says(sentence_of([] { Barrier barrier(0); }), "at least one");
    future.set_result(1);
    says(sentence_of([&] { future.set_result(2); }), "check done() first");
    says(sentence_of([] { run([]() -> Coro<> { co_return; }()); }), "co_await the coroutine instead");
    co_return;
}

TEST(Error, of_a_call_outside_a_loop_says_what_to_do) {
    EXPECT_NE(sentence_of([] { get_running_loop(); }).find("asyncio::run()"), std::string::npos);
    EventLoop loop(std::make_unique<VirtualClock>());
    loop.close();
    EXPECT_NE(sentence_of([&] { loop.run_forever(); }).find("create a new one"), std::string::npos);
}

} // namespace
} // namespace asyncio::test
