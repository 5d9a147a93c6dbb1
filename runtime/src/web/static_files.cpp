#include "app_state.hpp"
#include "response_writer.hpp"
#include "status.hpp"
#include "text.hpp"

#include <asyncio/files/file.hpp>
#include <asyncio/web/error.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <format>
#include <system_error>
#include <utility>

namespace asyncio::web {
namespace {

constexpr std::size_t file_piece = std::size_t{64} * 1024;

struct ByteRange {
    std::uint64_t first;
    std::uint64_t count;
};

/// The bytes that a Range header asks for: nullopt for all of them, a count of 0 if there are none of these.
std::optional<ByteRange> parsed_range(std::string_view header, std::uint64_t size) {
    constexpr std::string_view unit = "bytes=";
    if (!header.starts_with(unit) || header.contains(',')) return std::nullopt;
    header.remove_prefix(unit.size());
    const std::size_t dash = header.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const std::optional<std::uint64_t> first = detail::parsed_length(header.substr(0, dash));
    const std::optional<std::uint64_t> last = detail::parsed_length(header.substr(dash + 1));
    if (first && (last || dash + 1 == header.size())) {
        const std::uint64_t end = std::min(last.value_or(size) + 1, size);
        if (last && *last < *first) return std::nullopt;
        return ByteRange{.first = *first, .count = end > *first ? end - *first : 0};
    }
    if (dash != 0 || !last) return std::nullopt;
    const std::uint64_t count = std::min(*last, size);
    return ByteRange{.first = size - count, .count = count};
}

struct FileFacts {
    std::uint64_t size;
    std::chrono::sys_seconds changed;
    std::string tag;
};

FileFacts facts_of(const std::filesystem::path& path) {
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found || error == std::errc::not_a_directory ||
        error == std::errc::filename_too_long)
        throw HTTPNotFound();
    if (error || status.type() != std::filesystem::file_type::regular) throw HTTPForbidden();
    const std::uint64_t size = std::filesystem::file_size(path, error);
    const auto changed = std::filesystem::last_write_time(path, error);
    if (error) throw HTTPForbidden();
    const auto time = std::chrono::file_clock::to_sys(changed);
    return {.size = size,
            .changed = std::chrono::floor<std::chrono::seconds>(time),
            .tag = std::format("\"{:x}-{:x}\"", time.time_since_epoch().count(), size)};
}

bool is_unchanged(const http::Headers& headers, const FileFacts& facts) {
    if (const std::optional<std::string> tags = headers.get("If-None-Match")) {
        const std::vector<std::string> known = detail::list_items(*tags);
        return std::ranges::any_of(known, [&](const std::string& tag) {
            return tag == "*" || tag == facts.tag || tag == "W/" + facts.tag;
        });
    }
    const auto since = detail::parsed_http_date(headers.get("If-Modified-Since").value_or(""));
    return since && facts.changed <= *since;
}

} // namespace

namespace detail {
namespace {

class FileBody final : public BodySource {
public:
    FileBody(std::string path, FileOptions options) : path_(std::move(path)), options_(std::move(options)) {}

    Coro<> finish(std::shared_ptr<Exchange> exchange, const Response& response) override {
        const FileFacts facts = facts_of(path_);
        http::Headers headers = response.headers;
        headers.update(options_.headers);
        headers.set("Last-Modified", http_date(facts.changed));
        headers.set("ETag", facts.tag);
        headers.set("Accept-Ranges", "bytes");
        const http::Headers& asked = exchange->request_headers();
        if (is_unchanged(asked, facts)) {
            exchange->start(status::not_modified, "", headers, std::nullopt);
            co_return co_await exchange->end();
        }
        int code = response.status;
        ByteRange range{.first = 0, .count = facts.size};
        const std::string only_if = asked.get("If-Range").value_or(facts.tag);
        if (const auto wanted = parsed_range(asked.get("Range").value_or(""), facts.size);
            wanted && (only_if == facts.tag || only_if == http_date(facts.changed))) {
            if (wanted->count == 0)
                throw HTTPRequestRangeNotSatisfiable(
                    "", {{"Content-Range", std::format("bytes */{}", facts.size)}});
            range = *wanted;
            code = status::partial_content;
            headers.set("Content-Range", std::format("bytes {}-{}/{}", range.first,
                                                     range.first + range.count - 1, facts.size));
        }
        std::string type =
            options_.content_type.empty() ? std::string(media_type(path_)) : options_.content_type;
        if (type.starts_with("text/") && !type.contains(';')) type += "; charset=utf-8";
        std::optional<files::File> file = co_await opened();
        if (!file) throw HTTPForbidden();
        exchange->start(code, response.reason, with_type(std::move(headers), type), range.count);
        if (!exchange->is_bodyless()) co_await send_file(*file, *exchange, range);
        co_await file->close();
        co_await exchange->end();
    }

private:
    Coro<std::optional<files::File>> opened() const {
        try {
            co_return co_await files::open(path_, "rb");
        } catch (const OSError&) {
            co_return std::nullopt;
        }
    }

    static Coro<> send_file(files::File& file, Exchange& exchange, ByteRange range) {
        if (range.first > 0) co_await file.seek(static_cast<std::int64_t>(range.first));
        while (range.count > 0) {
            const auto most = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(range.count, file_piece));
            std::string piece = co_await file.read(most);
            // The file has become shorter: end() then raises.
            if (piece.empty()) co_return;
            range.count -= piece.size();
            co_await exchange.write(std::move(piece));
        }
    }

    std::string path_;
    FileOptions options_;
};

/// The file of a path below the folder. Raises HTTPNotFound if the path could name something else.
std::filesystem::path file_below(const std::filesystem::path& folder, std::string_view path) {
    const std::optional<std::string> decoded = percent_decoded(path);
    if (!decoded || decoded->find_first_of(std::string_view("\0\\", 2)) != std::string::npos)
        throw HTTPNotFound();
    std::filesystem::path file = folder;
    std::string_view rest(*decoded);
    while (!rest.empty()) {
        const std::string_view segment = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(segment.size() + 1, rest.size()));
        if (segment == ".." || segment == ".") throw HTTPNotFound();
        if (!segment.empty()) file /= segment;
    }
    return file;
}

/// Raises HTTPForbidden if a link leads out of the folder.
void require_inside(const std::filesystem::path& folder, const std::filesystem::path& file) {
    std::error_code error;
    const std::filesystem::path real_folder = std::filesystem::canonical(folder, error);
    const std::filesystem::path real_file = std::filesystem::canonical(file, error);
    if (error) throw HTTPNotFound();
    const auto [end, _] = std::ranges::mismatch(real_folder, real_file);
    if (end != real_folder.end()) throw HTTPForbidden();
}

} // namespace

Response static_file(const std::string& folder, const StaticOptions& options, std::string_view path) {
    const std::filesystem::path file = file_below(folder, path);
    if (!options.follow_symlinks) require_inside(folder, file);
    return FileResponse(file.string());
}

} // namespace detail

FileResponse::FileResponse(std::string path, FileOptions options)
    : path_(std::move(path)), options_(std::move(options)) {}

FileResponse::operator Response() const {
    return {.source = std::make_shared<detail::FileBody>(path_, options_)};
}

} // namespace asyncio::web
