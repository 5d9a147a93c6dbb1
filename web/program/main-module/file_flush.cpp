// std::flush, std::endl and fflush() of a file: the page then stores what was written so far, like files::File::flush(),
// whereas a write without a flush may be lost (web/program/worker/files).

#include <cstdio>
#include <unistd.h>

extern "C" int __real_fflush(std::FILE* file);

extern "C" int __wrap_fflush(std::FILE* file) {
    const int result = __real_fflush(file);
    if (result != 0 || file == nullptr) return result;
    const int descriptor = fileno(file);
    return descriptor <= STDERR_FILENO ? result : fsync(descriptor);
}
