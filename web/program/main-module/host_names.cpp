// A page cannot resolve host names. Emscripten invents addresses; here any name other than localhost is unknown.

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netdb.h>
#include <strings.h>

namespace {

bool is_known(const char* name) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return strcasecmp(name, "localhost") == 0 || inet_pton(AF_INET, name, address.data()) == 1 ||
           inet_pton(AF_INET6, name, address.data()) == 1;
}

} // namespace

// The linker's --wrap redirects every call here; main-module.ts handles those of getaddrinfo(), which is JavaScript.
extern "C" {

int __real_gethostbyname2_r(const char* name, int family, hostent* host, char* buffer, size_t size,
                            hostent** found, int* error);

int __wrap_getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** found) {
    if (name != nullptr && !is_known(name)) return EAI_NONAME;
    if (hints == nullptr) return getaddrinfo(name, service, hints, found);
    addrinfo wanted = *hints;
    // All these addresses have an interface; Emscripten finds none.
    wanted.ai_flags &= ~AI_ADDRCONFIG;
    return getaddrinfo(name, service, &wanted, found);
}

int __wrap_gethostbyname2_r(const char* name, int family, hostent* host, char* buffer, size_t size,
                            hostent** found, int* error) {
    if (is_known(name)) return __real_gethostbyname2_r(name, family, host, buffer, size, found, error);
    *found = nullptr;
    *error = HOST_NOT_FOUND;
    return ENOENT;
}
}
