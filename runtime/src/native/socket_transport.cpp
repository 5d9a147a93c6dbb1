#include "socket_transport.hpp"

#include "socket_error.hpp"

#include <asyncio/error.hpp>

#include <netinet/in.h> // NOLINT(misc-include-cleaner): IPPROTO_TCP
#include <netinet/tcp.h>
#include <poll.h>
#include <span>
#include <utility>
#include <vector>

namespace asyncio::native {
namespace {

/// The most that is received in one turn.
constexpr std::size_t most_received = std::size_t{256} * 1024;

/// Where the sockets of a thread receive, one after the other.
std::span<char> receiving_buffer() {
    static thread_local std::vector<char> bytes(most_received);
    return bytes;
}

std::optional<std::string> name_of(const std::optional<Address>& address) {
    return address.transform([](const Address& known) { return known.name(); });
}

} // namespace

SocketTransport::SocketTransport(EventLoop& loop, const std::shared_ptr<Selector>& selector,
                                 const std::shared_ptr<detail::StreamLink>& link, Socket socket,
                                 std::optional<Address> peer)
    : loop_(loop), link_(link), socket_(std::move(socket)), own_(socket_.own_address()), peer_(peer),
      reading_(loop, selector, socket_.descriptor(), POLLIN),
      writing_(loop, selector, socket_.descriptor(), POLLOUT) {
    socket_.set(IPPROTO_TCP, TCP_NODELAY);
    link->buffer.transport = this;
}

void SocketTransport::resume_reading() {
    if (state_ == State::open && !eof_read_) reading_.start([this] { read_in(); });
}

void SocketTransport::read_in() {
    const std::span<char> bytes = receiving_buffer();
    const auto received = socket_.receive(bytes);
    if (!received) {
        if (!would_block(received.error())) end_soon(socket_error(received.error()));
        return;
    }
    const std::shared_ptr<detail::StreamLink> link = link_.lock();
    if (*received > 0) {
        link->buffer.feed({bytes.data(), *received});
        return;
    }
    eof_read_ = true;
    reading_.stop();
    link->buffer.feed_eof();
}

void SocketTransport::write(std::string_view data) {
    if (eof_written_) throw RuntimeError("write() after write_eof(): no more data can be written");
    // A write to a closed connection reports its error in drain().
    if (state_ != State::open || data.empty()) return;
    if (waiting_.empty()) {
        const auto sent = socket_.send(data);
        if (!sent && !would_block(sent.error())) return end_soon(socket_error(sent.error()));
        data.remove_prefix(sent.value_or(0));
        if (data.empty()) return;
        writing_.start([this] { write_out(); });
    }
    waiting_.append(data, *link_.lock());
}

void SocketTransport::write_out() {
    const auto sent = socket_.send(waiting_.view());
    if (!sent) {
        if (!would_block(sent.error())) end_soon(socket_error(sent.error()));
        return;
    }
    waiting_.drop(*sent, *link_.lock());
    if (!waiting_.empty()) return;
    writing_.stop();
    if (state_ == State::closing) return end(nullptr);
    if (eof_written_) socket_.shut_sending();
}

void SocketTransport::write_eof() {
    if (state_ != State::open || std::exchange(eof_written_, true)) return;
    if (waiting_.empty()) socket_.shut_sending();
}

void SocketTransport::close() {
    if (state_ != State::open) return;
    if (waiting_.empty()) return end_soon(nullptr);
    state_ = State::closing;
    reading_.stop();
    // Until everything is sent, the watch owns the link, which the program may drop.
    writing_.start([this, kept = link_.lock()] { write_out(); });
}

void SocketTransport::abort() { end_soon(nullptr); }

void SocketTransport::end_soon(std::exception_ptr error) {
    if (state_ == State::ending || state_ == State::ended) return;
    const std::shared_ptr<detail::StreamLink> kept = link_.lock();
    state_ = State::ending;
    waiting_.clear();
    reading_.stop();
    writing_.stop();
    if (!detail::is_alive(loop_) || loop_.is_closed()) return;
    loop_.call_soon([link = link_, error = std::move(error)] {
        if (const auto ending = link.lock()) static_cast<SocketTransport&>(*ending->transport).end(error);
    });
}

void SocketTransport::end(const std::exception_ptr& error) {
    state_ = State::ended;
    if (const auto link = link_.lock()) link->connection_lost(error);
    socket_.close();
}

std::optional<std::string> SocketTransport::extra_info(std::string_view name) const {
    if (name == "sockname") return name_of(own_);
    if (name == "peername") return name_of(peer_);
    return std::nullopt;
}

std::shared_ptr<detail::StreamLink> link_of(EventLoop& loop, const std::shared_ptr<Selector>& selector,
                                            Socket socket, std::optional<Address> peer, std::size_t limit) {
    auto link = std::make_shared<detail::StreamLink>(loop, limit);
    link->transport = std::make_unique<SocketTransport>(loop, selector, link, std::move(socket), peer);
    return link;
}

} // namespace asyncio::native
