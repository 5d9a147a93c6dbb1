#include <asyncio/http/error.hpp>
#include <asyncio/http/transport.hpp>

namespace asyncio::http {
namespace {

class NoTransport final : public Transport {
public:
    std::unique_ptr<Exchange> open(const WireRequest&) override {
        throw ClientConnectionError("the native build has no HTTP client: pass a Transport to the session");
    }
};

} // namespace

std::shared_ptr<Transport> default_transport() { return std::make_shared<NoTransport>(); }

} // namespace asyncio::http
