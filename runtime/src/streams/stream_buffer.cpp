#include <asyncio/detail/finally.hpp>
#include <asyncio/detail/stream_link.hpp>
#include <asyncio/error.hpp>

#include <algorithm>
#include <format>
#include <utility>

namespace asyncio::detail {

StreamBuffer::StreamBuffer(std::size_t limit) : limit_(limit) {}

void StreamBuffer::wake() {
    if (std::optional<Future<>> waiter = std::exchange(waiter_, std::nullopt); waiter && !waiter->done()) {
        if (error_)
            waiter->set_exception(error_);
        else
            waiter->set_result();
    }
}

void StreamBuffer::feed(std::string_view data) {
    if (data.empty()) return;
    data_.append(data);
    wake();
    if (transport != nullptr && !paused_ && data_.size() > 2 * limit_) {
        paused_ = true;
        transport->pause_reading();
    }
}

void StreamBuffer::feed_eof() {
    eof_ = true;
    wake();
}

void StreamBuffer::fail(std::exception_ptr error) {
    error_ = std::move(error);
    wake();
}

std::string StreamBuffer::take(std::size_t count) {
    std::string taken = data_.take(count);
    if (paused_ && data_.size() <= limit_) {
        paused_ = false;
        if (transport != nullptr) transport->resume_reading();
    }
    return taken;
}

Coro<> StreamBuffer::wait_for_data(const char* caller) {
    if (waiter_) {
        throw RuntimeError(std::format("{}() called while another coroutine is already waiting for incoming "
                                       "data: use one reader at a time",
                                       caller));
    }
    // A reader that waits although the buffer is full needs more than the buffer's limit.
    if (paused_) {
        paused_ = false;
        if (transport != nullptr) transport->resume_reading();
    }
    const Finally forget([this] { waiter_.reset(); });
    co_await waiter_.emplace();
}

Coro<std::string> StreamBuffer::read(std::optional<std::size_t> most) {
    if (error_) std::rethrow_exception(error_);
    if (most == 0) co_return "";
    if (most) {
        if (data_.empty() && !eof_) co_await wait_for_data("read");
        co_return take(*most);
    }
    std::string all;
    for (;;) {
        const std::string piece = co_await read(limit_);
        if (piece.empty()) co_return all;
        all += piece;
    }
}

Coro<std::string> StreamBuffer::readexactly(std::size_t count) {
    if (error_) std::rethrow_exception(error_);
    while (data_.size() < count) {
        if (eof_) throw IncompleteReadError(take(data_.size()), count);
        co_await wait_for_data("readexactly");
    }
    co_return take(count);
}

std::optional<StreamBuffer::Match> StreamBuffer::find_first_end(const std::vector<std::string>& separators,
                                                                std::size_t from) const {
    std::optional<Match> first;
    for (const std::string& separator : separators) {
        const std::size_t found = data_.view().find(separator, from);
        if (found == std::string::npos) continue;
        const Match match{.begin = found, .end = found + separator.size()};
        if (!first || match.end < first->end || (match.end == first->end && match.begin > first->begin))
            first = match;
    }
    return first;
}

Coro<std::string> StreamBuffer::readuntil(std::vector<std::string> separators) {
    if (separators.empty()) throw ValueError("readuntil() needs at least one separator");
    const auto size = [](const std::string& separator) { return separator.size(); };
    if (std::ranges::min(separators, {}, size).empty())
        throw ValueError("readuntil() needs separators of at least one byte");
    const std::size_t longest = std::ranges::max(separators, {}, size).size();
    if (error_) std::rethrow_exception(error_);
    std::size_t searched = 0;
    for (;;) {
        if (const std::optional<Match> match = find_first_end(separators, searched)) {
            if (match->begin > limit_)
                throw LimitOverrunError("Separator is found, but chunk is longer than limit", match->begin);
            co_return take(match->end);
        }
        // A separator may have arrived partially.
        searched = data_.size() + 1 - std::min(longest, data_.size() + 1);
        if (searched > limit_)
            throw LimitOverrunError("Separator is not found, and chunk exceed the limit", searched);
        if (eof_) throw IncompleteReadError(take(data_.size()), std::nullopt);
        co_await wait_for_data("readuntil");
    }
}

Coro<std::string> StreamBuffer::readline() {
    std::string partial;
    std::size_t overrun = 0;
    std::string message;
    try {
        co_return co_await readuntil({"\n"});
    } catch (const IncompleteReadError& error) {
        partial = error.partial();
    } catch (const LimitOverrunError& error) {
        overrun = error.consumed();
        message = error.what();
    }
    if (message.empty()) co_return partial;
    // An overlong line is discarded, so that the next line can be read.
    if (data_.view().substr(overrun, 1) == "\n")
        take(overrun + 1);
    else
        take(data_.size());
    throw ValueError(message);
}

} // namespace asyncio::detail
