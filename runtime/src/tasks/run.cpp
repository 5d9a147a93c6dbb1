#include <asyncio/gather.hpp>
#include <asyncio/run.hpp>

#include <csignal>
#include <utility>

namespace asyncio {
namespace {

/// The main task of a run, which an interrupt cancels.
class InterruptTarget {
public:
    explicit InterruptTarget(AnyTask main)
        : main_(std::move(main)), caught_(loop().backend().catch_signal(SIGINT, true)) {
        current_ = this;
    }
    ~InterruptTarget() {
        current_ = outer_;
        if (caught_) loop().backend().release_signal(SIGINT);
    }
    InterruptTarget(const InterruptTarget&) = delete;
    InterruptTarget& operator=(const InterruptTarget&) = delete;

    EventLoop& loop() const noexcept { return main_.get_loop(); }
    static InterruptTarget* current() noexcept { return current_; }

    void interrupt() {
        if (++count_ == 1 && !main_.done())
            main_.cancel();
        else
            loop().call_soon([] { throw KeyboardInterrupt(); });
        loop().backend().wake();
    }

    /// Whether the main task ended only because of the interrupt.
    bool ended_the_run() const { return count_ > 0 && main_.cancelled() && main_.uncancel() == 0; }

private:
    AnyTask main_;
    bool caught_;
    unsigned count_ = 0;
    InterruptTarget* outer_ = current_;
    static thread_local InterruptTarget*
        current_; // NOLINT(*-avoid-non-const-global-variables): thread-local state
};

thread_local InterruptTarget* InterruptTarget::current_ = nullptr;

Coro<> cancel_and_wait_for(std::vector<AnyTask> tasks) {
    for (const AnyTask& task : tasks) task.cancel();
    co_await gather(return_exceptions, tasks);
}

} // namespace

bool interrupt_running_loop() noexcept {
    InterruptTarget* target = InterruptTarget::current();
    EventLoop* loop = target != nullptr ? &target->loop() : detail::running_loop;
    if (loop == nullptr) return false;
    if (loop->call_signal_handler(SIGINT))
        loop->backend().wake();
    else if (target != nullptr)
        target->interrupt();
    return true;
}

namespace detail {

std::unique_ptr<EventLoop> make_loop(const RunOptions& options) {
    auto loop = options.loop_factory ? options.loop_factory() : std::make_unique<EventLoop>();
    if (options.debug) loop->set_debug(*options.debug);
    if (options.seed) loop->shuffle(*options.seed);
    return loop;
}

void require_no_running_loop() {
    if (running_loop != nullptr)
        throw RuntimeError("asyncio::run() inside a running loop: co_await the coroutine instead");
}

namespace {

/// The program of a loop that JavaScript drives: main, then the cleanup of run(). Until main has ended, an
/// interrupt cancels it.
Coro<> run_and_clean_up(AnyTask main, EventLoop& loop, std::unique_ptr<InterruptTarget> /*interrupts*/) {
    co_await gather(return_exceptions, main);
    std::vector<AnyTask> left = all_tasks();
    std::erase(left, current_task());
    co_await cancel_and_wait_for(std::move(left));
    co_await loop.shutdown_asyncgens();
    co_await loop.shutdown_default_executor();
    loop.stop();
}

} // namespace

void run_detached(const Ref<TaskBase>& main, std::unique_ptr<EventLoop> loop) {
    EventLoop& program = *loop;
    program.detach(main);
    spawn(program, run_and_clean_up(AnyTask(main), program, std::make_unique<InterruptTarget>(AnyTask(main))),
          {});
    program.backend().run_detached(std::move(loop));
}

} // namespace detail

Runner::~Runner() {
    try {
        close();
    } catch (...) {
        detail::print_context(
            {.message = "closing a Runner failed", .exception = std::current_exception(), .source = {}});
    }
}

EventLoop& Runner::get_loop() {
    if (closed_) throw RuntimeError("the Runner is closed: create a new one");
    if (!loop_) {
        loop_ = detail::make_loop(options_);
        context_ = copy_context();
    }
    return *loop_;
}

void Runner::prepare() {
    detail::require_no_running_loop();
    if (!get_loop().backend().can_block())
        throw RuntimeError("Runner::run() cannot block in this browser: call asyncio::run() as the last "
                           "statement of main()");
}

void Runner::run_main(const AnyTask& task) {
    const InterruptTarget interrupts(task);
    loop_->run_until_done(task);
    if (interrupts.ended_the_run()) throw KeyboardInterrupt();
}

void Runner::close() {
    if (std::exchange(closed_, true) || !loop_) return;
    cancel_all_tasks();
    if (!loop_->generators().empty()) loop_->run_until_complete(loop_->shutdown_asyncgens());
    if (loop_->has_default_executor()) loop_->run_until_complete(loop_->shutdown_default_executor());
    loop_->close();
    loop_.reset();
}

void Runner::cancel_all_tasks() {
    std::vector<AnyTask> left;
    for (detail::TaskListNode& node : loop_->tasks()) left.emplace_back(detail::Ref(&node.task()));
    if (left.empty()) return;
    const Task<> waiting(detail::spawn(*loop_, cancel_and_wait_for(left), {}));
    loop_->run_until_done(waiting);
    for (const AnyTask& task : left)
        if (!task.cancelled() && task.exception())
            loop_->call_exception_handler({.message = "unhandled exception during asyncio.run() shutdown",
                                           .exception = task.exception(),
                                           .source = "task '" + task.get_name() + "'"});
}

} // namespace asyncio
