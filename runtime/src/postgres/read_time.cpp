#include "read_time.hpp"

#include <charconv>
#include <cstdint>
#include <format>
#include <memory>

namespace asyncio::postgres::detail {
namespace {

using std::chrono::microseconds;

constexpr int micros_digits = 6;
constexpr std::int64_t days_a_year = 365;
constexpr std::int64_t days_a_month = 30;

/// Takes parts off the front of a text.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    bool take(char wanted) {
        if (!rest_.starts_with(wanted)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take(std::string_view wanted) {
        if (!rest_.starts_with(wanted)) return false;
        rest_.remove_prefix(wanted.size());
        return true;
    }
    std::optional<std::int64_t> digits() {
        std::int64_t number = 0;
        const char* const begin = std::to_address(rest_.begin());
        const auto [stopped, error] = std::from_chars(begin, std::to_address(rest_.end()), number);
        if (error != std::errc() || rest_.starts_with('-')) return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(stopped - begin));
        return number;
    }
    /// ".5" as 500000; 0 if there is none.
    std::int64_t fraction() {
        if (!take('.')) return 0;
        std::int64_t micros = 0;
        for (int i = 0; i < micros_digits; ++i) {
            const bool has = !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
            micros = micros * 10 + (has ? rest_.front() - '0' : 0);
            if (has) rest_.remove_prefix(1);
        }
        return micros;
    }
    /// "12:00:00.5", the seconds if there are any.
    std::optional<microseconds> clock() {
        const auto hours = digits();
        if (!hours || !take(':')) return std::nullopt;
        return after_hours(*hours);
    }
    std::optional<microseconds> after_hours(std::int64_t hours) {
        const auto minutes = digits();
        if (!minutes) return std::nullopt;
        std::int64_t seconds = 0;
        std::int64_t micros = 0;
        if (take(':')) {
            const auto given = digits();
            if (!given) return std::nullopt;
            seconds = *given;
            micros = fraction();
        }
        return std::chrono::hours(hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(seconds) +
               microseconds(micros);
    }

private:
    std::string_view rest_;
};

/// "+02", "-05:30"
std::optional<microseconds> take_offset(Scanner& scanner) {
    const bool behind = scanner.take('-');
    if (!behind && !scanner.take('+')) return microseconds(0);
    const auto hours = scanner.digits();
    if (!hours) return std::nullopt;
    std::optional<microseconds> offset = std::chrono::hours(*hours);
    if (scanner.take(':')) offset = scanner.after_hours(*hours);
    if (!offset) return std::nullopt;
    return behind ? -*offset : *offset;
}

} // namespace

std::optional<UtcTime> read_timestamp(std::string_view text) {
    Scanner scanner(text);
    const auto year = scanner.digits();
    if (!year || !scanner.take('-')) return std::nullopt;
    const auto month = scanner.digits();
    if (!month || !scanner.take('-')) return std::nullopt;
    const auto day = scanner.digits();
    if (!day) return std::nullopt;
    microseconds of_day(0);
    microseconds offset(0);
    if (scanner.take(' ')) {
        if (scanner.take("BC")) return std::nullopt;
        const auto clock = scanner.clock();
        const auto zone = clock ? take_offset(scanner) : std::nullopt;
        if (!zone) return std::nullopt;
        of_day = *clock;
        offset = *zone;
    }
    const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    if (!scanner.at_end() || !date.ok()) return std::nullopt;
    return UtcTime(std::chrono::sys_days(date).time_since_epoch() + of_day - offset);
}

std::optional<microseconds> read_interval(std::string_view text) {
    Scanner scanner(text);
    microseconds sum(0);
    while (!scanner.at_end()) {
        const bool negative = scanner.take('-');
        if (!negative) scanner.take('+');
        const auto number = scanner.digits();
        if (!number) return std::nullopt;
        std::optional<microseconds> part;
        if (scanner.take(':'))
            part = scanner.after_hours(*number);
        else if (scanner.take(" year"))
            part = std::chrono::days(*number * days_a_year);
        else if (scanner.take(" mon"))
            part = std::chrono::days(*number * days_a_month);
        else if (scanner.take(" day"))
            part = std::chrono::days(*number);
        if (!part) return std::nullopt;
        scanner.take('s');
        scanner.take(' ');
        sum += negative ? -*part : *part;
    }
    return sum;
}

std::string write_timestamp(UtcTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const std::int64_t micros = (time - seconds).count();
    std::string text = std::format("{:%F %T}", seconds);
    if (micros != 0) text += std::format(".{:06}", micros);
    return text;
}

std::string write_interval(microseconds span) {
    const bool negative = span.count() < 0;
    const microseconds size = negative ? -span : span;
    const auto hours = std::chrono::floor<std::chrono::hours>(size);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(size - hours);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(size - hours - minutes);
    const std::int64_t micros = (size - hours - minutes - seconds).count();
    std::string text = std::format("{}{:02}:{:02}:{:02}", negative ? "-" : "", hours.count(), minutes.count(),
                                   seconds.count());
    if (micros != 0) text += std::format(".{:06}", micros);
    return text;
}

std::string python_repr(UtcTime time, bool is_date, bool is_utc) {
    const auto days = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(days);
    std::string text = std::format("{}, {}, {}", static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    if (is_date) return "datetime.date(" + text + ")";
    const std::chrono::hh_mm_ss of_day(time - days);
    text += std::format(", {}, {}", of_day.hours().count(), of_day.minutes().count());
    const std::int64_t micros = of_day.subseconds().count();
    if (of_day.seconds().count() != 0 || micros != 0) text += std::format(", {}", of_day.seconds().count());
    if (micros != 0) text += std::format(", {}", micros);
    if (is_utc) text += ", tzinfo=datetime.timezone.utc";
    return "datetime.datetime(" + text + ")";
}

} // namespace asyncio::postgres::detail
