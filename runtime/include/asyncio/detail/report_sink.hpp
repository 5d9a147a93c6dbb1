#pragma once

namespace asyncio {
struct ExceptionContext;
}

namespace asyncio::detail {

/// What becomes of a report that no exception handler of the program takes.
using ReportSink = void (*)(const ExceptionContext& context);

/// Without one, reports are written to stderr. asyncio::logging sets one when it is first used. Returns the one before.
ReportSink report_with(ReportSink sink) noexcept;

} // namespace asyncio::detail
