#include <asyncio/error.hpp>
#include <asyncio/logging.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <format>
#include <utility>

namespace asyncio::logging {
namespace {

constexpr std::array fields = {
    "name",     "levelname", "levelno", "message", "asctime",  "created",  "msecs",      "relativeCreated",
    "pathname", "filename",  "module",  "lineno",  "funcName", "taskName", "threadName", "processName"};

double now() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}
const double loaded = now();

constexpr double thousand = 1000;

double milliseconds_of(double seconds) { return std::floor((seconds - std::floor(seconds)) * thousand); }

std::string time_text(double created, const std::string& datefmt) {
    const auto seconds = static_cast<std::time_t>(std::floor(created));
    std::tm local = {};
    localtime_r(&seconds, &local);
    constexpr std::size_t enough = 256;
    std::array<char, enough> text = {};
    const char* const format = datefmt.empty() ? "%Y-%m-%d %H:%M:%S" : datefmt.c_str();
    const std::size_t size = std::strftime(text.data(), text.size(), format, &local);
    std::string line(text.data(), size);
    if (datefmt.empty()) line += std::format(",{:03}", static_cast<int>(milliseconds_of(created)));
    return line;
}

std::string_view filename_of(std::string_view path) { return path.substr(path.find_last_of("/\\") + 1); }

/// "main" of "int main(int, char **)": what stands before the parentheses of its parameters.
std::string_view function_name(std::string_view declaration) {
    declaration = declaration.substr(0, declaration.rfind(" ["));
    std::size_t open = declaration.rfind(')');
    for (int depth = 0; open != std::string_view::npos && open > 0; --open) {
        depth += declaration[open] == ')' ? 1 : declaration[open] == '(' ? -1 : 0;
        if (depth == 0) break;
    }
    declaration = declaration.substr(0, open);
    return declaration.substr(declaration.find_last_of(" *&:") + 1);
}

std::string text_field(std::string_view field, const LogRecord& record) {
    const std::string_view path(record.where.file_name());
    if (field == "name") return record.name;
    if (field == "levelname") return record.levelname;
    if (field == "message") return record.message;
    if (field == "pathname") return std::string(path);
    if (field == "filename") return std::string(filename_of(path));
    if (field == "module") return std::string(filename_of(path).substr(0, filename_of(path).rfind('.')));
    if (field == "funcName") return std::string(function_name(record.where.function_name()));
    if (field == "taskName") return record.taskName.value_or("None");
    return field == "threadName" ? "MainThread" : "MainProcess";
}

/// nullopt for a field that is a text.
std::optional<double> number_field(std::string_view field, const LogRecord& record) {
    if (field == "levelno") return record.levelno;
    if (field == "lineno") return record.where.line();
    if (field == "created") return record.created;
    if (field == "msecs") return milliseconds_of(record.created);
    if (field == "relativeCreated") return (record.created - loaded) * thousand;
    return std::nullopt;
}

std::string padded(std::string text, std::string_view flags) {
    const bool left = flags.contains('-');
    const bool zeros = flags.starts_with('0') && !left;
    flags.remove_prefix(std::min(flags.find_first_of("123456789."), flags.size()));
    std::size_t width = 0;
    constexpr std::size_t base = 10;
    for (const char digit : flags.substr(0, flags.find('.')))
        width = (width * base) + static_cast<std::size_t>(digit - '0');
    if (text.size() >= width) return text;
    if (left) return text + std::string(width - text.size(), ' ');
    return std::string(width - text.size(), zeros ? '0' : ' ') + text;
}

/// The digits behind the "." of the flags.
std::optional<int> precision(std::string_view flags) {
    const std::size_t dot = flags.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    int digits = 0;
    constexpr int base = 10;
    for (const char digit : flags.substr(dot + 1)) digits = (digits * base) + (digit - '0');
    return digits;
}

} // namespace

Formatter::Formatter(std::string format, std::string datefmt) : datefmt_(std::move(datefmt)) {
    std::string_view rest(format);
    std::string text;
    while (!rest.empty()) {
        const std::size_t percent = std::min(rest.find('%'), rest.size());
        text += rest.substr(0, percent);
        rest.remove_prefix(percent);
        if (rest.empty()) break;
        if (rest.starts_with("%%")) {
            text += '%';
            rest.remove_prefix(2);
            continue;
        }
        const std::size_t close = rest.find(')');
        if (!rest.starts_with("%(") || close == std::string_view::npos)
            throw ValueError(
                std::format("the format of a log has a % without (field) behind it: \"{}\"", format));
        const std::string_view field = rest.substr(2, close - 2);
        if (!std::ranges::contains(fields, field))
            throw ValueError(std::format("Formatting field not found in record: '{}'", field));
        rest.remove_prefix(close + 1);
        const std::size_t conversion = rest.find_first_not_of("-0123456789.");
        constexpr std::size_t longest = 8;
        if (conversion == std::string_view::npos || conversion > longest ||
            !std::string_view("sdf").contains(rest[conversion]))
            throw ValueError(
                std::format("the field {} in the format of a log needs s, d or f behind it", field));
        const bool is_number = number_field(field, {}).has_value();
        if (!is_number && rest[conversion] != 's')
            throw ValueError(
                std::format("the field {} in the format of a log is a text: %({})s", field, field));
        parts_.push_back({.text = std::exchange(text, {}),
                          .field = std::string(field),
                          .flags = std::string(rest.substr(0, conversion)),
                          .conversion = rest[conversion]});
        rest.remove_prefix(conversion + 1);
    }
    end_ = std::move(text);
}

std::string Formatter::value_of(const Part& part, const LogRecord& record) const {
    if (part.field == "asctime") return padded(time_text(record.created, datefmt_), part.flags);
    const std::optional<double> number = number_field(part.field, record);
    if (!number) {
        std::string text = text_field(part.field, record);
        if (const std::optional<int> most = precision(part.flags))
            text.resize(std::min(text.size(), static_cast<std::size_t>(*most)));
        return padded(std::move(text), part.flags);
    }
    constexpr int default_precision = 6;
    std::string text = part.conversion == 'f' ? std::format("{:.{}f}", *number,
                                                            precision(part.flags).value_or(default_precision))
                       : part.conversion == 'd' ? std::format("{}", static_cast<long long>(*number))
                                                : std::format("{}", *number);
    return padded(std::move(text), part.flags);
}

std::string Formatter::format(const LogRecord& record) const {
    std::string line;
    for (const Part& part : parts_) line += part.text + value_of(part, record);
    line += end_;
    if (record.exc_info) line += "\n" + describe(record.exc_info);
    return line;
}

} // namespace asyncio::logging
