#include "../loop/order.hpp"
#include "../trace/tracer.hpp"

#include <asyncio/await_graph.hpp>
#include <asyncio/detail/finally.hpp>
#include <asyncio/detail/frames.hpp>
#include <asyncio/detail/place.hpp>
#include <asyncio/detail/repr.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/task.hpp>

#include <utility>

namespace asyncio {

const char* to_string(TaskState state) noexcept {
    switch (state) {
    case TaskState::created: return "created";
    case TaskState::ready: return "ready";
    case TaskState::running: return "running";
    case TaskState::suspended: return "suspended";
    case TaskState::done: return "done";
    }
    std::unreachable();
}

namespace detail {
namespace {

/// Makes a task, and the coroutine that it resumes, the current ones for a step, including nested steps
/// (eager start).
class CurrentTask {
public:
    CurrentTask(TaskBase& task, PromiseBase* innermost)
        : outer_(running_task), outer_promise_(running_promise) {
        running_task = &task;
        running_promise = innermost;
    }
    ~CurrentTask() {
        running_task = outer_;
        running_promise = outer_promise_;
    }
    CurrentTask(const CurrentTask&) = delete;
    CurrentTask& operator=(const CurrentTask&) = delete;

private:
    TaskBase* outer_;
    PromiseBase* outer_promise_;
};

} // namespace

// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
constinit thread_local TaskBase* running_task = nullptr;
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
constinit thread_local std::uint32_t tasks_made = 0;

TaskBase::TaskBase(EventLoop& loop, std::coroutine_handle<> root, PromiseBase& promise)
    : FutureBase(loop), root_(root), resume_here_(root), promise_(&promise), innermost_(&promise),
      where_(promise.where()), context_(inherit_context()), number_(loop.next_task_number()),
      id_(++tasks_made) {
    promise.set_started();
}

TaskBase::~TaskBase() {
    report_if_never_retrieved();
    destroy_coroutine();
}

void TaskBase::start() {
    loop().require_open();
    retain();
    loop().tasks().push_back(*this);
    task_state_ = TaskState::ready;
    loop().make_ready(*this);
    if (tracer != nullptr) [[unlikely]]
        tracer->task_made(*this);
}

void TaskBase::start_eagerly() {
    loop().require_open();
    retain();
    loop().tasks().push_back(*this);
    if (tracer == nullptr) [[likely]]
        return step();
    tracer->task_made(*this);
    tracer->step(*this, [this] { step(); });
}

void TaskBase::made_ready_by(FutureBase&) noexcept {
    if (tracer != nullptr) [[unlikely]]
        tracer->task_ready(*this);
}

bool TaskBase::cancel(const std::string* message) {
    mark_retrieved();
    if (done() || abandoned_) return false;
    ++cancel_requests_;
    if (tracer != nullptr) [[unlikely]]
        tracer->cancel_requested(*this, message);
    // The awaited future may already be done, or refuse the cancel: then the next step raises it.
    if (waits_for_ != nullptr && pass_cancel_on(message)) return true;
    must_cancel_ = true;
    set_cancel_message(message);
    return true;
}

bool TaskBase::pass_cancel_on(const std::string* message) {
    if (passing_cancel_on_)
        throw RuntimeError(
            "task '" + name() +
            "' cannot be cancelled: it waits for itself through other tasks. Break the cycle in one of them");
    passing_cancel_on_ = true;
    const Finally passed_on([this] { passing_cancel_on_ = false; });
    return waits_for_->cancel(message);
}

unsigned TaskBase::uncancel() noexcept {
    if (cancel_requests_ == 0) return 0;
    if (--cancel_requests_ == 0) must_cancel_ = false;
    return cancel_requests_;
}

std::string TaskBase::name() const { return name_ ? *name_ : "Task-" + std::to_string(number_); }

void TaskBase::set_name(std::string name) {
    name_ = std::make_unique<std::string>(std::move(name));
    if (tracer != nullptr && static_cast<TaskListNode&>(*this).linked()) [[unlikely]]
        tracer->task_named(*this);
}

std::string TaskBase::describe_source() const {
    const std::source_location here = where();
    return "task '" + name() + "' (" + function_of(here) + " at " + place_of(here) + ")";
}

std::source_location TaskBase::where() const {
    const PromiseBase* innermost = this->innermost();
    return innermost != nullptr ? own_place(*innermost) : where_;
}

Frame TaskBase::coroutine() const {
    const std::vector<Frame> frames = frames_from(innermost());
    return frames.empty() ? frame_at(root_ ? promise_->where() : where_, "async") : frames.back();
}

std::vector<Frame> TaskBase::stack() const {
    if (!root_) return {};
    return {coroutine()};
}

std::string TaskBase::format_stack() const {
    const std::vector<Frame> frames = stack();
    if (frames.empty()) return "No stack for task '" + name() + "'\n";
    std::string text = "Stack for task '" + name() + "' (most recent call last):\n";
    for (const Frame& frame : frames)
        text += "  File \"" + frame.file + "\", line " + std::to_string(frame.line) + ", in " +
                frame.function + "\n";
    return text;
}

const PromiseBase* TaskBase::innermost() const noexcept {
    if (!root_) return nullptr;
    if (task_state_ != TaskState::running) return innermost_ != nullptr ? innermost_ : promise_;
    // A task that started another one eagerly is not the current task, and its innermost coroutine is
    // unknown.
    return loop().current_task() == this && running_promise != nullptr ? running_promise : promise_;
}

AwaitedThing TaskBase::awaited_thing() {
    const AnyTask self{Ref(this)};
    return {.kind = AwaitedKind::task, .identity = this, .futures = {self}};
}

std::string TaskBase::give_up_waiting() {
    std::string was = repr(*this);
    abandoned_ = true;
    waits_for_ = nullptr;
    static_cast<Callback&>(*this).unlink();
    return was;
}

void TaskBase::abandon(std::string repr) noexcept {
    const Ref<TaskBase> self(this);
    static_cast<TaskListNode&>(*this).unlink();
    if (tracer != nullptr) [[unlikely]]
        tracer->task_ended(*this, TaskEnd::cancelled, nullptr);
    loop().call_exception_handler(
        {.message = "Task was destroyed but it is pending!", .exception = {}, .source = std::move(repr)});
    drop_callbacks();
    destroy_coroutine();
    release();
}

void TaskBase::destroy_coroutine() noexcept {
    if (auto root = std::exchange(root_, nullptr)) root.destroy();
}

void TaskBase::wait_for(FutureBase& future, std::coroutine_handle<> resume_here) {
    if (&future == this) {
        yield(resume_here); // the next step raises the error, as in Python
        return;
    }
    if (&future.loop() != &loop())
        throw RuntimeError("task '" + name() + "' awaits " + future.describe_source() +
                           " of another event loop: create it in the loop that awaits it");
    resume_here_ = resume_here;
    waits_for_ = &future;
    task_state_ = TaskState::suspended;
    future.add_callback(*this);
    if (must_cancel_) {
        const std::string message = cancel_message();
        if (future.cancel(message.empty() ? nullptr : &message)) must_cancel_ = false;
    }
}

void TaskBase::suspend(std::coroutine_handle<> resume_here) noexcept {
    resume_here_ = resume_here;
    task_state_ = TaskState::suspended;
}

void TaskBase::resume_soon() noexcept {
    if (done() || abandoned_ || static_cast<Callback&>(*this).linked()) return;
    task_state_ = TaskState::ready;
    if (tracer != nullptr) [[unlikely]]
        tracer->task_ready(*this);
    loop().make_ready(*this);
}

void TaskBase::throw_cancelled() {
    must_cancel_ = false;
    throw CancelledError(cancel_message());
}

void TaskBase::run() { step(); }

void TaskBase::step() {
    waits_for_ = nullptr;
    ++steps_;
    if (!std::exchange(entered_, true) && must_cancel_) {
        finish(); // cancelled before its first step: its body never runs
        return;
    }
    {
        const CurrentTask current(*this, innermost_);
        const ContextScope scope(context_);
        task_state_ = TaskState::running;
        resume_here_.resume();
        innermost_ = running_promise;
        if (innermost_ != nullptr) where_ = innermost_->where();
    }
    if (root_.done()) finish();
}

void TaskBase::finish() {
    const Ref<TaskBase> self(this);
    static_cast<TaskListNode&>(*this).unlink();
    release(); // the loop's reference
    task_state_ = TaskState::done;
    const bool raised_cancelled = promise_->failed() && promise_->ended_by_cancel();
    std::exception_ptr error = promise_->take_error();
    const bool returned = !error && root_.done();
    if (returned && !must_cancel_) take_result();
    // As in Python, the locals are destroyed before anything is notified of the end.
    destroy_coroutine();
    const bool failed = error && !raised_cancelled;
    const bool completed = returned && !must_cancel_;
    if (tracer != nullptr) [[unlikely]] {
        const TaskEnd unfailed = completed ? TaskEnd::done : TaskEnd::cancelled;
        tracer->task_ended(*this, failed ? TaskEnd::failed : unfailed, error);
    }
    if (failed) {
        finish_with_error(std::move(error));
    } else if (completed) {
        finish_with_result();
    } else if (raised_cancelled) {
        finish_cancelled(nullptr, std::move(error));
    } else {
        must_cancel_ = false;
        const std::string message = cancel_message();
        if (message.empty())
            finish_cancelled(nullptr);
        else if (returned) // cancelled in the last step, after which it awaited nothing
            finish_cancelled(&message);
        else // cancelled before its first step: as if it had raised
            finish_cancelled(nullptr, std::make_exception_ptr(CancelledError(message)));
    }
}

void throw_no_running_task() {
    throw RuntimeError("no task is running: co_await in a coroutine that run() or create_task() started");
}

namespace {

void begin(TaskBase& task, TaskOptions options) {
    if (!options.name.empty()) task.set_name(std::move(options.name));
    if (options.context) task.context() = options.context->ref();
    if (options.eager_start.value_or(false))
        task.start_eagerly();
    else
        task.start();
}

} // namespace

void launch(const Ref<TaskBase>& task, TaskOptions options) {
    EventLoop& loop = task->loop();
    if (!loop.get_task_factory()) [[likely]]
        return begin(*task, std::move(options));
    // A copy, since the factory may set another one.
    const TaskFactory factory = loop.get_task_factory();
    const AnyTask made = factory(loop, AnyCoro(task), std::move(options));
    if (made.ref().get() != task.get())
        throw RuntimeError(
            "a task factory must return the task of its coroutine: the one that start() returns");
}

EventLoop& loop_of_new_future() { return get_running_loop(); }

} // namespace detail

AnyTask current_task() { return AnyTask(detail::Ref<detail::TaskBase>(&detail::require_current_task())); }

std::optional<AnyTask> current_task(const EventLoop& loop) {
    detail::TaskBase* task = loop.current_task();
    return task != nullptr ? std::optional(AnyTask(detail::Ref(task))) : std::nullopt;
}

std::vector<AnyTask> all_tasks() { return all_tasks(get_running_loop()); }

std::vector<AnyTask> all_tasks(EventLoop& loop) {
    std::vector<AnyTask> tasks;
    for (detail::TaskListNode& node : loop.tasks())
        tasks.emplace_back(detail::Ref<detail::TaskBase>(&node.task()));
    // In Python this is an unordered set.
    if (detail::Order* const order = loop.order()) order->shuffle(tasks);
    return tasks;
}

AnyCoro::~AnyCoro() {
    if (task_) detail::report_never_awaited(task_->where());
}

AnyTask AnyCoro::start(TaskOptions options) && {
    const detail::Ref<detail::TaskBase> task = std::exchange(task_, nullptr);
    if (!task) detail::throw_already_awaited();
    detail::begin(*task, std::move(options));
    return AnyTask(task);
}

AnyTask eager_task_factory(EventLoop&, AnyCoro coro, TaskOptions options) {
    options.eager_start = options.eager_start.value_or(true);
    return std::move(coro).start(std::move(options));
}

TaskFactory create_eager_task_factory(TaskFactory constructor) {
    return [constructor = std::move(constructor)](EventLoop& loop, AnyCoro coro, TaskOptions options) {
        options.eager_start = options.eager_start.value_or(true);
        return constructor(loop, std::move(coro), std::move(options));
    };
}

} // namespace asyncio
