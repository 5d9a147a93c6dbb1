#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace asyncio::detail {

/// What records say; web/protocol/trace.ts has what each means.
enum class TraceKind : std::uint8_t {
    begin = 1,
    end,
    place,
    made,
    named,
    ready,
    running,
    suspended,
    yielded,
    ran,
    cancel_requested,
    done,
    cancelled,
    failed,
    waits,
    wakes,
    callback,
    coroutine,
};

/// No place, no text.
inline constexpr std::uint32_t trace_none = 0xffff'ffff;

/// As it lies in memory it goes to who draws it.
struct TraceRecord {
    TraceKind kind = TraceKind::begin;
    std::uint8_t detail = 0;
    std::uint16_t unused = 0;
    std::uint32_t task = 0;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    /// Microseconds, as the program sees them, and as they really pass.
    double loop_time = 0;
    double real_time = 0;
};
inline constexpr std::size_t trace_record_bytes = 32;
static_assert(sizeof(TraceRecord) == trace_record_bytes);

/// Where records go.
class TraceSink {
public:
    virtual ~TraceSink() = default;

    /// Microseconds that really passed since some moment.
    virtual double real_time() = 0;

    /// Records in order, and the texts that they name by index: each is its length, four bytes, and its
    /// characters.
    virtual void take(std::span<const TraceRecord> records, std::string_view texts) = 0;
};

} // namespace asyncio::detail
