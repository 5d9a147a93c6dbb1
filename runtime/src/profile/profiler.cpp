#include <asyncio/detail/callback_observer.hpp>
#include <asyncio/detail/frames.hpp>
#include <asyncio/detail/place.hpp>
#include <asyncio/detail/task_base.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/profile.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <source_location>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace asyncio::detail {
namespace {

/// What is measured of one task.
struct MeasuredTask {
    std::source_location function;
    double begun = 0;
    double ended = 0;
    std::size_t steps = 0;
    double own = 0;
    double longest = 0;
    std::source_location longest_after;
};

/// The coroutine of which the program made the task: the library's own ones may be around it.
std::source_location function_of_task(const TaskBase& task, const std::source_location& known) {
    std::source_location outermost = known;
    for (const PromiseBase* promise = task.innermost(); promise != nullptr; promise = promise->awaiter())
        if (!is_librarys(promise->where())) outermost = promise->where();
    return outermost;
}

} // namespace

class Profiler::Observer final : public CallbackObserver {
public:
    explicit Observer(EventLoop& loop) : loop_(loop), begun_(now()) {
        if (loop.callback_observer() != nullptr) throw ValueError("Another profiling tool is already active");
        loop.observe_callbacks(this);
    }
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    ~Observer() { loop_.observe_callbacks(nullptr); }

    void begins(Callback& callback) override {
        task_ = Ref<TaskBase>(dynamic_cast<TaskBase*>(&callback));
        if (task_) after_ = task_->where();
        step_begun_ = now();
    }

    void ended() override {
        const double ended = now();
        const double took = ended - step_begun_;
        const Ref<TaskBase> task = std::exchange(task_, nullptr);
        if (!task) {
            ++callbacks_.calls;
            ++callbacks_.steps;
            callbacks_.own += took;
            callbacks_.total += took;
            callbacks_.longest = std::max(callbacks_.longest, took);
            return;
        }
        MeasuredTask& measured =
            tasks_
                .try_emplace(task->id(),
                             MeasuredTask{.function = after_, .begun = step_begun_, .longest_after = after_})
                .first->second;
        if (is_librarys(measured.function)) measured.function = function_of_task(*task, measured.function);
        if (measured.steps++ == 0 || took > measured.longest) {
            measured.longest = took;
            measured.longest_after = after_;
        }
        measured.own += took;
        measured.ended = ended;
        if (!task->done()) return;
        add(measured);
        tasks_.erase(task->id());
    }

    Profile finish() {
        Profile profile{.seconds = now() - begun_};
        for (const auto& [id, measured] : tasks_) add(measured);
        tasks_.clear();
        for (const auto& [function, row] : rows_) profile.rows.push_back(row);
        if (callbacks_.calls > 0) profile.rows.push_back(callbacks_);
        std::ranges::stable_sort(profile.rows, std::ranges::greater(), &ProfileRow::own);
        return profile;
    }

private:
    double now() const { return loop_.backend().peek_time(); }

    void add(const MeasuredTask& measured) {
        const std::source_location& function = measured.function;
        ProfileRow& row = rows_[{function.function_name(), function.file_name()}];
        if (row.calls++ == 0) {
            row.function = function_of(function);
            row.file = function.file_name();
        }
        if (row.longest_after.empty() || measured.longest > row.longest) {
            row.longest = measured.longest;
            row.longest_after = place_of(measured.longest_after);
        }
        row.steps += measured.steps;
        row.own += measured.own;
        row.total += measured.ended - measured.begun;
    }

    EventLoop& loop_;
    double begun_;
    /// Of the step that is running.
    Ref<TaskBase> task_;
    std::source_location after_;
    double step_begun_ = 0;

    /// By their ids, until they are done.
    std::unordered_map<std::uint32_t, MeasuredTask> tasks_;
    /// By function and file.
    std::map<std::pair<std::string_view, std::string_view>, ProfileRow> rows_;
    ProfileRow callbacks_ = {.function = "callbacks"};
};

Profiler::Profiler() : observer_(std::make_unique<Observer>(get_running_loop())) {}
Profiler::~Profiler() = default;

Profile Profiler::finish() { return observer_->finish(); }

} // namespace asyncio::detail
