#pragma once

#include "support.hpp"

#include "../../runtime/src/trace/tracer.hpp"

#include <cstring>
#include <string>
#include <vector>

namespace asyncio::test {

/// Keeps the records of a tracer in memory. The test controls its clock.
class MemorySink final : public detail::TraceSink {
public:
    double real_time() override { return now += step; }
    void take(std::span<const detail::TraceRecord> taken, std::string_view packed) override {
        ++batches;
        std::vector<std::string> texts;
        while (!packed.empty()) {
            std::uint32_t length = 0;
            std::memcpy(&length, packed.data(), sizeof length);
            texts.emplace_back(packed.substr(sizeof length, length));
            packed.remove_prefix(sizeof length + length);
        }
        for (const detail::TraceRecord& record : taken) {
            records.push_back(record);
            if (record.kind == detail::TraceKind::place) places[record.task] = texts.at(record.b);
            const bool has_text =
                record.kind == detail::TraceKind::named || record.kind == detail::TraceKind::failed ||
                (record.kind == detail::TraceKind::cancel_requested && record.a != detail::trace_none);
            told.push_back(has_text ? texts.at(record.a) : std::string());
        }
    }

    std::size_t count(detail::TraceKind kind, std::uint32_t task = 0) const {
        std::size_t count = 0;
        for (const detail::TraceRecord& record : records)
            count += static_cast<std::size_t>(record.kind == kind && (task == 0 || record.task == task));
        return count;
    }
    /// The records of a task except its name, in order: "made running suspended ready running done".
    std::string life(std::uint32_t task) const;

    double now = 0;
    /// The time between two reads of the clock, in microseconds.
    double step = 1;
    int batches = 0;
    std::vector<detail::TraceRecord> records;
    /// The text of each record, empty if it has none.
    std::vector<std::string> told;
    /// The functions of the source locations.
    std::map<std::uint32_t, std::string> places;
};

inline std::string MemorySink::life(std::uint32_t task) const {
    static const std::vector<std::string> names = {
        "",    "begin",  "end",  "place",     "made",   "named", "ready", "running",  "suspended", "yielded",
        "ran", "cancel", "done", "cancelled", "failed", "waits", "wakes", "callback", "coroutine"};
    std::string life;
    for (const detail::TraceRecord& record : records) {
        if (record.task != task || record.kind == detail::TraceKind::place ||
            record.kind == detail::TraceKind::named)
            continue;
        if (!life.empty()) life += ' ';
        life += names.at(static_cast<std::size_t>(record.kind));
    }
    return life;
}

inline std::uint32_t id_of(const AnyTask& task) { return task.ref()->as_task()->id(); }

} // namespace asyncio::test
