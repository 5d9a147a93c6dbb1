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

/// An open file, after aiofiles': a shared handle, as a reference is in Python. When the last handle
/// goes, the file is closed; what then cannot be written is told to the loop's exception handler.
/// Also a context manager for async_with(), which closes it.
///
/// Text is bytes: nothing is decoded, line ends stay as they are, positions and sizes count bytes. Each
/// call suspends for a turn at least, natively until a thread of the loop's default executor has done
/// it; calls on one file are done one at a time. Cancelled before it began, a call does nothing; a
/// thread that has begun goes on to its end.
///
/// What is written waits in a buffer until it is much, flush() or close(). In a page a file's new
/// content lasts from flush() and close() on, all of it or nothing: a program that is ended by force
/// leaves what it flushed last.
///
/// Raises ValueError once the file is closed, UnsupportedOperation for what its mode does not allow,
/// OSError for what the platform refuses: ENOSPC when the room for files is used up, which loses nothing
/// that was stored before.
class File {
public:
    explicit File(std::shared_ptr<detail::BufferedFile> file);

    /// At most `most` bytes; empty at the end. Without `most`, or with a negative one: all until the end.
    Coro<std::string> read(std::optional<std::ptrdiff_t> most = std::nullopt);
    /// A line with its end; the last may have none; empty at the end. A longer line than `most` comes in
    /// pieces.
    Coro<std::string> readline(std::optional<std::ptrdiff_t> most = std::nullopt);
    Coro<std::vector<std::string>> readlines();
    /// `while (auto line = co_await file.next())`: as readline(); nullopt at the end.
    Coro<std::optional<std::string>> next();

    /// Gives the number of bytes: always all.
    Coro<std::size_t> write(std::string data);
    /// One after the other, with nothing between them.
    Coro<> writelines(std::vector<std::string> lines);

    /// From the beginning, or as `whence` says: SEEK_SET, SEEK_CUR or SEEK_END. Gives the position.
    Coro<std::int64_t> seek(std::int64_t offset, int whence = 0);
    Coro<std::int64_t> tell();
    /// Cuts the file there, or fills it up with zeros; here without a size. The position stays. Gives
    /// the size.
    Coro<std::int64_t> truncate(std::optional<std::int64_t> size = std::nullopt);

    /// Writes out what waits, and suspends until it is stored.
    Coro<> flush();
    /// Suspends until all is stored. The file is closed also when that fails. May be called again.
    Coro<> close();

    bool closed() const;
    const std::string& name() const;
    const std::string& mode() const;
    bool readable() const;
    bool writable() const;
    /// The descriptor, for what is not here. Raises ValueError once the file is closed.
    int fileno() const;

    void aenter() const noexcept {}
    Coro<> aexit(const std::exception_ptr& error);

private:
    using Shared = std::shared_ptr<detail::BufferedFile>;
    // The file stays open as long as who uses it.
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

/// Opens a file: `auto file = co_await files::open("notes.txt", "w");`, or for a scope of its own
/// `co_await async_with(files::open("notes.txt"), [](files::File& file) -> Coro<> { … });`.
///
/// Modes are Python's: "r" reads, "w" empties or makes the file, "a" stands at its end and writes there
/// wherever it was sought, "x" makes a file that must not be there; "+" reads and writes; "b" and "t" mean
/// the same here. Suspends as the calls on File do. Raises ValueError for another mode and for a path with a
/// NUL in it; FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError, or
/// another OSError, as EMFILE for too many open files.
///
/// In a page paths are seen from the program's own directory, which lasts between runs and reloads, and
/// is the same that std::ifstream and std::filesystem see. /tmp is there too, for the run alone. A path
/// that leaves both raises PermissionError.
Coro<File> open(std::string path, std::string mode = "r");

} // namespace asyncio::files
