#include "../files/os_error.hpp"

#include <asyncio/error.hpp>
#include <asyncio/logging.hpp>

#include <algorithm>
#include <cerrno>
#include <ostream>

namespace asyncio::logging {

void Handler::handle(const LogRecord& record) {
    if (record.levelno < level_) return;
    if (std::ranges::all_of(filters_, [&](const Filter& filter) { return filter(record); })) emit(record);
}

std::string Handler::format(const LogRecord& record) const {
    return formatter_ ? formatter_->format(record) : Formatter().format(record);
}

Stream::Stream(std::FILE* file)
    : write_([file](const std::string& text) {
          (void)std::fputs(text.c_str(), file);
          (void)std::fflush(file);
      }) {}

Stream::Stream(std::ostream& stream)
    : write_([&stream](const std::string& text) { stream << text << std::flush; }) {}

void StreamHandler::emit(const LogRecord& record) { stream_.write(format(record) + "\n"); }

FileHandler::FileHandler(const std::string& path, const std::string& mode)
    : file_(std::fopen(path.c_str(), mode.c_str()), &std::fclose) {
    if (!file_) files::detail::raise_os_error(errno, path);
}

void FileHandler::emit(const LogRecord& record) { Stream(file_.get()).write(format(record) + "\n"); }

} // namespace asyncio::logging
