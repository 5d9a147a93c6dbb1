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

/// Who is told what the tasks of this thread do; null, as a rule: nobody.
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): a thread's own
extern constinit thread_local Tracer* tracer;

enum class TaskEnd : std::uint8_t { done, cancelled, failed };

/// Writes down what tasks do, for a sink.
///
/// What happens once to a task always has its record. Of its steps so many a millisecond have, with
/// their times; when a program makes more, the loop goes on without telling of each callback, tasks
/// count their steps themselves, and a record now and then says how many there were. So a busy loop
/// is as fast as ever, and neither the records nor the memory for them grow with its steps.
class Tracer {
public:
    explicit Tracer(TraceSink& sink);
    Tracer(const Tracer&) = delete;
    Tracer& operator=(const Tracer&) = delete;
    ~Tracer();

    /// Becomes the tracer of this thread. Tells first of the tasks that `loop`, which runs, has already.
    void start(EventLoop* loop);
    void stop();
    /// Hands over what there is.
    void flush();

    // For the loop.
    void loop_begins(EventLoop& loop);
    /// Runs the callback, and tells of it.
    void run(EventLoop& loop, Callback& callback);
    /// Now and then, while it does not wait.
    void loop_is_busy(EventLoop& loop);
    void loop_waits(EventLoop& loop, std::optional<double> timeout);
    void loop_wakes(EventLoop& loop);

    // For tasks.
    void task_made(TaskBase& task);
    void task_named(TaskBase& task);
    void task_ready(TaskBase& task) noexcept;
    void cancel_requested(TaskBase& task, const std::string* message);
    void task_ended(TaskBase& task, TaskEnd how, const std::exception_ptr& error);
    /// Calls `function`, which is a step of the task.
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

    /// So many steps are told singly at once.
    static constexpr double most_steps = 2000;
    /// A step may never end: what came before it leaves at once, while there is little of it.
    static constexpr double most_flushes = 50;

    TraceSink& sink_;
    TracePlaces places_;
    std::vector<TraceRecord> records_;
    std::string texts_;
    std::uint32_t text_count_ = 0;
    /// Some of those that step, to say how much while not each step is told.
    std::array<TaskBase*, seen_tasks> seen_ = {};

    double loop_time_ = 0;
    bool begun_ = false; // whether `begin` was told
    double real_time_ = 0;
    double flushed_at_ = 0;
    double next_sweep_ = 0;
    /// How many steps may still be told, and how many records may leave before there are many.
    double steps_left_ = most_steps;
    double flushes_left_ = most_flushes;
    int polls_between_ = 1;
    int polls_left_ = 1;
    bool tells_each_ = true;
    bool waiting_ = false;
    /// Tasks may stand otherwise than was told.
    bool stale_ = false;
};

} // namespace asyncio::detail
