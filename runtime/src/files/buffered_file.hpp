#pragma once

#include "mode.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace asyncio::files::detail {

/// A file as Python's io has it, whose calls block. Any thread may call.
class BufferedFile {
public:
    BufferedFile(std::string path, std::string mode);
    BufferedFile(const BufferedFile&) = delete;
    BufferedFile& operator=(const BufferedFile&) = delete;
    /// Drops what was not written out: close() before.
    ~BufferedFile();

    std::string read(std::optional<std::size_t> most);
    std::string readline(std::optional<std::size_t> most);
    /// Keeps what it could not write out.
    std::size_t write(std::string_view data);
    std::int64_t seek(std::int64_t offset, int whence);
    std::int64_t tell();
    std::int64_t truncate(std::optional<std::int64_t> size);
    void flush();
    void close();

    bool closed() const noexcept { return closed_; }
    const std::string& path() const noexcept { return path_; }
    const std::string& mode_text() const noexcept { return mode_text_; }
    const Mode& mode() const noexcept { return mode_; }
    int descriptor() const;

private:
    void require_open() const;
    void begin_reading();
    void begin_writing();
    /// Reads on; false at the end of the file.
    bool fill();
    std::string take(std::size_t count);
    std::size_t held() const noexcept { return ahead_.size() - taken_; }
    void drop_ahead();
    void write_out();
    std::int64_t position();

    std::mutex mutex_;
    std::string path_;
    std::string mode_text_;
    Mode mode_;
    int descriptor_ = -1;
    std::atomic<bool> closed_ = false;
    /// Read from the file, of which so much was given away; then the descriptor is past its end.
    std::string ahead_;
    std::size_t taken_ = 0;
    /// Not yet written to the file. One of the two is empty.
    std::string unwritten_;
};

} // namespace asyncio::files::detail
