#pragma once

#include "places.hpp"
#include "record.hpp"

#include <asyncio/detail/callback.hpp>
#include <asyncio/detail/ref.hpp>
#include <asyncio/detail/task_base.hpp>

#include <array>
#include <cstddef>
#include <exception>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

namespace asyncio {
class EventLoop;
}

namespace asyncio::detail {

class Tracer;

/// Receives the events of this thread's tasks; usually null.
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
extern constinit thread_local Tracer* tracer;

enum class TaskEnd : std::uint8_t { done, cancelled, failed };

/// Records task events for a sink.
///
/// One-time events of a task are always recorded. Steps are recorded individually, with their times, up to a
/// maximum rate. Above that rate the loop stops reporting each callback, tasks count their own steps, and an
/// occasional record gives the number of steps. A busy loop is therefore not slowed down, and neither the
/// number of records nor their memory grows with its steps.
class Tracer {
public:
    explicit Tracer(TraceSink& sink);
    Tracer(const Tracer&) = delete;
    Tracer& operator=(const Tracer&) = delete;
    ~Tracer();

    /// Becomes the tracer of this thread. First records the existing tasks of `loop`, which is running.
    void start(EventLoop* loop);
    void stop();
    /// Sends the buffered records.
    void flush();

    // Called by the loop.
    void loop_begins(EventLoop& loop);
    /// Runs the callback and records it.
    void run(EventLoop& loop, Callback& callback);
    /// Called occasionally, while the loop does not wait.
    void loop_is_busy(EventLoop& loop);
    void loop_waits(EventLoop& loop, std::optional<double> timeout);
    void loop_wakes(EventLoop& loop);

    // Called by tasks.
    void task_made(TaskBase& task);
    void task_named(TaskBase& task);
    void task_ready(TaskBase& task) noexcept;
    void cancel_requested(TaskBase& task, const std::string* message);
    void task_ended(TaskBase& task, TaskEnd how, const std::exception_ptr& error);
    /// Calls `function`, which is a step of the task, and records it.
    template <class F> void step(TaskBase& task, F function) {
        const Ref<TaskBase> alive(&task);
        begin_step(task);
        function();
        end_step(task);
    }

private:
    static constexpr std::size_t seen_tasks = 64;

    void begin_step(TaskBase& task);
    void end_step(TaskBase& task);
    void tell_of_each(EventLoop& loop);
    void tell_of_some(EventLoop& loop);
    void sweep(EventLoop& loop);
    void tell_steps(TaskBase& task);
    void tell_state(TaskBase& task);
    void tell_coroutine(TaskBase& task);
    void tell_made(TaskBase& task, const TaskBase* maker, bool was_there);

    void look_at_clock(EventLoop& loop);
    void record(TraceRecord record);
    std::uint32_t place(const std::source_location& where);
    std::uint32_t own_place(const TaskBase& task);
    std::uint32_t text(std::string_view text);
    TaskBase*& seen(const TaskBase& task) { return seen_[task.id() % seen_tasks]; }

    /// The maximum burst of individually recorded steps.
    static constexpr double most_steps = 2000;
    /// A step may never end: records before it are sent at once while there are few.
    static constexpr double most_flushes = 50;

    TraceSink& sink_;
    TracePlaces places_;
    std::vector<TraceRecord> records_;
    std::string texts_;
    std::uint32_t text_count_ = 0;
    /// Some of the stepping tasks, to record their number of steps while steps are not recorded individually.
    std::array<TaskBase*, seen_tasks> seen_ = {};

    double loop_time_ = 0;
    bool begun_ = false; // whether `begin` was recorded
    double real_time_ = 0;
    double flushed_at_ = 0;
    double next_sweep_ = 0;
    /// Budgets: the number of steps still to be recorded individually, and of early flushes.
    double steps_left_ = most_steps;
    double flushes_left_ = most_flushes;
    int polls_between_ = 1;
    int polls_left_ = 1;
    bool tells_each_ = true;
    bool waiting_ = false;
    /// The recorded states of tasks may be out of date.
    bool stale_ = false;
};

} // namespace asyncio::detail
