#include "buffered_file.hpp"
#include "file_system.hpp"

#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/files/file.hpp>

#include <exception>
#include <utility>

namespace asyncio::files {
namespace {

/// For a file that was not closed before its last handle was destroyed.
void close_or_report(detail::BufferedFile& file) noexcept {
    if (file.closed()) return;
    try {
        file.close();
    } catch (const Error&) {
        const ExceptionContext context = {
            .message = "A file could not be closed, so its last writes are lost: call close() or use "
                       "async_with() to get the error as an exception",
            .exception = std::current_exception(),
            .source = file.path(),
        };
        if (asyncio::detail::running_loop != nullptr)
            asyncio::detail::running_loop->call_exception_handler(context);
        else
            asyncio::detail::print_context(context);
    }
}

} // namespace

File::File(Shared file)
    : file_(std::move(file)),
      closes_with_the_last_(nullptr, [shared = file_](void*) { close_or_report(*shared); }) {}

bool File::closed() const { return file_->closed(); }
const std::string& File::name() const { return file_->path(); }
const std::string& File::mode() const { return file_->mode_text(); }
bool File::readable() const { return file_->mode().readable; }
bool File::writable() const { return file_->mode().writable; }
int File::fileno() const { return file_->descriptor(); }

Coro<std::string> File::read(std::optional<std::ptrdiff_t> most) {
    return read_of(file_, asyncio::detail::at_most(most));
}
Coro<std::string> File::readline(std::optional<std::ptrdiff_t> most) {
    return readline_of(file_, asyncio::detail::at_most(most));
}
Coro<std::vector<std::string>> File::readlines() { return readlines_of(file_); }
Coro<std::optional<std::string>> File::next() { return next_of(file_); }
Coro<std::size_t> File::write(std::string data) { return write_to(file_, std::move(data)); }
Coro<> File::writelines(std::vector<std::string> lines) { return writelines_to(file_, std::move(lines)); }
Coro<std::int64_t> File::seek(std::int64_t offset, int whence) { return seek_in(file_, offset, whence); }
Coro<std::int64_t> File::tell() { return tell_of(file_); }
Coro<std::int64_t> File::truncate(std::optional<std::int64_t> size) { return truncate_of(file_, size); }
Coro<> File::flush() { return flush_of(file_); }
Coro<> File::close() { return close_of(file_); }
Coro<> File::aexit(const std::exception_ptr&) { return close_of(file_); }

Coro<std::string> File::read_of(Shared file, std::optional<std::size_t> most) {
    co_return co_await detail::off_loop([file, most] { return file->read(most); });
}

Coro<std::string> File::readline_of(Shared file, std::optional<std::size_t> most) {
    co_return co_await detail::off_loop([file, most] { return file->readline(most); });
}

Coro<std::vector<std::string>> File::readlines_of(Shared file) {
    co_return co_await detail::off_loop([file] {
        std::vector<std::string> lines;
        for (;;) {
            std::string line = file->readline(std::nullopt);
            if (line.empty()) return lines;
            lines.push_back(std::move(line));
        }
    });
}

Coro<std::optional<std::string>> File::next_of(Shared file) {
    std::string line = co_await detail::off_loop([file] { return file->readline(std::nullopt); });
    if (line.empty()) co_return std::nullopt;
    co_return line;
}

Coro<std::size_t> File::write_to(Shared file, std::string data) {
    co_return co_await detail::off_loop([file, data = std::move(data)] { return file->write(data); });
}

Coro<> File::writelines_to(Shared file, std::vector<std::string> lines) {
    co_await detail::off_loop([file, lines = std::move(lines)] {
        for (const std::string& line : lines) file->write(line);
    });
}

Coro<std::int64_t> File::seek_in(Shared file, std::int64_t offset, int whence) {
    co_return co_await detail::off_loop([file, offset, whence] { return file->seek(offset, whence); });
}

Coro<std::int64_t> File::tell_of(Shared file) {
    co_return co_await detail::off_loop([file] { return file->tell(); });
}

Coro<std::int64_t> File::truncate_of(Shared file, std::optional<std::int64_t> size) {
    co_return co_await detail::off_loop([file, size] { return file->truncate(size); });
}

Coro<> File::flush_of(Shared file) {
    co_await detail::off_loop([file] { file->flush(); });
    if (file->mode().writable) co_await detail::stored(file->path());
}

Coro<> File::close_of(Shared file) {
    if (file->closed()) co_return;
    co_await detail::off_loop([file] { file->close(); });
    if (file->mode().writable) co_await detail::stored(file->path());
}

Coro<File> open(std::string path, std::string mode) {
    co_return File(co_await detail::off_loop([path = std::move(path), mode = std::move(mode)] {
        return std::make_shared<detail::BufferedFile>(path, mode);
    }));
}

} // namespace asyncio::files
