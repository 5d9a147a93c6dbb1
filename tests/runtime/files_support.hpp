#pragma once

#include "support.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace asyncio::test {

/// A temporary directory, which is the current directory during its lifetime.
class TemporaryDirectory {
public:
    TemporaryDirectory() : before_(std::filesystem::current_path()) {
        std::string path = std::filesystem::temp_directory_path() / "asyncio-XXXXXX";
        path_ = mkdtemp(path.data());
        std::filesystem::current_path(path_);
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() {
        std::filesystem::current_path(before_);
        std::filesystem::remove_all(path_);
    }

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path before_;
    std::filesystem::path path_;
};

/// The content of a file, as plain C++ reads it.
inline std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_plainly(const std::filesystem::path& path, const std::string& text) {
    std::ofstream file(path);
    file << text;
}

} // namespace asyncio::test

/// A test whose body is a coroutine, run in an empty directory, in real time: other threads work for it.
#define FILES_TEST(Suite, Name)                                                                              \
    static asyncio::Coro<> Suite##_##Name();                                                                 \
    TEST(Suite, Name) {                                                                                      \
        const asyncio::test::TemporaryDirectory directory;                                                   \
        asyncio::run(Suite##_##Name());                                                                      \
    }                                                                                                        \
    static asyncio::Coro<> Suite##_##Name()
