#include "loopback.hpp"

#include <asyncio/error.hpp>

#include <algorithm>
#include <utility>

namespace asyncio::detail {

std::size_t Channel::push(std::string_view data) {
    const std::size_t count = std::min(data.size(), capacity - data_.size());
    data_ += data.substr(0, count);
    if (count > 0 && reader != nullptr) reader->readable();
    return count;
}

std::string Channel::take() {
    std::string taken = std::exchange(data_, {});
    if (!taken.empty() && writer != nullptr) writer->writable();
    return taken;
}

void Channel::end() {
    ended_ = true;
    if (reader != nullptr) reader->readable();
}

LoopbackTransport::LoopbackTransport(EventLoop& loop, const std::shared_ptr<StreamLink>& link,
                                     std::shared_ptr<Channel> in, std::shared_ptr<Channel> out,
                                     std::string own_name, std::string peer_name)
    : loop_(loop), link_(link), in_(std::move(in)), out_(std::move(out)), own_name_(std::move(own_name)),
      peer_name_(std::move(peer_name)) {
    in_->reader = this;
    out_->writer = this;
    link->buffer.transport = this;
}

LoopbackTransport::~LoopbackTransport() {
    // The program dropped its end without closing it.
    finish(nullptr);
}

void LoopbackTransport::soon(Step step) {
    if (!is_alive(loop_) || loop_.is_closed()) return;
    loop_.call_soon([link = link_, step] {
        const std::shared_ptr<StreamLink> kept = link.lock();
        if (!kept) return;
        auto& transport = static_cast<LoopbackTransport&>(*kept->transport);
        if (!transport.finished_) (transport.*step)();
    });
}

void LoopbackTransport::readable() { soon(&LoopbackTransport::read_in); }
void LoopbackTransport::writable() { soon(&LoopbackTransport::write_out); }
void LoopbackTransport::reset() { soon(&LoopbackTransport::end_reset); }

void LoopbackTransport::resume_reading() {
    reading_paused_ = false;
    readable();
}

void LoopbackTransport::read_in() {
    if (reading_paused_ || closing_ || eof_read_) return;
    const std::shared_ptr<StreamLink> link = link_.lock();
    if (!in_->empty()) {
        link->buffer.feed(in_->take());
    } else if (in_->ended()) {
        eof_read_ = true;
        link->buffer.feed_eof();
        return;
    }
    if (in_->empty() && in_->ended()) readable();
}

void LoopbackTransport::write(std::string_view data) {
    if (eof_written_) throw RuntimeError("write() after write_eof(): no more data can be written");
    // Like a socket, a write to a closed connection reports its error in drain().
    if (closing_ || finished_ || data.empty()) return;
    if (out_->reader == nullptr) return reset();
    if (waiting_.empty()) data.remove_prefix(out_->push(data));
    waiting_.append(data, *link_.lock());
}

void LoopbackTransport::write_out() {
    waiting_.drop(out_->push(waiting_.view()), *link_.lock());
    if (!waiting_.empty()) return;
    if (eof_written_) out_->end();
    if (closing_) end_well();
}

void LoopbackTransport::write_eof() {
    if (closing_ || eof_written_) return;
    eof_written_ = true;
    if (waiting_.empty()) out_->end();
}

void LoopbackTransport::close() {
    if (std::exchange(closing_, true)) return;
    if (waiting_.empty()) return soon(&LoopbackTransport::end_well);
    out_->writing = link_.lock();
}

void LoopbackTransport::abort() {
    closing_ = true;
    waiting_.clear();
    soon(&LoopbackTransport::end_well);
}

void LoopbackTransport::end_well() { finish(nullptr); }

void LoopbackTransport::end_reset() {
    finish(std::make_exception_ptr(ConnectionResetError("Connection reset by peer")));
}

void LoopbackTransport::finish(const std::exception_ptr& error) {
    if (std::exchange(finished_, true)) return;
    closing_ = true;
    const std::shared_ptr<StreamLink> kept = std::exchange(out_->writing, nullptr);
    out_->writer = nullptr;
    in_->reader = nullptr;
    out_->end();
    // Data that the other end still wants to send is discarded.
    if (in_->writing && in_->writer != nullptr) in_->writer->reset();
    if (const std::shared_ptr<StreamLink> link = link_.lock()) link->connection_lost(error);
}

std::optional<std::string> LoopbackTransport::extra_info(std::string_view name) const {
    if (name == "sockname") return own_name_;
    if (name == "peername") return peer_name_;
    return std::nullopt;
}

} // namespace asyncio::detail
