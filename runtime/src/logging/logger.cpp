#include <asyncio/detail/report_sink.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/logging.hpp>
#include <asyncio/task.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <map>
#include <mutex>
#include <utility>

namespace asyncio::logging {

struct Logger::State {
    std::string name;
    /// Null for the root.
    State* above = nullptr;
    std::atomic<int> level = NOTSET;
    std::atomic<bool> propagates = true;
    std::vector<std::shared_ptr<Handler>> handlers = {};
    std::vector<Filter> filters = {};
};

namespace {

struct NamedLevel {
    int level;
    std::string_view name;
};
constexpr std::array<NamedLevel, 6> named_levels = {{{CRITICAL, "CRITICAL"},
                                                     {ERROR, "ERROR"},
                                                     {WARNING, "WARNING"},
                                                     {INFO, "INFO"},
                                                     {DEBUG, "DEBUG"},
                                                     {NOTSET, "NOTSET"}}};

void log_report(const ExceptionContext& context) {
    const bool is_slow_callback = context.message.starts_with("Executing ") && !context.exception;
    std::string text = context.message.empty() ? "Unhandled exception in event loop" : context.message;
    // What to do about a slow callback is not in CPython's text.
    if (!context.source.empty() && !is_slow_callback) text += "\n  " + context.source;
    const Logger logger = getLogger("asyncio");
    const int level = context.exception ? ERROR : WARNING;
    if (logger.isEnabledFor(level)) logger.emit(level, std::move(text), {}, context.exception);
}

/// All loggers. They are never destroyed, for programs log until their end.
class Loggers {
public:
    static Loggers& all() {
        static auto* const loggers = new Loggers; // NOLINT(*-owning-memory)
        return *loggers;
    }

    Logger get(std::string_view name) {
        const std::scoped_lock lock(mutex);
        return Logger(state_of(name));
    }

    std::recursive_mutex mutex;
    std::atomic<int> disabled = NOTSET;

private:
    Loggers() : root_(std::make_shared<Logger::State>()) {
        root_->name = "root";
        root_->level = WARNING;
        asyncio::detail::report_with(log_report);
    }

    const std::shared_ptr<Logger::State>& state_of(std::string_view name) {
        if (name.empty() || name == "root") return root_;
        const auto found = loggers_.find(name);
        if (found != loggers_.end()) return found->second;
        const std::size_t dot = name.rfind('.');
        auto state = std::make_shared<Logger::State>();
        state->name = name;
        state->above = state_of(dot == std::string_view::npos ? "" : name.substr(0, dot)).get();
        return loggers_.emplace(name, std::move(state)).first->second;
    }

    std::shared_ptr<Logger::State> root_;
    std::map<std::string, std::shared_ptr<Logger::State>, std::less<>> loggers_;
};

std::optional<std::string> task_name() {
    if (!asyncio::detail::running_loop) return std::nullopt;
    const std::optional<AnyTask> task = current_task(*asyncio::detail::running_loop);
    if (!task) return std::nullopt;
    return task->get_name();
}

/// The handlers of a logger and of those above it.
std::vector<std::shared_ptr<Handler>> handlers_for(const Logger::State* logger) {
    std::vector<std::shared_ptr<Handler>> handlers;
    for (; logger; logger = logger->propagates ? logger->above : nullptr)
        handlers.insert(handlers.end(), logger->handlers.begin(), logger->handlers.end());
    return handlers;
}

} // namespace

std::string getLevelName(int level) {
    const auto found = std::ranges::find(named_levels, level, &NamedLevel::level);
    return found == named_levels.end() ? std::format("Level {}", level) : std::string(found->name);
}

Level::Level(const char* name) : number_(NOTSET) {
    const auto found = std::ranges::find(named_levels, std::string_view(name), &NamedLevel::name);
    if (found == named_levels.end()) throw ValueError(std::format("Unknown level: '{}'", name));
    number_ = found->level;
}

const std::string& Logger::name() const { return state_->name; }
void Logger::setLevel(Level level) const { state_->level = level.number(); }
int Logger::level() const { return state_->level; }
void Logger::propagate(bool whether) const { state_->propagates = whether; }
bool Logger::propagate() const { return state_->propagates; }

int Logger::getEffectiveLevel() const {
    for (const State* logger = state_.get(); logger; logger = logger->above)
        if (const int level = logger->level) return level;
    return NOTSET;
}

bool Logger::isEnabledFor(int level) const {
    return level > Loggers::all().disabled && level >= getEffectiveLevel();
}

Logger Logger::getChild(std::string_view suffix) const {
    return getLogger(state_->above ? std::format("{}.{}", name(), suffix) : std::string(suffix));
}

void Logger::addHandler(std::shared_ptr<Handler> handler) const {
    const std::scoped_lock lock(Loggers::all().mutex);
    if (!std::ranges::contains(state_->handlers, handler)) state_->handlers.push_back(std::move(handler));
}

void Logger::removeHandler(const std::shared_ptr<Handler>& handler) const {
    const std::scoped_lock lock(Loggers::all().mutex);
    std::erase(state_->handlers, handler);
}

std::vector<std::shared_ptr<Handler>> Logger::handlers() const {
    const std::scoped_lock lock(Loggers::all().mutex);
    return state_->handlers;
}

bool Logger::hasHandlers() const {
    const std::scoped_lock lock(Loggers::all().mutex);
    return !handlers_for(state_.get()).empty();
}

void Logger::addFilter(Filter filter) const {
    const std::scoped_lock lock(Loggers::all().mutex);
    state_->filters.push_back(std::move(filter));
}

void Logger::emit(int level, std::string message, const std::source_location& where,
                  std::exception_ptr error) const {
    const LogRecord record{
        .name = name(),
        .levelno = level,
        .levelname = getLevelName(level),
        .message = std::move(message),
        .created = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(),
        .where = where,
        .taskName = task_name(),
        .exc_info = std::move(error)};
    // Held while it is written, so that lines of several threads do not mix.
    const std::scoped_lock lock(Loggers::all().mutex);
    if (!std::ranges::all_of(state_->filters, [&](const Filter& filter) { return filter(record); })) return;
    const std::vector<std::shared_ptr<Handler>> handlers = handlers_for(state_.get());
    for (const std::shared_ptr<Handler>& handler : handlers) handler->handle(record);
    // Python's lastResort.
    if (handlers.empty() && level >= WARNING) StreamHandler().handle(record);
}

Logger getLogger(std::string_view name) { return Loggers::all().get(name); }

void disable(Level level) { Loggers::all().disabled = level.number(); }

void basicConfig(BasicConfig config) {
    const std::scoped_lock lock(Loggers::all().mutex);
    const Logger root = getLogger();
    if (config.force)
        for (const std::shared_ptr<Handler>& handler : root.handlers()) root.removeHandler(handler);
    if (!root.handlers().empty()) return;
    if (config.stream && !config.filename.empty())
        throw ValueError("'stream' and 'filename' should not be specified together");
    if (!config.handlers.empty() && (config.stream || !config.filename.empty()))
        throw ValueError("'stream' or 'filename' should not be specified together with 'handlers'");
    const auto formatter = std::make_shared<Formatter>(std::move(config.format), std::move(config.datefmt));
    if (config.handlers.empty()) {
        if (config.filename.empty())
            config.handlers.push_back(std::make_shared<StreamHandler>(config.stream.value_or(stderr)));
        else
            config.handlers.push_back(std::make_shared<FileHandler>(config.filename, config.filemode));
    }
    for (const std::shared_ptr<Handler>& handler : config.handlers) {
        if (!handler->has_formatter()) handler->setFormatter(formatter);
        root.addHandler(handler);
    }
    if (config.level.number() != NOTSET) root.setLevel(config.level);
}

} // namespace asyncio::logging
