#include "stream_transport.hpp"

#include <asyncio/error.hpp>

#include <exception>
#include <utility>

namespace asyncio::websocket {
namespace {

/// A receiver limits the size of a message, and write boundaries are not significant.
constexpr std::size_t longest_message = std::size_t{256} * 1024;

std::exception_ptr fault_of(const std::optional<CloseInfo>& end) {
    const CloseInfo info = end.value_or(CloseInfo{.code = codes::broken_off});
    if (info.ok()) return nullptr;
    return std::make_exception_ptr(ConnectionClosedError(info));
}

} // namespace

StreamTransport::StreamTransport(EventLoop& loop, const std::shared_ptr<detail::StreamLink>& link,
                                 std::shared_ptr<Connection> connection, std::string url,
                                 std::size_t write_limit)
    : loop_(loop), link_(link), connection_(std::move(connection)), url_(std::move(url)),
      write_limit_(write_limit), pumping_(create_task(pump(connection_, reading_, link))) {
    link->buffer.transport = this;
    reading_->set();
}

StreamTransport::~StreamTransport() {
    connection_->close(codes::normal, {});
    if (!detail::is_alive(loop_) || loop_.is_closed()) return;
    pumping_.cancel();
    if (draining_) draining_->cancel();
}

Coro<> StreamTransport::pump(std::shared_ptr<Connection> connection, std::shared_ptr<Event> reading,
                             Link link) {
    for (;;) {
        co_await reading->wait();
        const std::optional<Message> message = co_await connection->receive();
        const std::shared_ptr<detail::StreamLink> kept = link.lock();
        if (!kept) co_return;
        if (!message) {
            kept->connection_lost(fault_of(connection->end()));
            co_return;
        }
        kept->buffer.feed(message->data);
    }
}

Coro<> StreamTransport::drain(std::shared_ptr<Connection> connection, std::size_t most, Link link) {
    co_await connection->drained(most);
    if (const auto kept = link.lock()) kept->resume_writing();
}

void StreamTransport::write(std::string_view data) {
    // Like a socket, a write to a closed connection reports its error in drain().
    if (is_closing() || data.empty()) return;
    for (std::size_t at = 0; at < data.size(); at += longest_message)
        connection_->send(data.substr(at, longest_message), true);
    if (connection_->buffered() <= write_limit_ || (draining_ && !draining_->done())) return;
    link_.lock()->pause_writing();
    draining_ = create_task(drain(connection_, write_limit_ / 4, link_));
}

void StreamTransport::write_eof() {
    throw RuntimeError("a WebSocket cannot be closed in one direction only: close() ends both");
}

void StreamTransport::close() {
    closing_ = true;
    // Incoming data must still be read: otherwise the close behind it would not be detected.
    reading_->set();
    connection_->close(codes::normal, {});
}

std::optional<std::string> StreamTransport::extra_info(std::string_view name) const {
    if (name == "peername") return url_;
    return std::nullopt;
}

} // namespace asyncio::websocket
