#pragma once

/// Logging, after Python's module logging: link asyncio::logging.

#include <concepts>
#include <cstdio>
#include <exception>
#include <format>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio::logging {

// NOLINTBEGIN(*-magic-numbers): Python's numbers
inline constexpr int NOTSET = 0;
inline constexpr int DEBUG = 10;
inline constexpr int INFO = 20;
inline constexpr int WARNING = 30;
inline constexpr int ERROR = 40;
inline constexpr int CRITICAL = 50;
// NOLINTEND(*-magic-numbers)

/// "INFO" for 20, "Level 25" for a number without a name.
std::string getLevelName(int level);

/// A level as a number or as its name. Raises ValueError for an unknown name.
class Level {
public:
    Level(int number) : number_(number) {} // NOLINT(*-explicit-*): it is written as a number
    Level(const char* name);               // NOLINT(*-explicit-*): or as its name
    int number() const noexcept { return number_; }

private:
    int number_;
};

/// One message.
struct LogRecord {
    std::string name = {};
    int levelno = NOTSET;
    std::string levelname = {};
    /// Formatted.
    std::string message = {};
    /// Seconds since 1970.
    double created = 0;
    std::source_location where = {};
    /// The name of the task that logged; nullopt outside of tasks.
    std::optional<std::string> taskName = {};
    /// What exception() logs.
    std::exception_ptr exc_info = nullptr;
};

/// Turns a record into a line.
class Formatter {
public:
    /// Formats are Python's of style "%": `%(asctime)s %(levelname)-8s %(name)s %(message)s`. The fields are name, levelname,
    /// levelno, message, asctime, created, msecs, relativeCreated, pathname, filename, module, lineno, funcName, taskName,
    /// threadName, processName; the conversions s, d and f. Raises ValueError for others.
    ///
    /// `datefmt` is strftime()'s, for local time; if it is empty, asctime is "2026-11-30 12:34:56,789".
    explicit Formatter(std::string format = "%(message)s", std::string datefmt = {});
    virtual ~Formatter() = default;
    Formatter(const Formatter&) = default;
    Formatter& operator=(const Formatter&) = default;

    /// The line without its end; the error of exc_info follows on a line of its own.
    virtual std::string format(const LogRecord& record) const;

private:
    struct Part {
        /// Before the field.
        std::string text;
        std::string field;
        /// Such as "-8".
        std::string flags;
        char conversion;
    };
    std::string value_of(const Part& part, const LogRecord& record) const;

    std::vector<Part> parts_;
    std::string end_;
    std::string datefmt_;
};

using Filter = std::function<bool(const LogRecord&)>;

/// What does something with records. Made by std::make_shared, for loggers share them.
class Handler {
public:
    Handler() = default;
    virtual ~Handler() = default;
    Handler(const Handler&) = delete;
    Handler& operator=(const Handler&) = delete;

    /// Records below it are ignored.
    void setLevel(Level level) { level_ = level.number(); }
    int level() const noexcept { return level_; }
    void setFormatter(std::shared_ptr<const Formatter> formatter) { formatter_ = std::move(formatter); }
    bool has_formatter() const noexcept { return formatter_ != nullptr; }
    /// Records for which it returns false are ignored.
    void addFilter(Filter filter) { filters_.push_back(std::move(filter)); }

    /// For the library: emits the record if level and filters let it pass.
    void handle(const LogRecord& record);

protected:
    virtual void emit(const LogRecord& record) = 0;
    std::string format(const LogRecord& record) const;

private:
    int level_ = NOTSET;
    std::shared_ptr<const Formatter> formatter_;
    std::vector<Filter> filters_;
};

/// Where text goes: a FILE* or a std::ostream, which must outlive it.
class Stream {
public:
    Stream(std::FILE* file);      // NOLINT(*-explicit-*): as an argument
    Stream(std::ostream& stream); // NOLINT(*-explicit-*): as an argument
    /// Writes and flushes.
    void write(const std::string& text) const { write_(text); }

private:
    std::function<void(const std::string&)> write_;
};

/// Writes lines to a stream, stderr by default.
class StreamHandler : public Handler {
public:
    explicit StreamHandler(Stream stream = stderr) : stream_(std::move(stream)) {}

protected:
    void emit(const LogRecord& record) override;

private:
    Stream stream_;
};

/// Writes lines to a file.
class FileHandler : public Handler {
public:
    /// `mode` as for fopen(). Raises OSError.
    explicit FileHandler(const std::string& path, const std::string& mode = "a");

protected:
    void emit(const LogRecord& record) override;

private:
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

namespace detail {

/// A format string and the place where it is written.
template <class... Args> struct Text {
    template <class T>
        requires std::convertible_to<const T&, std::string_view>
    // NOLINTNEXTLINE(*-explicit-*): a format string is passed
    consteval Text(const T& text, std::source_location place = std::source_location::current())
        : format(text), where(place) {}
    std::format_string<Args...> format;
    std::source_location where;
};
template <class... Args> using TextFor = std::type_identity_t<Text<Args...>>;

} // namespace detail

/// A logger, as getLogger() finds it by its name. Copies are the same logger. Messages have std::format's fields:
/// `logger.info("{} rows in {:.1f} s", rows, seconds)`; they are formatted only if the level is enabled.
///
/// A record goes to the handlers of the logger and of those above it ("a" is above "a.b", the root above all), up to one
/// that does not propagate. Without any handler, those of WARNING and above are written to stderr.
class Logger {
public:
    const std::string& name() const;
    /// NOTSET: that of the logger above.
    void setLevel(Level level) const;
    int level() const;
    int getEffectiveLevel() const;
    bool isEnabledFor(int level) const;
    void propagate(bool whether) const;
    bool propagate() const;
    /// "a.b" of "a".
    Logger getChild(std::string_view suffix) const;

    void addHandler(std::shared_ptr<Handler> handler) const;
    void removeHandler(const std::shared_ptr<Handler>& handler) const;
    /// Its own, without those above.
    std::vector<std::shared_ptr<Handler>> handlers() const;
    bool hasHandlers() const;
    /// Records of this logger for which it returns false are dropped.
    void addFilter(Filter filter) const;

    template <class... Args> void debug(detail::TextFor<Args...> text, Args&&... args) const {
        write<Args...>(DEBUG, nullptr, text, args...);
    }
    template <class... Args> void info(detail::TextFor<Args...> text, Args&&... args) const {
        write<Args...>(INFO, nullptr, text, args...);
    }
    template <class... Args> void warning(detail::TextFor<Args...> text, Args&&... args) const {
        write<Args...>(WARNING, nullptr, text, args...);
    }
    template <class... Args> void error(detail::TextFor<Args...> text, Args&&... args) const {
        write<Args...>(ERROR, nullptr, text, args...);
    }
    template <class... Args> void critical(detail::TextFor<Args...> text, Args&&... args) const {
        write<Args...>(CRITICAL, nullptr, text, args...);
    }
    template <class... Args> void log(Level level, detail::TextFor<Args...> text, Args&&... args) const {
        write<Args...>(level.number(), nullptr, text, args...);
    }
    /// As error(), with the exception that is being handled: for catch blocks.
    template <class... Args> void exception(detail::TextFor<Args...> text, Args&&... args) const {
        write<Args...>(ERROR, std::current_exception(), text, args...);
    }
    /// The same with an exception that was kept, such as that of an Outcome.
    template <class... Args>
    void exception(const std::exception_ptr& error, detail::TextFor<Args...> text, Args&&... args) const {
        write<Args...>(ERROR, error, text, args...);
    }

    bool operator==(const Logger&) const = default;

    /// For the library.
    struct State;
    explicit Logger(std::shared_ptr<State> state) : state_(std::move(state)) {}
    void emit(int level, std::string message, const std::source_location& where,
              std::exception_ptr error) const;

private:
    template <class... Args>
    void write(int level, std::exception_ptr error, const detail::Text<Args...>& text, Args&... args) const {
        if (isEnabledFor(level))
            emit(level, std::vformat(text.format.get(), std::make_format_args(args...)), text.where,
                 std::move(error));
    }

    std::shared_ptr<State> state_;
};

/// The logger of a name such as "app.db"; the root, "root", without one. The same name is the same logger, of all threads.
Logger getLogger(std::string_view name = {});

struct BasicConfig {
    Level level = NOTSET;
    std::string format = "%(levelname)s:%(name)s:%(message)s";
    std::string datefmt = {};
    /// Without it stderr, or the file.
    std::optional<Stream> stream = {};
    std::string filename = {};
    std::string filemode = "a";
    /// Instead of stream and filename; those without a formatter get the one of `format`.
    std::vector<std::shared_ptr<Handler>> handlers = {};
    /// Whether the root's handlers are removed first.
    bool force = false;
};

/// Gives the root a handler and, if `level` is not NOTSET, a level: `logging::basicConfig({.level = logging::INFO})`. Does
/// nothing if it has handlers already. Raises ValueError for a wrong format, and for stream and filename together.
///
/// The reports of the event loop, such as slow callbacks and exceptions that nobody retrieved, go through the logger
/// "asyncio" in a program that uses this header.
void basicConfig(BasicConfig config = {});
/// Messages of `level` and below are dropped, of all loggers.
void disable(Level level = CRITICAL);

/// Those of the root, which gets a handler by basicConfig() if it has none.
template <class... Args> void debug(detail::TextFor<Args...> text, Args&&... args) {
    if (!getLogger().hasHandlers()) basicConfig();
    getLogger().debug<Args...>(text, std::forward<Args>(args)...);
}
template <class... Args> void info(detail::TextFor<Args...> text, Args&&... args) {
    if (!getLogger().hasHandlers()) basicConfig();
    getLogger().info<Args...>(text, std::forward<Args>(args)...);
}
template <class... Args> void warning(detail::TextFor<Args...> text, Args&&... args) {
    if (!getLogger().hasHandlers()) basicConfig();
    getLogger().warning<Args...>(text, std::forward<Args>(args)...);
}
template <class... Args> void error(detail::TextFor<Args...> text, Args&&... args) {
    if (!getLogger().hasHandlers()) basicConfig();
    getLogger().error<Args...>(text, std::forward<Args>(args)...);
}
template <class... Args> void critical(detail::TextFor<Args...> text, Args&&... args) {
    if (!getLogger().hasHandlers()) basicConfig();
    getLogger().critical<Args...>(text, std::forward<Args>(args)...);
}
template <class... Args> void exception(detail::TextFor<Args...> text, Args&&... args) {
    if (!getLogger().hasHandlers()) basicConfig();
    getLogger().exception<Args...>(text, std::forward<Args>(args)...);
}

} // namespace asyncio::logging
