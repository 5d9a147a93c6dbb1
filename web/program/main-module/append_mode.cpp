// A file opened for appending is positioned at its end, as in glibc and Python: std::ofstream's tellp() and std::ftell()
// return its size. Emscripten's libc leaves it at the beginning until the first write. With "a+" it stays there, as in
// glibc, for initial reads.

#include <cerrno>
#include <cstdio>
#include <string_view>

namespace {

std::FILE* at_its_end(std::FILE* file, std::string_view mode) {
    if (file == nullptr || !mode.starts_with('a') || mode.contains('+')) return file;
    const int before = errno;
    // A terminal has no end to seek to.
    if (std::fseek(file, 0, SEEK_END) != 0) errno = before;
    return file;
}

} // namespace

// The linker's --wrap redirects every call here.
extern "C" {

std::FILE* __real_fopen(const char* name, const char* mode);
std::FILE* __real_freopen(const char* name, const char* mode, std::FILE* file);

std::FILE* __wrap_fopen(const char* name, const char* mode) {
    return at_its_end(__real_fopen(name, mode), mode);
}

std::FILE* __wrap_freopen(const char* name, const char* mode, std::FILE* file) {
    return at_its_end(__real_freopen(name, mode, file), mode);
}
}
