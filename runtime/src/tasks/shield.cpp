#include <asyncio/shield.hpp>

namespace asyncio::detail {
namespace {

struct ReportError {
    void operator()(const Ref<FutureBase>& inner) const {
        if (inner->cancelled()) return;
        std::exception_ptr error = inner->exception();
        if (!error) return;
        inner->loop().call_exception_handler({.message = "exception in shielded future",
                                              .exception = std::move(error),
                                              .source = inner->describe_source()});
    }
};

} // namespace

void report_shielded_error(FutureBase& inner) {
    // Another shield of the same future may have requested it already; like in Python, the position of the
    // last one counts.
    if (auto* earlier = inner.find_callback<DoneCallbackWith<ReportError>>()) earlier->detach();
    on_done(inner, ReportError{});
}

} // namespace asyncio::detail
