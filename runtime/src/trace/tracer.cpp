#include "tracer.hpp"

#include <asyncio/await_graph.hpp>
#include <asyncio/detail/frames.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace asyncio::detail {
namespace {

constexpr double microseconds = 1e6;

// The average rate of steps that are recorded individually, and the number of steps at which recording them
// resumes.
constexpr double steps_a_microsecond = 0.005;
constexpr double enough_steps = 50;

constexpr double flushes_a_microsecond = 0.0002;

// Beyond these limits the buffered records are sent.
constexpr std::size_t most_records = 16384;
constexpr std::size_t most_text = 256UL * 1024;
constexpr double longest_kept = 50'000;

// A busy loop reads the clock at about this interval, but at least once in most_polls polls.
constexpr double look_every = 1000;
constexpr int most_polls = 16;

// The pause between sweeps of all tasks, as a multiple of the duration of a sweep.
constexpr double sweep_pause = 20;

// A callback other than a task's step is recorded if it takes at least this long.
constexpr double long_callback = 100;
constexpr double long_wait = 1e-3;

std::uint32_t number_of(const TaskBase* task) noexcept { return task == nullptr ? 0 : task->id(); }

std::uint32_t microseconds_of(double time) noexcept {
    constexpr double most = trace_none;
    return static_cast<std::uint32_t>(std::clamp(time, 0.0, most));
}

/// Identical for the same thing.
std::uint32_t number_of_thing(const void* identity) noexcept {
    return static_cast<std::uint32_t>(std::bit_cast<std::uintptr_t>(identity));
}

} // namespace

// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
constinit thread_local Tracer* tracer = nullptr;

Tracer::Tracer(TraceSink& sink) : sink_(sink) {}

Tracer::~Tracer() {
    if (tracer == this) stop();
}

void Tracer::start(EventLoop* loop) {
    if (tracer == this) return;
    tracer = this;
    records_.reserve(most_records);
    places_.tell_again();
    real_time_ = flushed_at_ = sink_.real_time();
    steps_left_ = most_steps;
    begun_ = loop != nullptr;
    if (loop == nullptr) return; // the first record starts it: before that there is no loop with a clock
    look_at_clock(*loop);
    const auto count = static_cast<std::uint32_t>(std::ranges::distance(loop->tasks()));
    record({.kind = TraceKind::begin, .a = count});
    for (TaskListNode& node : loop->tasks()) tell_made(node.task(), nullptr, true);
    for (TaskListNode& node : loop->tasks()) {
        node.task().take_steps();
        tell_state(node.task());
    }
    loop_begins(*loop);
    flush();
}

void Tracer::stop() {
    if (tracer != this) return;
    tracer = nullptr;
    seen_ = {};
    if (running_loop != nullptr) {
        running_loop->trace_callbacks(false);
        look_at_clock(*running_loop);
    }
    record({.kind = TraceKind::end});
    flush();
}

void Tracer::flush() {
    flushed_at_ = real_time_;
    if (records_.empty()) return;
    sink_.take(records_, texts_);
    records_.clear();
    texts_.clear();
    text_count_ = 0;
}

void Tracer::loop_begins(EventLoop& loop) {
    look_at_clock(loop);
    loop.trace_callbacks(tells_each_);
}

void Tracer::run(EventLoop& loop, Callback& callback) {
    look_at_clock(loop);
    if (auto* task = dynamic_cast<TaskBase*>(&callback)) {
        step(*task, [&] { callback.run(); });
        if (steps_left_ < 1) tell_of_some(loop);
        return;
    }
    const double begun = real_time_;
    callback.run();
    look_at_clock(loop);
    if (const double took = real_time_ - begun; took >= long_callback)
        record({.kind = TraceKind::callback, .a = microseconds_of(took)});
    if (--steps_left_ < 1) tell_of_some(loop);
}

void Tracer::begin_step(TaskBase& task) {
    if (!tells_each_) return;
    record({.kind = TraceKind::running, .task = task.id(), .a = task.take_steps()});
    if (flushes_left_ < 1) return;
    --flushes_left_;
    flush();
}

void Tracer::end_step(TaskBase& task) {
    if (!tells_each_) return;
    --steps_left_;
    look_at_clock(task.loop());
    if (task.done()) return;
    task.take_steps();
    seen(task) = &task;
    if (task.task_state() == TaskState::ready)
        record({.kind = TraceKind::yielded, .task = task.id(), .a = own_place(task)});
    else
        tell_state(task);
    tell_coroutine(task);
}

/// From now on the loop reports each callback.
void Tracer::tell_of_each(EventLoop& loop) {
    for (TaskBase* task : seen_)
        if (task != nullptr) tell_steps(*task);
    tells_each_ = true;
    loop.trace_callbacks(true);
}

void Tracer::tell_of_some(EventLoop& loop) {
    tells_each_ = false;
    stale_ = true;
    loop.trace_callbacks(false);
}

void Tracer::loop_is_busy(EventLoop& loop) {
    if (--polls_left_ > 0) return;
    const double before = real_time_;
    look_at_clock(loop);
    polls_between_ = real_time_ - before < look_every ? std::min(polls_between_ * 2, most_polls) : 1;
    polls_left_ = polls_between_;
    if (!tells_each_ && steps_left_ >= enough_steps) tell_of_each(loop);
    if (real_time_ - flushed_at_ >= longest_kept) flush();
}

void Tracer::loop_waits(EventLoop& loop, std::optional<double> timeout) {
    const bool is_long = !timeout || *timeout >= long_wait;
    if (timeout && *timeout <= 0) return;
    if (!tells_each_ && !is_long) return;
    look_at_clock(loop);
    if (stale_) sweep(loop);
    if (!tells_each_ && steps_left_ >= enough_steps) tell_of_each(loop);
    if (!tells_each_ || steps_left_ < 1) return;
    --steps_left_;
    waiting_ = true;
    record({.kind = TraceKind::waits,
            .detail = static_cast<std::uint8_t>(timeout.has_value()),
            .a = microseconds_of(timeout.value_or(0) * microseconds)});
}

void Tracer::loop_wakes(EventLoop& loop) {
    if (!tells_each_) {
        loop_is_busy(loop);
        return;
    }
    if (!std::exchange(waiting_, false)) return;
    look_at_clock(loop);
    record({.kind = TraceKind::wakes});
    if (steps_left_ < 1) tell_of_some(loop);
    if (real_time_ - flushed_at_ >= longest_kept) flush();
}

/// Before the loop waits: records the state of tasks whose steps were not recorded.
void Tracer::sweep(EventLoop& loop) {
    if (real_time_ < next_sweep_) return;
    stale_ = !tells_each_;
    for (TaskListNode& node : loop.tasks()) tell_steps(node.task());
    const double begun = real_time_;
    look_at_clock(loop);
    next_sweep_ = real_time_ + ((real_time_ - begun) * sweep_pause);
}

void Tracer::tell_steps(TaskBase& task) {
    const std::uint32_t steps = task.take_steps();
    if (steps == 0) return;
    record({.kind = TraceKind::ran, .task = task.id(), .a = steps});
    tell_state(task);
    tell_coroutine(task);
}

void Tracer::tell_state(TaskBase& task) {
    FutureBase* const awaited = task.waits_for();
    if (task.task_state() == TaskState::running) {
        record({.kind = TraceKind::running, .task = task.id()});
        return;
    }
    if (awaited == nullptr || awaited->done()) {
        record({.kind = TraceKind::ready, .task = task.id()});
        return;
    }
    AwaitedKind kind = AwaitedKind::task;
    std::uint32_t thing = 0;
    if (const TaskBase* other = awaited->as_task()) {
        thing = other->id();
    } else {
        const AwaitedThing what = awaited->awaited_thing();
        kind = what.kind;
        thing = number_of_thing(what.identity);
    }
    record({.kind = TraceKind::suspended,
            .detail = static_cast<std::uint8_t>(kind),
            .task = task.id(),
            .a = own_place(task),
            .b = thing});
}

/// Once, for a task of a library coroutine that runs one of the program's.
void Tracer::tell_coroutine(TaskBase& task) {
    if (task.root() == nullptr || !places_.find(task.root()->where()).is_librarys) return;
    const PromiseBase* outermost = nullptr;
    for (const PromiseBase* promise = task.innermost(); promise != nullptr; promise = promise->awaiter())
        if (!places_.find(promise->where()).is_librarys) outermost = promise;
    if (outermost == nullptr || task.take_coroutine_told()) return;
    record({.kind = TraceKind::coroutine, .task = task.id(), .a = place(outermost->where())});
}

void Tracer::tell_made(TaskBase& task, const TaskBase* maker, bool was_there) {
    const std::uint32_t coroutine = task.root() == nullptr ? trace_none : place(task.root()->where());
    record({.kind = TraceKind::made,
            .detail = static_cast<std::uint8_t>(was_there),
            .task = task.id(),
            .a = coroutine,
            .b = number_of(maker)});
    if (task.has_own_name() || task.number() != task.id()) task_named(task);
}

void Tracer::task_made(TaskBase& task) {
    if (tells_each_ && steps_left_ >= 1) {
        --steps_left_;
        look_at_clock(task.loop());
    }
    tell_made(task, running_task, false);
}

void Tracer::task_named(TaskBase& task) {
    const std::uint32_t name = text(task.name());
    record({.kind = TraceKind::named, .task = task.id(), .a = name});
}

void Tracer::task_ready(TaskBase& task) noexcept {
    if (tells_each_) record({.kind = TraceKind::ready, .task = task.id(), .b = number_of(running_task)});
}

void Tracer::cancel_requested(TaskBase& task, const std::string* message) {
    const std::uint32_t why = message == nullptr ? trace_none : text(*message);
    record({.kind = TraceKind::cancel_requested, .task = task.id(), .a = why, .b = number_of(running_task)});
}

void Tracer::task_ended(TaskBase& task, TaskEnd how, const std::exception_ptr& error) {
    if (TaskBase*& known = seen(task); known == &task) known = nullptr;
    if (tells_each_) look_at_clock(task.loop());
    std::uint32_t steps = task.take_steps();
    // The last step has its own record.
    if (tells_each_ && steps > 0) --steps;
    switch (how) {
    case TaskEnd::done: record({.kind = TraceKind::done, .task = task.id(), .a = steps}); break;
    case TaskEnd::cancelled: record({.kind = TraceKind::cancelled, .task = task.id(), .a = steps}); break;
    case TaskEnd::failed: {
        const std::uint32_t what = text(describe(error));
        record({.kind = TraceKind::failed, .task = task.id(), .a = what, .b = steps});
        break;
    }
    }
}

void Tracer::look_at_clock(EventLoop& loop) {
    const double now = sink_.real_time();
    const double passed = std::max(now - real_time_, 0.0);
    real_time_ += passed;
    loop_time_ = std::max(loop_time_, loop.backend().peek_time() * microseconds);
    steps_left_ = std::min(most_steps, steps_left_ + (passed * steps_a_microsecond));
    flushes_left_ = std::min(most_flushes, flushes_left_ + (passed * flushes_a_microsecond));
}

void Tracer::record(TraceRecord record) {
    if (!std::exchange(begun_, true)) this->record({.kind = TraceKind::begin});
    if (record.kind != TraceKind::place) {
        record.loop_time = loop_time_;
        record.real_time = real_time_;
    }
    records_.push_back(record);
    if (records_.size() >= most_records || texts_.size() >= most_text) flush();
}

std::uint32_t Tracer::place(const std::source_location& where) {
    TracePlaces::Place& found = places_.find(where);
    if (found.is_new) {
        found.is_new = false;
        const Frame frame = frame_at(where, {});
        const std::uint32_t file = text(frame.file);
        const std::uint32_t function = text(frame.function);
        record({.kind = TraceKind::place,
                .task = found.number,
                .a = file,
                .b = function,
                .loop_time = static_cast<double>(where.line()),
                .real_time = static_cast<double>(where.column())});
    }
    return found.number;
}

/// The source location of the task's current co_await.
std::uint32_t Tracer::own_place(const TaskBase& task) {
    const PromiseBase* const innermost = task.innermost();
    for (const PromiseBase* promise = innermost; promise != nullptr; promise = promise->awaiter())
        if (!places_.find(promise->where()).is_librarys) return place(promise->where());
    return innermost == nullptr ? trace_none : place(innermost->where());
}

/// Adds a text and returns its index, for the next record.
std::uint32_t Tracer::text(std::string_view text) {
    const auto length = static_cast<std::uint32_t>(text.size());
    std::array<char, sizeof length> bytes = {};
    std::memcpy(bytes.data(), &length, sizeof length);
    texts_.append(bytes.data(), bytes.size());
    texts_.append(text);
    return text_count_++;
}

} // namespace asyncio::detail
