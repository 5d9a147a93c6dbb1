#pragma once

#include <asyncio/detail/shared.hpp>
#include <asyncio/detail/sizes.hpp>
#include <asyncio/coro.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace asyncio::files {
namespace detail {
class BufferedFile;
}

/// An open file, after aiofiles: a shared handle, like a reference in Python. When the last handle is
/// destroyed, the file is closed; a write error at that point goes to the loop's exception handler. Also a
/// context manager for async_with(), which closes it.
///
/// Text is bytes: there is no decoding and no newline translation; positions and sizes count bytes. Each call
/// suspends for at least one turn; natively, until a thread of the loop's default executor has completed it.
/// Calls on one file run one at a time. A call that is cancelled before it starts does nothing; once a thread
/// has started it, it runs to its end.
///
/// Writes are buffered until the buffer is large, or until flush() or close(). In a page, flush() and close()
/// store a file's new content atomically: a program that is killed leaves the content of the last flush.
///
/// Raises ValueError once the file is closed, UnsupportedOperation if the mode does not allow the call,
/// OSError if the platform refuses it: ENOSPC when the storage is full, in which case previously stored
/// content is kept.
class File {
public:
    explicit File(std::shared_ptr<detail::BufferedFile> file);

    /// At most `most` bytes; empty at the end of the file. Without `most`, or if it is negative: everything
    /// up to the end.
    Coro<std::string> read(std::optional<std::ptrdiff_t> most = std::nullopt);
    /// A line including its line end, which the last line may lack; empty at the end of the file. A line
    /// longer than `most` is returned in pieces.
    Coro<std::string> readline(std::optional<std::ptrdiff_t> most = std::nullopt);
    Coro<std::vector<std::string>> readlines();
    /// `while (auto line = co_await file.next())`: as readline(); nullopt at the end.
    Coro<std::optional<std::string>> next();

    /// Returns the number of bytes, which is always all of them.
    Coro<std::size_t> write(std::string data);
    /// Writes them in order, without separators.
    Coro<> writelines(std::vector<std::string> lines);

    /// Relative to the beginning, or to `whence`: SEEK_SET, SEEK_CUR or SEEK_END. Returns the position.
    Coro<std::int64_t> seek(std::int64_t offset, int whence = 0);
    Coro<std::int64_t> tell();
    /// Cuts the file to `size`, or extends it with zeros; without a size, at the current position. The
    /// position does not change. Returns the size.
    Coro<std::int64_t> truncate(std::optional<std::int64_t> size = std::nullopt);

    /// Writes the buffer, and suspends until it is stored.
    Coro<> flush();
    /// Suspends until everything is stored. The file is closed even if that fails. May be called repeatedly.
    Coro<> close();

    bool closed() const;
    const std::string& name() const;
    const std::string& mode() const;
    bool readable() const;
    bool writable() const;
    /// The descriptor, for operations that File lacks. Raises ValueError once the file is closed.
    int fileno() const;

    void aenter() const noexcept {}
    Coro<> aexit(const std::exception_ptr& error);

private:
    using Shared = std::shared_ptr<detail::BufferedFile>;
    // The coroutines own the file's state, so the file stays open while they run.
    static Coro<std::string> read_of(Shared file, std::optional<std::size_t> most);
    static Coro<std::string> readline_of(Shared file, std::optional<std::size_t> most);
    static Coro<std::vector<std::string>> readlines_of(Shared file);
    static Coro<std::optional<std::string>> next_of(Shared file);
    static Coro<std::size_t> write_to(Shared file, std::string data);
    static Coro<> writelines_to(Shared file, std::vector<std::string> lines);
    static Coro<std::int64_t> seek_in(Shared file, std::int64_t offset, int whence);
    static Coro<std::int64_t> tell_of(Shared file);
    static Coro<std::int64_t> truncate_of(Shared file, std::optional<std::int64_t> size);
    static Coro<> flush_of(Shared file);
    static Coro<> close_of(Shared file);

    asyncio::detail::Checked<Shared> file_;
    std::shared_ptr<void> closes_with_the_last_;
};

/// Opens a file: `auto file = co_await files::open("notes.txt", "w");`, or, for a scope, `co_await
/// async_with(files::open("notes.txt"), [](files::File& file) -> Coro<> { … });`.
///
/// Modes are Python's: "r" reads; "w" truncates or creates the file; "a" appends, regardless of seek(); "x"
/// creates a file and fails if it exists; "+" reads and writes; "b" and "t" are equivalent. Suspends like the
/// calls on File. Raises ValueError for any other mode and for a path that contains a NUL; FileNotFoundError,
/// FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError, or another OSError, such as
/// EMFILE for too many open files.
///
/// In a page, paths are relative to the program's directory, which persists across runs and reloads, and is
/// the same one that std::ifstream and std::filesystem use. /tmp also exists, for the current run only. A
/// path outside both raises PermissionError.
Coro<File> open(std::string path, std::string mode = "r");

} // namespace asyncio::files
