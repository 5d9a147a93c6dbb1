#include <asyncio/shield.hpp>

namespace asyncio::detail {

void report_shielded_error(const Ref<FutureBase>& inner) {
    if (inner->cancelled()) return;
    std::exception_ptr error = inner->exception();
    if (!error) return;
    inner->loop().call_exception_handler({.message = "exception in shielded future",
                                          .exception = std::move(error),
                                          .source = inner->describe_source()});
}

} // namespace asyncio::detail
