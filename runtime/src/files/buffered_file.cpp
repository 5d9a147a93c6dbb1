#include "buffered_file.hpp"

#include "file_system.hpp"
#include "os_error.hpp"

#include <asyncio/detail/finally.hpp>
#include <asyncio/error.hpp>

#include <cerrno>
#include <exception>
#include <fcntl.h>
#include <span>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace asyncio::files::detail {
namespace {

constexpr std::size_t block = std::size_t{64} * 1024;
constexpr mode_t permissions = 0666;

int open_file(const std::string& path, int flags) {
    require_path(path);
    const int descriptor = checked(
        // NOLINTNEXTLINE(*-vararg): open() is declared with one
        [&] { return ::open(path.c_str(), flags | O_CLOEXEC, permissions); }, path);
    struct ::stat found = {};
    if (::fstat(descriptor, &found) == 0 && S_ISDIR(found.st_mode)) {
        ::close(descriptor);
        raise_os_error(EISDIR, path);
    }
    return descriptor;
}

} // namespace

BufferedFile::BufferedFile(std::string path, std::string mode)
    : path_(std::move(path)), mode_text_(std::move(mode)), mode_(mode_text_),
      descriptor_(open_file(path_, mode_.flags)) {
    // A file without positions, such as a pipe, has no end to seek to.
    if (mode_.append) ::lseek(descriptor_, 0, SEEK_END);
}

BufferedFile::~BufferedFile() {
    if (!closed_) ::close(descriptor_);
}

int BufferedFile::descriptor() const {
    require_open();
    return descriptor_;
}

void BufferedFile::require_open() const {
    if (closed_) throw ValueError("I/O operation on closed file");
}

void BufferedFile::begin_reading() {
    require_open();
    if (!mode_.readable) throw UnsupportedOperation("not readable: " + path_ + " is open for writing only");
    write_out();
}

void BufferedFile::begin_writing() {
    require_open();
    if (!mode_.writable) throw UnsupportedOperation("not writable: " + path_ + " is open for reading only");
    drop_ahead();
}

bool BufferedFile::fill() {
    ahead_.erase(0, std::exchange(taken_, 0));
    const std::size_t before = ahead_.size();
    ahead_.resize(before + block);
    ssize_t count = 0;
    try {
        const std::span room = std::span(ahead_).subspan(before);
        // NOLINTNEXTLINE(clang-analyzer-unix.BlockInCriticalSection): the lock serializes reads
        count = checked([&] { return ::read(descriptor_, room.data(), room.size()); }, path_);
    } catch (...) {
        ahead_.resize(before);
        throw;
    }
    ahead_.resize(before + static_cast<std::size_t>(count));
    return count > 0;
}

std::string BufferedFile::take(std::size_t count) {
    std::string piece = ahead_.substr(taken_, count);
    taken_ += piece.size();
    return piece;
}

void BufferedFile::drop_ahead() {
    if (held() > 0)
        checked([&] { return ::lseek(descriptor_, -static_cast<off_t>(held()), SEEK_CUR); }, path_);
    ahead_.clear();
    taken_ = 0;
}

void BufferedFile::write_out() {
    std::size_t written = 0;
    const auto forget_written = [&] { unwritten_.erase(0, written); };
    try {
        while (written < unwritten_.size()) {
            const std::string_view rest = std::string_view(unwritten_).substr(written);
            written += static_cast<std::size_t>(
                checked([&] { return ::write(descriptor_, rest.data(), rest.size()); }, path_));
        }
    } catch (...) {
        forget_written();
        throw;
    }
    forget_written();
}

std::int64_t BufferedFile::position() {
    const auto at = checked([&] { return ::lseek(descriptor_, 0, SEEK_CUR); }, path_);
    return static_cast<std::int64_t>(at) - static_cast<std::int64_t>(held()) +
           static_cast<std::int64_t>(unwritten_.size());
}

std::string BufferedFile::read(std::optional<std::size_t> most) {
    const std::scoped_lock lock(mutex_);
    begin_reading();
    while ((!most || held() < *most) && fill()) {
    }
    return take(most.value_or(held()));
}

std::string BufferedFile::readline(std::optional<std::size_t> most) {
    const std::scoped_lock lock(mutex_);
    begin_reading();
    std::size_t searched = 0;
    for (;;) {
        const std::size_t end = ahead_.find('\n', taken_ + searched);
        const std::size_t length = end == std::string::npos ? held() : end - taken_ + 1;
        if (most && length >= *most) return take(*most);
        if (end != std::string::npos) return take(length);
        searched = held();
        if (!fill()) return take(held());
    }
}

std::size_t BufferedFile::write(std::string_view data) {
    const std::scoped_lock lock(mutex_);
    begin_writing();
    unwritten_ += data;
    if (unwritten_.size() >= block) write_out();
    return data.size();
}

std::int64_t BufferedFile::seek(std::int64_t offset, int whence) {
    const std::scoped_lock lock(mutex_);
    require_open();
    write_out();
    if (whence == SEEK_CUR) offset -= static_cast<std::int64_t>(held());
    const auto at = checked([&] { return ::lseek(descriptor_, static_cast<off_t>(offset), whence); }, path_);
    ahead_.clear();
    taken_ = 0;
    return at;
}

std::int64_t BufferedFile::tell() {
    const std::scoped_lock lock(mutex_);
    require_open();
    // An append writes at the end, which may have moved, whatever the seek position: the position is known
    // only after the data is written.
    if (mode_.append) write_out();
    return position();
}

std::int64_t BufferedFile::truncate(std::optional<std::int64_t> size) {
    const std::scoped_lock lock(mutex_);
    begin_writing();
    write_out();
    const std::int64_t wanted = size ? *size : position();
    checked([&] { return ::ftruncate(descriptor_, static_cast<off_t>(wanted)); }, path_);
    return wanted;
}

void BufferedFile::flush() {
    const std::scoped_lock lock(mutex_);
    require_open();
    write_out();
    if (mode_.writable) hand_over(descriptor_);
}

void BufferedFile::close() {
    const std::scoped_lock lock(mutex_);
    if (closed_) return;
    const asyncio::detail::Finally ends([&] { closed_ = true; });
    std::exception_ptr error;
    try {
        write_out();
    } catch (const OSError&) {
        error = std::current_exception();
    }
    // Not retried after a signal: the descriptor is already closed, and its number may have been reused.
    if (::close(descriptor_) == -1 && errno != EINTR && !error) raise_os_error(errno, path_);
    if (error) std::rethrow_exception(error);
}

} // namespace asyncio::files::detail
