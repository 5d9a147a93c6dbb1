#include "replay.hpp"
#include "replayer.hpp"

#include <cmath>
#include <functional>
#include <stdexcept>
#include <string_view>

namespace asyncio::conformance {
namespace {

struct Stuck {};

/// A virtual clock that asks what to do when nothing is ready and no timer is set.
class OracleClock final : public VirtualClock {
public:
    std::function<void()> on_idle;
    void wait(EventLoop& loop, std::optional<double> timeout) override {
        if (timeout)
            VirtualClock::wait(loop, timeout);
        else
            on_idle();
    }
    bool has_pending_io() const override { return true; }
};

} // namespace

Replay::Replay(const json& scenario, ReplayOptions options)
    : scenario_(scenario), options_(std::move(options)) {
    auto clock = std::make_unique<OracleClock>();
    clock->on_idle = [this] { idle(); };
    loop_ = std::make_unique<EventLoop>(std::move(clock));
    loop_->set_exception_handler([this](EventLoop&, const ExceptionContext& context) { report(context); });
    // An object that is made from another comes after it.
    for (const bool of_another : {false, true})
        for (const auto& [name, spec] : scenario.at("objects").items())
            if (of_another == (spec.size() > 1 && spec.at(1).is_string()))
                objects_.emplace(name, make_object(spec, *loop_, *this));
}

Replay::~Replay() {
    loop_->set_exception_handler([](EventLoop&, const ExceptionContext&) {});
    // Tasks that still wait refer to the objects.
    if (!loop_->is_closed()) loop_->close();
}

std::vector<std::string> Replay::run() {
    try {
        loop_->run_until_complete(Task<>(detail::spawn(*loop_, drive(), {})));
    } catch (const Stuck&) {
        lines_.push_back("STUCK");
    } catch (const RuntimeError&) {
        if (ops_done_ <= options_.most_ops) throw;
        lines_.push_back("STOPPED");
    }
    loop_->close();
    if (!unknown_op_.empty())
        throw std::runtime_error("the replayer has no op named '" + unknown_op_ + "': add it to its ops");
    if (extended() && !lines_.empty() && !lines_.back().starts_with("ST")) log_unretrieved();
    return std::move(lines_);
}

void Replay::log(const std::string& text) {
    const detail::TaskBase* task = loop_->current_task();
    const std::string name = task ? task->name() : "-";
    log_as(extended() && name.starts_with("Task-") ? "task" : name, text);
}

void Replay::log_as(const std::string& who, const std::string& text) {
    lines_.push_back(std::to_string(std::llrint(loop_->time() * 1e6)) + " " + who + " " + text);
}

Coro<> Replay::drive() {
    main_ = create_task(top(), "main");
    co_await wait({*main_});
    co_await finish();
}

Coro<> Replay::top() {
    try {
        co_await block(scenario_.at("main"));
        log("main returned");
    } catch (const Return& stop) {
        log("main returned " + show(stop.value));
    } catch (...) {
        log("main raised " + describe_for_trace(std::current_exception()));
    }
}

Coro<> Replay::finish() {
    std::vector<Task<Value>> left;
    for (const Task<Value>& task : spawned_)
        if (!task.done()) left.push_back(task);
    for (const Task<Value>& task : left) task.cancel();
    for (const Outcome<Value>& result : co_await gather(return_exceptions, left))
        log_as("end", "left " + describe_outcome(result));
    for (std::size_t i = 0; i < all_generators_.size(); ++i)
        if (const std::exception_ptr error = co_await detail::error_of(all_generators_[i]->aclose()))
            log_as("end", "closing raised " + spell(error));
}

void Replay::idle() {
    if (++rounds_ > 8) throw Stuck();
    if (!main_->done()) {
        log_as("end", "DEADLOCK, main is cancelled");
        main_->cancel();
    } else {
        log_as("end", "DEADLOCK, the rest is cancelled");
        for (const Task<Value>& task : spawned_) task.cancel();
    }
}

void Replay::report(const ExceptionContext& context) {
    if (!extended()) return;
    const std::string_view message = context.message;
    if (message.starts_with("Exception in a"))
        log_as("-", "report callback " + spell(context.exception));
    else if (message == "exception in shielded future")
        log_as("-", "report shielded " + spell(context.exception));
    else if (message.starts_with("a member of a TaskGroup failed"))
        log_as("-", "report group " + spell(context.exception));
    else if (message.starts_with("a lock could not be released"))
        log_as("-", "report release " + spell(context.exception));
}

void Replay::log_unretrieved() {
    for (const auto& [name, spec] : scenario_.at("objects").items())
        if (spec.at(0) == "Future" && object(name).as<Future<Value>>().ref()->never_retrieved())
            lines_.push_back("unretrieved " + name);
    for (const Task<Value>& task : spawned_)
        if (task.ref()->never_retrieved()) lines_.push_back("unretrieved " + task.get_name());
}

Coro<Value> Replay::coroutine(std::string name) {
    const LiveFrame frame;
    std::optional<Value> returned;
    try {
        co_await block(scenario_.at("coros").at(name));
    } catch (const Return& stop) {
        returned = stop.value;
    }
    co_return returned.value_or(std::nullopt);
}

Coro<> Replay::block(const json& ops) {
    const LiveFrame frame;
    for (const json& op : ops) {
        const Op found = find_op(op.at(0));
        if (!found) {
            unknown_op_ = op.at(0);
            throw std::logic_error("no op named '" + unknown_op_ + "'");
        }
        if (++ops_done_ > options_.most_ops) {
            loop_->stop();
            co_await Future<>(*loop_);
        }
        co_await perform(found, op);
    }
}

Op Replay::find_op(const std::string& name) const {
    std::vector<const OpTable*> tables = options_.more_ops;
    tables.insert(tables.end(), {&basic_ops(), &extended_ops(), &early_ops()});
    for (const OpTable* table : tables)
        if (const auto found = table->find(name); found != table->end()) return found->second;
    return nullptr;
}

Coro<> Replay::perform(Op op, const json& arguments) {
    try {
        co_await op(*this, arguments);
    } catch (const Gone& gone) {
        log("gone " + gone.name);
    }
}

void Replay::now(const json& ops) {
    Coro<> coro = block(ops);
    auto handle = coro.release();
    struct Destroy {
        decltype(handle)& frame;
        ~Destroy() { frame.destroy(); }
    } destroy{handle};
    handle.promise().set_started();
    handle.resume();
    if (handle.done())
        handle.promise().take();
    else
        throw std::logic_error("an op of a callback suspended");
}

AsyncGenerator<int> Replay::generator(std::string name) {
    const LiveFrame frame;
    const json& made_of = scenario_.at("generators").at(name);
    std::exception_ptr error;
    try {
        for (const json& step : made_of.at(0)) {
            co_await block(step.at(0));
            co_yield step.at(1).get<int>();
        }
    } catch (const GeneratorExit&) {
        log("generator exits");
        error = std::current_exception();
    } catch (...) {
        error = std::current_exception();
    }
    log("generator ends");
    co_await block(made_of.at(1));
    if (error) std::rethrow_exception(error);
}

std::shared_ptr<AsyncGenerator<int>> Replay::new_generator(const std::string& name) {
    return all_generators_.emplace_back(std::make_shared<AsyncGenerator<int>>(generator(name)));
}

void Replay::keep(const Task<Value>& task) {
    tasks_.insert_or_assign(task.get_name(), task);
    spawned_.push_back(task);
    log("spawned " + task.get_name());
}

const Task<Value>* Replay::known(const json& name) const {
    const auto found = tasks_.find(name);
    return found == tasks_.end() ? nullptr : &found->second;
}

std::vector<Task<Value>> Replay::all_known(const json& names) const {
    std::vector<Task<Value>> tasks;
    for (const json& name : names)
        if (const Task<Value>* task = known(name)) tasks.push_back(*task);
    return tasks;
}

Object& Replay::object(const json& name) {
    if (Object* found = find_object(name)) return *found;
    throw Gone(name);
}

Object* Replay::find_object(const json& name) {
    if (const auto found = objects_.find(name); found != objects_.end()) return found->second.get();
    const auto found = locals.find(name);
    return found == locals.end() ? nullptr : found->second;
}

std::vector<std::string> replay(const json& scenario) { return Replay(scenario).run(); }

} // namespace asyncio::conformance
