#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace asyncio::detail {

/// The kinds of records; web/protocol/trace.ts documents each.
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

/// Sent to the viewer with this memory layout.
struct TraceRecord {
    TraceKind kind = TraceKind::begin;
    std::uint8_t detail = 0;
    std::uint16_t unused = 0;
    std::uint32_t task = 0;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    /// Microseconds on the program's clock, and of real time.
    double loop_time = 0;
    double real_time = 0;
};
inline constexpr std::size_t trace_record_bytes = 32;
static_assert(sizeof(TraceRecord) == trace_record_bytes);

/// The receiver of records.
class TraceSink {
public:
    virtual ~TraceSink() = default;

    /// Microseconds of real time since an arbitrary origin.
    virtual double real_time() = 0;

    /// Records in order, and the texts to which they refer by index: each is a four-byte length followed by
    /// its characters.
    virtual void take(std::span<const TraceRecord> records, std::string_view texts) = 0;
};

} // namespace asyncio::detail
