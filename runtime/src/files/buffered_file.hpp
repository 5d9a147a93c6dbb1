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

/// A file like those of Python's io module, with blocking calls. Thread-safe.
class BufferedFile {
public:
    BufferedFile(std::string path, std::string mode);
    BufferedFile(const BufferedFile&) = delete;
    BufferedFile& operator=(const BufferedFile&) = delete;
    /// Discards unwritten data: call close() first.
    ~BufferedFile();

    std::string read(std::optional<std::size_t> most);
    std::string readline(std::optional<std::size_t> most);
    /// If writing fails, the unwritten data is kept in the buffer.
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
    /// Reads more data; returns false at the end of the file.
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
    /// Data read ahead of the position; taken_ bytes of it have been returned. The descriptor is past its
    /// end.
    std::string ahead_;
    std::size_t taken_ = 0;
    /// Data not yet written to the file. At least one of the two buffers is empty.
    std::string unwritten_;
};

} // namespace asyncio::files::detail
