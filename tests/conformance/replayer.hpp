#pragma once

#include "objects.hpp"
#include "scenario_error.hpp"

#include <asyncio.hpp>
#include <asyncio/detail/error_of.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <exception>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::conformance {

using nlohmann::json;

class Replay;
/// Performs an op, whose name is op[0].
using Op = Coro<> (*)(Replay& run, const json& op);
using OpTable = std::map<std::string, Op>;

/// Options of a run.
struct ReplayOptions {
    /// After this number of ops the loop is stopped in mid-run.
    std::size_t most_ops = std::numeric_limits<std::size_t>::max();
    /// Additional ops beside those of the Python generators.
    std::vector<const OpTable*> more_ops = {};
};

/// The local that an op names does not exist at this time.
struct Gone : std::exception {
    explicit Gone(std::string name) : name(std::move(name)) {}
    std::string name;
};

/// Counts the live coroutines of scenarios, to prove that their frames are freed.
struct LiveFrame {
    LiveFrame() { ++alive; }
    LiveFrame(const LiveFrame&) = delete;
    LiveFrame& operator=(const LiveFrame&) = delete;
    ~LiveFrame() { --alive; }
    static inline int alive = 0;
};

/// One run of a scenario: the state its ops share.
class Replay {
    std::unique_ptr<EventLoop> loop_; // outlives what its futures report to it

public:
    explicit Replay(const json& scenario, ReplayOptions options = {});
    Replay(const Replay&) = delete;
    Replay& operator=(const Replay&) = delete;
    ~Replay();

    /// Raises std::runtime_error when the scenario has an unknown op.
    std::vector<std::string> run();

    // For ops.

    EventLoop& loop() { return *loop_; }
    const json& scenario() const { return scenario_; }
    /// Logs under the name of the running task, "-" if there is none.
    void log(const std::string& text);
    void log_as(const std::string& who, const std::string& text);

    Coro<Value> coroutine(std::string name);
    Coro<> block(const json& ops);
    /// Runs ops that never suspend, outside any task.
    void now(const json& ops);
    AsyncGenerator<int> generator(std::string name);

    void keep(const Task<Value>& task);
    const Task<Value>* known(const json& name) const;
    std::vector<Task<Value>> all_known(const json& names) const;
    /// Raises Gone when there is no object of that name, and no local.
    Object& object(const json& name);
    /// Null when there is no object of that name.
    Object* find_object(const json& name);
    std::shared_ptr<AsyncGenerator<int>> new_generator(const std::string& name);

    // Everything named by ops.
    std::map<std::string, Handle> handles;
    std::map<std::string, std::pair<AnyFuture, DoneCallbackId>> callbacks;
    std::map<std::string, std::shared_ptr<TaskGroup>> groups;
    std::map<std::string, std::shared_ptr<Timeout>> scopes;
    std::map<std::string, std::shared_ptr<AsyncGenerator<int>>> generators;
    std::map<std::string, Object*> locals; // the newest of each name, in a live frame

private:
    bool extended() const { return scenario_.contains("generators"); }
    Op find_op(const std::string& name) const;
    Coro<> perform(Op op, const json& arguments);
    Coro<> drive();
    Coro<> top();
    Coro<> finish();
    void idle();
    void report(const ExceptionContext& context);
    void log_unretrieved();

    const json& scenario_;
    const ReplayOptions options_;
    std::vector<std::string> lines_;
    std::map<std::string, std::unique_ptr<Object>> objects_;
    std::map<std::string, Task<Value>> tasks_; // the newest of each name
    std::vector<Task<Value>> spawned_;
    std::vector<std::shared_ptr<AsyncGenerator<int>>> all_generators_;
    std::optional<Task<>> main_;
    std::string unknown_op_;
    std::size_t ops_done_ = 0;
    int rounds_ = 0;
};

const OpTable& basic_ops();
const OpTable& extended_ops();
const OpTable& early_ops();

// How values and times are written in a trace and in a scenario.

std::string show(const Value& value);
/// The text of an outcome: its value or its error.
std::string describe_outcome(const Outcome<Value>& outcome);
std::string join(const std::vector<std::string>& texts);
const char* boolean(bool value);
double seconds(const json& microseconds);
MaybeDelay maybe_seconds(const json& microseconds);
ReturnWhen return_when(const json& name);

} // namespace asyncio::conformance
