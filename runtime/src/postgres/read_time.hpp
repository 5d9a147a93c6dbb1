#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace asyncio::postgres::detail {

using UtcTime = std::chrono::sys_time<std::chrono::microseconds>;

/// "2024-05-01 12:00:00.5+02", also without zone or time of day; nullopt for others, such as "infinity".
std::optional<UtcTime> read_timestamp(std::string_view text);
/// "1 year 2 mons -3 days 04:05:06.5", as asyncpg with 365 days a year and 30 a month; also a time of day.
std::optional<std::chrono::microseconds> read_interval(std::string_view text);

/// "2024-05-01 12:00:00.500000", the fraction if it is not 0.
std::string write_timestamp(UtcTime time);
/// "-01:30:00.500000", which is an interval and a time of day.
std::string write_interval(std::chrono::microseconds span);
/// "datetime.datetime(2024, 5, 1, 12, 0)"
std::string python_repr(UtcTime time, bool is_date, bool is_utc);

} // namespace asyncio::postgres::detail
