#include "order.hpp"
#include "../trace/tracer.hpp"

#include <asyncio/await_graph.hpp>
#include <asyncio/detail/callback_observer.hpp>
#include <asyncio/detail/error_of.hpp>
#include <asyncio/detail/finally.hpp>
#include <asyncio/detail/inbox.hpp>
#include <asyncio/detail/place.hpp>
#include <asyncio/detail/report_sink.hpp>
#include <asyncio/detail/repr.hpp>
#include <asyncio/event_loop.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <ranges>
#include <utility>

namespace asyncio {
namespace {

// Timers that are due within the clock's resolution count as due now.
constexpr double clock_resolution = 1e-9;
constexpr double longest_wait = 24 * 3600;

/// The maximum number of waiting tasks named in a deadlock report.
constexpr std::size_t most_named = 100;

/// Makes a loop the running one for a scope.
class RunningLoop {
public:
    explicit RunningLoop(EventLoop& loop) {
        if (detail::running_loop != nullptr)
            throw RuntimeError(
                "an event loop is already running on this thread: co_await the coroutine instead");
        detail::running_loop = &loop;
    }
    ~RunningLoop() { detail::running_loop = nullptr; }
    RunningLoop(const RunningLoop&) = delete;
    RunningLoop& operator=(const RunningLoop&) = delete;
};

/// "0.250". Avoids printf, which links all its conversions, and std::format, which every page would have to
/// load.
std::string in_thousandths(double number) {
    constexpr std::size_t enough = 320; // for the largest double
    std::array<char, enough> text = {};
    const auto written =
        // NOLINTNEXTLINE(*-pro-bounds-pointer-arithmetic): its end
        std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, 3);
    return {text.data(), written.ptr};
}

// The argument of set_event_loop().
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
constinit thread_local EventLoop* thread_loop = nullptr;

std::vector<const EventLoop*>& live_loops() {
    static thread_local std::vector<const EventLoop*> loops;
    return loops;
}

} // namespace

namespace detail {

bool is_alive(const EventLoop& loop) noexcept { return std::ranges::contains(live_loops(), &loop); }

// NOLINTNEXTLINE(*-avoid-non-const-global-variables): set once, by a library that may not be there
constinit std::atomic<ReportSink> report_sink = nullptr;

ReportSink report_with(ReportSink sink) noexcept { return report_sink.exchange(sink); }

void print_context(const ExceptionContext& context) noexcept {
    if (const ReportSink sink = report_sink) {
        try {
            return sink(context);
        } catch (...) { // NOLINT(bugprone-empty-catch): then it is written to stderr
        }
    }
    std::string text = context.message.empty() ? "Unhandled exception in event loop" : context.message;
    text += '\n';
    if (!context.source.empty()) text += "  " + context.source + "\n";
    if (context.exception) text += "  " + describe(context.exception) + "\n";
    std::fputs(text.c_str(), stderr);
}

// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
constinit thread_local EventLoop* running_loop = nullptr;

void throw_no_running_loop() {
    throw RuntimeError("no running event loop: call this from a coroutine that asyncio::run() started");
}

} // namespace detail

std::unique_ptr<EventLoop> new_event_loop() { return std::make_unique<EventLoop>(); }

void set_event_loop(EventLoop* loop) noexcept { thread_loop = loop; }

EventLoop& get_event_loop() {
    if (detail::running_loop != nullptr) return *detail::running_loop;
    if (thread_loop == nullptr)
        throw RuntimeError("no event loop is running and none is set: create one with new_event_loop() and "
                           "pass it to set_event_loop()");
    return *thread_loop;
}

Coro<> EventLoop::shutdown_asyncgens() {
    while (!generators_.empty()) {
        const detail::Ref generator(&generators_.front());
        if (std::exception_ptr error = co_await detail::error_of(detail::GeneratorPromise::aclose(generator)))
            call_exception_handler({.message = "an error occurred during the closing of an async generator",
                                    .exception = std::move(error),
                                    .source = detail::place_of(generator->where())});
        // A generator that yields during its close must not be closed again and again.
        generator->unlink();
    }
}

EventLoop::EventLoop(std::unique_ptr<Backend> backend)
    : backend_(std::move(backend)), inbox_(std::make_shared<detail::Inbox>(*backend_)) {
    live_loops().push_back(this);
    if (const std::optional<std::uint32_t> seed = backend_->seed()) shuffle(*seed);
}

EventLoop::~EventLoop() {
    if (thread_loop == this) thread_loop = nullptr;
    if (!closed_) close();
    std::erase(live_loops(), this);
}

void EventLoop::require_open() const {
    if (closed_) throw RuntimeError("the event loop is closed: create a new one, or call run()");
}

void EventLoop::close() {
    if (running_) throw RuntimeError("a running event loop cannot be closed: call stop() first");
    closed_ = true;
    inbox_->close();
    while (!signal_handlers_.empty()) remove_signal_handler(signal_handlers_.begin()->first);
    abandon_tasks();
    backend_->close();
    while (!ready_.empty()) ready_.pop_front().drop();
    while (detail::Callback* timer = timers_.take_any()) timer->drop();
    expected_.clear();
    executor_.reset();
}

void EventLoop::abandon_tasks() {
    // All tasks give up before the first is destroyed, since its destructors may cancel another.
    std::vector<std::pair<detail::Ref<detail::TaskBase>, std::string>> left;
    for (detail::TaskListNode& node : tasks_) {
        std::string repr = node.task().give_up_waiting();
        left.emplace_back(&node.task(), std::move(repr));
    }
    for (auto& [task, repr] : left) {
        detail::Ref<detail::TaskBase> going = std::exchange(task, nullptr);
        going->abandon(std::move(repr));
    }
}

void EventLoop::shuffle(std::uint32_t seed) { order_ = std::make_unique<detail::Order>(seed); }

void EventLoop::wait() {
    const std::optional<double> timeout = time_to_next();
    if (!timeout && !can_be_woken()) fail_deadlocked();
    if (detail::tracer != nullptr) detail::tracer->loop_waits(*this, timeout);
    backend_->wait(*this, timeout);
    if (detail::tracer != nullptr) detail::tracer->loop_wakes(*this);
}

void EventLoop::poll() {
    turns_to_poll_ = backend_->poll(*this);
    if (detail::tracer != nullptr) detail::tracer->loop_is_busy(*this);
}

inline void EventLoop::run(detail::Callback& callback) {
    if (looked_at_) [[unlikely]]
        run_looked_at(callback);
    else
        callback.run();
}

void EventLoop::run_looked_at(detail::Callback& callback) {
    if (debug_)
        run_timed(callback);
    else
        run_observed(callback);
}

void EventLoop::run_observed(detail::Callback& callback) {
    detail::CallbackObserver* const observer = observer_;
    if (observer == nullptr) return run_traced(callback);
    observer->begins(callback);
    run_traced(callback);
    // The callback may have removed it.
    if (observer_ == observer) observer->ended();
}

void EventLoop::run_traced(detail::Callback& callback) {
    if (traced_ && detail::tracer != nullptr)
        detail::tracer->run(*this, callback);
    else
        callback.run();
}

inline void EventLoop::run_batch() {
    if (ready_.has_one()) {
        run(ready_.pop_front());
        return;
    }
    // What becomes ready from here on runs in the next turn.
    batch_.splice_back(ready_);
    const detail::Finally put_back([this] { ready_.splice_front(batch_); });
    if (order_) [[unlikely]]
        order_->shuffle(batch_);
    while (!batch_.empty()) run(batch_.pop_front());
}

inline void EventLoop::run_due() {
    if (inbox_->filled()) [[unlikely]]
        take_in();
    if (!timers_.empty()) timers_.collect_due(time() + clock_resolution, ready_, order_.get());
    run_batch();
}

inline void EventLoop::turn() {
    if (ready_.empty() && !stopping_)
        wait();
    else if (--turns_to_poll_ <= 0)
        poll();
    run_due();
}

void EventLoop::run_once() { turn(); }

void EventLoop::run_forever() {
    require_open();
    const RunningLoop scope(*this);
    running_ = true;
    if (detail::tracer != nullptr) detail::tracer->loop_begins(*this);
    const detail::Finally reset([this] { running_ = stopping_ = false; });
    // If stopped before the start, it still runs one turn.
    for (bool going = true; going; going = !stopping_) turn();
}

void EventLoop::run_until_done(const AnyFuture& future) {
    require_open();
    auto stop = detail::on_done(*future.ref(), [this](const auto&) { this->stop(); });
    try {
        run_forever();
    } catch (...) {
        stop->detach();
        throw;
    }
    if (!future.done()) {
        stop->detach();
        throw RuntimeError(
            "the event loop stopped before the future completed: call stop() later, or use run_forever()");
    }
}

bool EventLoop::can_be_woken() const {
    if (expected_work_ > 0 || !signal_handlers_.empty() || backend_->has_pending_io()) return true;
    // Checked last: a thread that has ended since may have put something in before.
    return inbox_->filled();
}

std::optional<double> EventLoop::time_to_next() {
    if (!ready_.empty() || stopping_ || inbox_->filled()) return 0;
    if (timers_.empty()) return std::nullopt;
    return std::clamp(timers_.next_due() - time(), 0.0, longest_wait);
}

void EventLoop::detach(detail::Ref<detail::TaskBase> main) {
    detail::running_loop = this;
    running_ = true;
    if (detail::tracer != nullptr) detail::tracer->loop_begins(*this);
    detached_main_ = std::move(main);
}

std::optional<double> EventLoop::run_ready() noexcept {
    try {
        if (detail::tracer != nullptr) detail::tracer->loop_wakes(*this);
        run_due();
        const std::optional<double> next = time_to_next();
        if (!next && !can_be_woken()) fail_deadlocked();
        if (detail::tracer != nullptr) detail::tracer->loop_waits(*this, next);
        return next;
    } catch (...) {
        detached_error_ = std::current_exception();
        stop();
        return 0;
    }
}

void EventLoop::finish_detached() {
    if (detached_error_) std::rethrow_exception(detached_error_);
    detached_main_->rethrow_if_failed();
}

void EventLoop::run_timed(detail::Callback& callback) {
    // Keeps the callback alive, which may otherwise be destroyed by the call.
    const detail::Ref<detail::TaskBase> task(dynamic_cast<detail::TaskBase*>(&callback));
    const detail::Ref<detail::HandleBase> handle(dynamic_cast<detail::HandleBase*>(&callback));
    const double start = time();
    run_observed(callback);
    const double took = time() - start;
    if (took < slow_callback_duration) return;
    std::string what = "a done callback";
    if (task) what = detail::repr(*task);
    if (handle) what = detail::repr(*handle);
    call_exception_handler(
        {.message = "Executing " + what + " took " + in_thousandths(took) + " seconds",
         .exception = {},
         .source = "no other task ran in the meantime: co_await in between, or move the work to a thread"});
}

void EventLoop::call_exception_handler(const ExceptionContext& context) noexcept {
    if (!exception_handler_) {
        default_exception_handler(context);
        return;
    }
    try {
        // A copy, since the handler may set another one.
        const ExceptionHandler handler = exception_handler_;
        handler(*this, context);
    } catch (...) {
        default_exception_handler({.message = "Unhandled error in exception handler",
                                   .exception = std::current_exception(),
                                   .source = {}});
    }
}

void EventLoop::default_exception_handler(const ExceptionContext& context) noexcept {
    detail::print_context(context);
}

void EventLoop::fail_deadlocked() {
    std::string message =
        "deadlock: nothing is ready, no timer is set and no I/O is pending, but these tasks wait:";
    const auto [nodes, omitted] = detail::capture_await_graph(*this, most_named);
    for (const AwaitNode& node : nodes) {
        message += "\n  " + node.task.ref()->describe_source();
        if (node.waits_for) message += " waits for " + node.waits_for->describe();
    }
    if (omitted > 0) message += "\n  and " + std::to_string(omitted) + " more";
    backend_->deadlocked(*this);
    throw DeadlockError(std::move(message));
}

} // namespace asyncio
