#include <asyncio/streams/stream_writer.hpp>

namespace asyncio {
namespace {

class ClosesAtLast {
public:
    explicit ClosesAtLast(std::weak_ptr<detail::StreamLink> link) : link_(std::move(link)) {}
    ClosesAtLast(const ClosesAtLast&) = delete;
    ClosesAtLast& operator=(const ClosesAtLast&) = delete;
    ~ClosesAtLast() {
        if (const auto link = link_.lock(); link && !link->transport->is_closing()) link->transport->close();
    }

private:
    std::weak_ptr<detail::StreamLink> link_;
};

} // namespace

StreamWriter::StreamWriter(std::shared_ptr<detail::StreamLink> link)
    : link_(std::move(link)), closes_with_the_last_(std::make_shared<ClosesAtLast>(link_.ref())) {}

Coro<> StreamWriter::drain_of(Link link) { co_await link->drain(); }
Coro<> StreamWriter::closed_of(Link link) { co_await link->wait_closed(); }

} // namespace asyncio
