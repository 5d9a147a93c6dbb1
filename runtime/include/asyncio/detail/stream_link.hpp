#pragma once

#include <asyncio/detail/byte_queue.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/future.hpp>

#include <cstddef>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace asyncio::detail {

/// Carries the bytes of one end of a connection. It notifies its StreamLink of events.
class StreamTransport {
public:
    virtual ~StreamTransport() = default;

    virtual void write(std::string_view data) = 0;
    /// Closes the sending direction; buffered data is still sent.
    virtual void write_eof() = 0;
    virtual bool can_write_eof() const = 0;
    /// Stops reading, sends the buffered data, then ends.
    virtual void close() = 0;
    /// Ends immediately; unsent data is lost.
    virtual void abort() = 0;
    virtual bool is_closing() const = 0;
    virtual void pause_reading() = 0;
    virtual void resume_reading() = 0;
    virtual std::optional<std::string> extra_info(std::string_view name) const = 0;
};

/// Data that has arrived and has not been read. Raises the error that broke the connection.
class StreamBuffer {
public:
    explicit StreamBuffer(std::size_t limit);

    void feed(std::string_view data);
    void feed_eof();
    void fail(std::exception_ptr error);

    bool at_eof() const noexcept { return eof_ && data_.empty(); }
    const std::exception_ptr& exception() const noexcept { return error_; }
    std::size_t limit() const noexcept { return limit_; }

    Coro<std::string> read(std::optional<std::size_t> most);
    Coro<std::string> readexactly(std::size_t count);
    Coro<std::string> readuntil(std::vector<std::string> separators);
    Coro<std::string> readline();
    /// At most `count` bytes of what has arrived, without waiting.
    std::string take(std::size_t count);

    /// Null once the connection has ended.
    StreamTransport* transport = nullptr;

private:
    struct Match {
        std::size_t begin;
        std::size_t end;
    };
    /// The match that ends first; if several do, the shortest.
    std::optional<Match> find_first_end(const std::vector<std::string>& separators, std::size_t from) const;
    Coro<> wait_for_data(const char* caller);
    void wake();

    ByteQueue data_;
    std::exception_ptr error_;
    std::optional<Future<>> waiter_;
    std::size_t limit_;
    bool eof_ = false;
    bool paused_ = false;
};

/// One end of a connection: the state shared by its reader, its writer and its transport.
class StreamLink {
public:
    StreamLink(EventLoop& loop, std::size_t limit);
    StreamLink(const StreamLink&) = delete;
    StreamLink& operator=(const StreamLink&) = delete;
    ~StreamLink() = default;

    /// Suspends while the transport's send buffer is above its high-water mark. Raises the error that broke
    /// the connection.
    Coro<> drain();
    /// Suspends until the connection has ended.
    Coro<> wait_closed();

    // For the transport.
    void pause_writing() noexcept { writing_paused_ = true; }
    void resume_writing();
    void connection_lost(const std::exception_ptr& error);

    StreamBuffer buffer;
    std::unique_ptr<StreamTransport> transport;
    /// Released once the connection has ended: the server's count of its connections.
    std::shared_ptr<void> until_lost;

private:
    EventLoop& loop_;
    std::deque<Future<>> drainers_;
    Future<> closed_;
    bool writing_paused_ = false;
    bool lost_ = false;
};

} // namespace asyncio::detail
