// What C and C++ programs expect of the system around them, one run for each case.

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include <asyncio.hpp>

#include <array>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <exception>
#include <format>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <limits>
#include <map>
#include <print>
#include <sstream>
#include <stdexcept>
#include <string>

namespace {

// Files that are appended to

std::string content_of(const char* name) {
    std::ifstream file(name);
    return {std::istreambuf_iterator<char>(file), {}};
}

void make_file(const char* name) { std::ofstream(name) << "0123456789"; }

void append_with_stdio() {
    make_file("t");
    std::FILE* file = std::fopen("t", "a");
    std::print("{}", std::ftell(file));
    std::fputs("A", file);
    std::print(" {}", std::ftell(file));
    std::fseek(file, 0, SEEK_SET);
    std::fputs("B", file);
    std::print(" {}", std::ftell(file));
    file = std::freopen("t", "ab", file);
    std::println(" {} {}", std::ftell(file), content_of("t"));
    std::fclose(file);
}

void append_and_read_with_stdio() {
    make_file("t");
    std::FILE* file = std::fopen("t", "a+");
    char text[4] = {};
    std::rewind(file);
    std::fread(text, 1, 3, file);
    std::fseek(file, 2, SEEK_SET);
    std::fputs("C", file);
    std::print("{} {}", text, std::ftell(file));
    std::rewind(file);
    std::fread(text, 1, 3, file);
    std::fclose(file);
    std::println(" {} {}", text, content_of("t"));
}

void append_with_streams() {
    make_file("t");
    std::ofstream out("t", std::ios::app);
    std::print("{}", static_cast<long>(out.tellp()));
    out << "D";
    out.seekp(0);
    out << "E";
    std::print(" {}", static_cast<long>(out.tellp()));
    out.close();
    std::println(" {}", content_of("t"));
}

void append_with_descriptors() {
    make_file("t");
    const int one = open("t", O_RDWR | O_APPEND);
    const int other = open("t", O_WRONLY | O_APPEND);
    write(one, "a", 1);
    write(other, "b", 1);
    lseek(one, 2, SEEK_SET);
    write(one, "c", 1);
    std::print("{}", lseek(one, 0, SEEK_CUR));
    char text[3] = {};
    lseek(one, 0, SEEK_SET);
    read(one, text, 2);
    close(one);
    close(other);
    std::println(" {} {}", text, content_of("t"));
}

// Waiting for files

/// Whether it took at least this long, and not much longer.
template <class F> bool takes(int milliseconds, F call) {
    const auto begin = std::chrono::steady_clock::now();
    call();
    const auto took = std::chrono::steady_clock::now() - begin;
    return took >= std::chrono::milliseconds(milliseconds) &&
           took < std::chrono::milliseconds(milliseconds + 2000);
}

int select_input(timeval* limit) {
    fd_set reading;
    FD_ZERO(&reading);
    FD_SET(STDIN_FILENO, &reading);
    const int count = select(STDIN_FILENO + 1, &reading, nullptr, nullptr, limit);
    return count > 0 && FD_ISSET(STDIN_FILENO, &reading) ? 1 : count;
}

void wait_for_time() {
    timeval limit{0, 100'000};
    const auto told = [](int count) { std::print("{} ", count); };
    std::print("{} ", takes(100, [&] { told(select(0, nullptr, nullptr, nullptr, &limit)); }));
    std::print("{} ", takes(100, [&] { told(poll(nullptr, 0, 100)); }));
    std::array<int, 2> ends{};
    pipe(ends.data());
    pollfd one{ends[0], POLLIN, 0};
    std::print("{} ", takes(100, [&] { told(poll(&one, 1, 100)); }));
    std::println("{} {}", poll(&one, 1, 0), one.revents);
}

void wait_for_pipe() {
    std::array<int, 2> ends{};
    pipe(ends.data());
    std::array both{pollfd{ends[0], POLLIN, 0}, pollfd{ends[1], POLLOUT, 0}};
    std::print("{} {}", poll(both.data(), 2, -1), both[0].revents == 0 && both[1].revents == POLLOUT);
    write(ends[1], "x", 1);
    std::print(" {} {}", poll(both.data(), 1, -1), both[0].revents == POLLIN);
    char text = 0;
    read(ends[0], &text, 1);
    close(ends[1]);
    std::println(" {} {} {}", poll(both.data(), 1, -1), (both[0].revents & POLLHUP) != 0,
                 read(ends[0], &text, 1));
    pollfd closed{ends[1], POLLIN, 0};
    std::println("{} {}", poll(&closed, 1, -1), closed.revents == POLLNVAL);
}

void wait_for_input() {
    timeval none{};
    std::print("at once {}, ", select_input(&none));
    timeval brief{0, 50'000};
    std::print("briefly {}, ", select_input(&brief));
    pollfd input{STDIN_FILENO, POLLIN, 0};
    std::print("poll {}", poll(&input, 1, -1));
    std::string line;
    std::getline(std::cin, line);
    std::println(" {}", line);
    std::print("select {}", select_input(nullptr));
    char one = 0;
    std::println(" {}", read(STDIN_FILENO, &one, 1));
}

void be_interrupted() {
    std::signal(SIGINT, [](int) { std::println("interrupted"); });
    std::println("waits");
    std::fflush(stdout);
    const int count = poll(nullptr, 0, -1);
    std::println("{} {}", count, errno == EINTR);
}

// Sockets

sockaddr_in address_of(int port, const char* host = "127.0.0.1") {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<unsigned short>(port));
    inet_pton(AF_INET, host, &address.sin_addr);
    return address;
}

template <class F> int with_address(F call, int descriptor, sockaddr_in address) {
    return call(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address);
}

std::string outcome(long result) { return result >= 0 ? std::format("{}", result) : std::strerror(errno); }

int error_of(int descriptor) {
    int error = -1;
    socklen_t size = sizeof error;
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

void connect_to_nobody() {
    const int blocking = socket(AF_INET, SOCK_STREAM, 0);
    std::println("{}", outcome(with_address(connect, blocking, address_of(9))));
    std::println("{}", outcome(with_address(connect, blocking, address_of(9, "192.0.2.1"))));
    char text = 0;
    std::println("{}, {}", outcome(send(blocking, "x", 1, 0)), outcome(recv(blocking, &text, 1, 0)));

    for (const bool by_fcntl : {false, true}) {
        const int other = socket(AF_INET, SOCK_STREAM | (by_fcntl ? 0 : SOCK_NONBLOCK), 0);
        if (by_fcntl) fcntl(other, F_SETFL, O_NONBLOCK);
        std::print("{}", outcome(with_address(connect, other, address_of(9))));
        pollfd awaited{other, POLLOUT, 0};
        std::print(", {} {}", poll(&awaited, 1, 1000),
                   (awaited.revents & (POLLOUT | POLLERR)) == (POLLOUT | POLLERR));
        const int error = error_of(other);
        std::println(", {}, then {}", std::strerror(error), error_of(other));
        close(other);
    }
    std::println("{}", outcome(accept(blocking, nullptr, nullptr)));
}

void names_of_hosts() {
    addrinfo* found = nullptr;
    std::print("{}", gai_strerror(getaddrinfo("no-such-host.invalid", "80", nullptr, &found)));
    std::print(", {}", gethostbyname("no-such-host.invalid") == nullptr && h_errno == HOST_NOT_FOUND);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    for (const char* name : {"localhost", "127.0.0.1"}) {
        std::array<char, INET_ADDRSTRLEN> text{};
        if (getaddrinfo(name, "80", &hints, &found) != 0) continue;
        inet_ntop(AF_INET, &reinterpret_cast<sockaddr_in*>(found->ai_addr)->sin_addr, text.data(),
                  text.size());
        std::print(", {}", text.data());
        freeaddrinfo(found);
    }
    std::println(", {}", gethostbyname("localhost") != nullptr);
}

void talk_to_oneself() {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    const int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    with_address(bind, listener, address_of(0));
    listen(listener, 1);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    const int client = socket(AF_INET, SOCK_STREAM, 0);
    std::print("{}", with_address(connect, client, address));
    std::print(" {}", outcome(with_address(connect, socket(AF_INET, SOCK_STREAM, 0), address)));
    const int server = accept(listener, nullptr, nullptr);
    std::print(", {}", send(client, "hello", 5, 0));
    std::array<char, 16> text{};
    std::print(" {}", recv(server, text.data(), 2, 0));
    std::print(" {}", recv(server, text.data() + 2, text.size() - 2, 0));
    std::print(" {}", text.data());
    fcntl(server, F_SETFL, O_NONBLOCK);
    std::print(", {}", outcome(recv(server, text.data(), 1, 0)));
    shutdown(client, SHUT_WR);
    std::print(", {}", recv(server, text.data(), 1, 0));
    std::print(" {}", send(server, "bye", 3, 0));
    close(server);
    std::print(" {}", recv(client, text.data(), text.size(), 0));
    std::print(" {}", recv(client, text.data(), text.size(), 0));
    close(listener);
    std::println(", {}", outcome(with_address(connect, socket(AF_INET, SOCK_STREAM, 0), address)));
}

void send_datagrams() {
    const int one = socket(AF_INET, SOCK_DGRAM, 0);
    const int other = socket(AF_INET, SOCK_DGRAM, 0);
    with_address(bind, one, address_of(5000));
    with_address(connect, other, address_of(5000));
    std::array<char, 16> text{};
    send(other, "ping", 4, 0);
    sockaddr_in from{};
    socklen_t size = sizeof from;
    std::print("{}", recvfrom(one, text.data(), text.size(), 0, reinterpret_cast<sockaddr*>(&from), &size));
    sendto(one, "pong", 4, 0, reinterpret_cast<sockaddr*>(&from), size);
    std::print(" {} {}", recv(other, text.data(), text.size(), 0), text.data());
    pollfd nothing{other, POLLIN, 0};
    std::print(", {}", poll(&nothing, 1, 0));
    close(one);
    send(other, "ping", 4, 0);
    std::println(", {}", outcome(recv(other, text.data(), text.size(), 0)));
}

void accept_nobody() {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    listen(listener, 1);
    std::println("{}", outcome(accept(listener, nullptr, nullptr)));
}

// The end

void tell_exception(const char* who) {
    std::print("{}: ", who);
    try {
        if (const auto error = std::current_exception()) std::rethrow_exception(error);
        std::println("no exception");
    } catch (const std::exception& error) {
        std::println("{}", error.what());
    } catch (int number) {
        std::println("{}", number);
    }
    std::fflush(stdout);
}

void tell_at_the_end() {
    std::set_terminate([] {
        tell_exception("terminate");
        std::abort();
    });
    std::signal(SIGABRT, [](int) {
        std::println("SIGABRT");
        std::fflush(stdout);
    });
}

void throw_uncaught() {
    tell_at_the_end();
    throw std::runtime_error("uncaught");
}

asyncio::Coro<> throw_later() {
    co_await asyncio::sleep(0);
    throw std::runtime_error("from a task");
}

asyncio::Coro<> await_what_throws() { co_await asyncio::create_task(throw_later()); }

void throw_in_task() {
    tell_at_the_end();
    asyncio::run(await_what_throws());
}

void throw_from_noexcept() {
    tell_at_the_end();
    try {
        throw std::runtime_error("handled");
    } catch (const std::exception&) {
        [] noexcept { throw std::runtime_error("from noexcept"); }();
    }
}

/// Unwinds the stack over such an object.
template <class Local> void unwind_over() {
    tell_at_the_end();
    try {
        const Local local;
        throw 1;
    } catch (int) {
        std::println("not here");
    }
}

struct Throws {
    ~Throws() noexcept(false) { throw 2; }
};

struct Catches {
    ~Catches() {
        try {
            throw std::runtime_error("caught and gone");
        } catch (const std::exception&) {
        }
        [] noexcept { throw std::runtime_error("the last"); }();
    }
};

struct Abstract {
    Abstract() { call(); }
    virtual ~Abstract() = default;
    void call() { f(); }
    virtual void f() = 0;
};
struct Concrete : Abstract {
    void f() override {}
};

void call_pure() { const Concrete object; }

void call_pure_and_tell() {
    tell_at_the_end();
    call_pure();
}

void call_terminate() {
    tell_at_the_end();
    std::terminate();
}

void return_from_terminate() {
    std::set_terminate([] { std::println("returns"), std::fflush(stdout); });
    throw 1;
}

void abort_and_tell() {
    tell_at_the_end();
    std::abort();
}

void assert_and_tell() {
    tell_at_the_end();
    volatile int one = 1;
    assert(one == 2);
}

void exit_from_abort() {
    std::signal(SIGABRT, [](int) { std::exit(7); });
    std::abort();
}

void raise_abort() {
    tell_at_the_end();
    std::raise(SIGABRT);
    std::println("raise() returns");
    std::signal(SIGABRT, SIG_IGN);
    std::abort();
}

void abort_in_abort() {
    std::signal(SIGABRT, [](int) {
        std::println("once");
        std::fflush(stdout);
        std::abort();
    });
    std::abort();
}

void quick_exit_in_order() {
    std::atexit([] { std::println("not this"); });
    std::at_quick_exit([] { std::println("first made"), std::fflush(stdout); });
    std::at_quick_exit([] { std::println("last made"); });
    std::quick_exit(3);
}

// Objects of a thread

struct Told {
    const char* name;
    ~Told() { std::println("~{}", name); }
};

void make_thread_locals() {
    static Told first_static{"first static"};
    thread_local Told first{"first"};
    std::atexit([] { std::println("atexit"); });
    thread_local struct Further {
        ~Further() {
            std::println("~second");
            thread_local Told late{"made by ~second"};
        }
    } second;
    static Told last_static{"last static"};
    static_cast<void>(second);
}

void exit_with_thread_locals() {
    make_thread_locals();
    std::exit(0);
}

// long double

constexpr long double exact = 1.2345678901234567890123456789L;

void print_long_doubles() {
    std::printf("%Lf %.3Lf %Le %Lg %La\n", 1.5L, exact, exact, exact, 1.5L);
    std::printf("%.30Lf|%25.20Lf|%-12.2Lf|%+Lf\n", exact, exact, 2.5L, 2.5L);
    std::printf("%d %Lf %s %Lg %f\n", 1, 2.5L, "x", std::numeric_limits<long double>::infinity(), 0.5);
    char text[64];
    std::snprintf(text, sizeof text, "%.28Lg", exact);
    std::println("{} {}", text, std::to_string(1.5L));
    std::cout << 1.5L << ' ' << std::setprecision(28) << exact << ' ' << std::fixed << std::setprecision(3)
              << exact << '\n';
    std::println("{} {:.3f} {:e}", 1.5L, 1.5L, 1.5L);
    std::printf("%.3Le\n", std::numeric_limits<long double>::max());
    wchar_t wide[64];
    std::swprintf(wide, 64, L"%.25Lf", exact);
    std::println("{}", std::string(wide, wide + std::wcslen(wide)));
    std::wostringstream stream;
    stream << std::setprecision(25) << exact;
    const std::wstring streamed = stream.str();
    std::println("{}", std::string(streamed.begin(), streamed.end()));
}

void read_long_doubles() {
    long double number = 0;
    std::sscanf("1.2345678901234567890123456789", "%Lf", &number);
    std::print("{}", number == exact);
    std::print(" {}", std::strtold("1.2345678901234567890123456789", nullptr) == exact);
    std::print(" {}", std::stold("1.2345678901234567890123456789") == exact);
    std::istringstream("1.2345678901234567890123456789") >> number;
    std::println(" {}", number == exact);
}

const std::map<std::string, std::function<void()>> cases{
    {"abort", abort_and_tell},
    {"abort in abort", abort_in_abort},
    {"accept nobody", accept_nobody},
    {"append and read with stdio", append_and_read_with_stdio},
    {"append with descriptors", append_with_descriptors},
    {"append with stdio", append_with_stdio},
    {"append with streams", append_with_streams},
    {"assert", assert_and_tell},
    {"be interrupted", be_interrupted},
    {"call pure", call_pure},
    {"call pure and tell", call_pure_and_tell},
    {"catch while unwinding", unwind_over<Catches>},
    {"connect to nobody", connect_to_nobody},
    {"exit from abort", exit_from_abort},
    {"exit with thread locals", exit_with_thread_locals},
    {"names of hosts", names_of_hosts},
    {"print long doubles", print_long_doubles},
    {"quick exit", quick_exit_in_order},
    {"raise SIGABRT", raise_abort},
    {"read long doubles", read_long_doubles},
    {"return from terminate", return_from_terminate},
    {"return with thread locals", make_thread_locals},
    {"send datagrams", send_datagrams},
    {"talk to oneself", talk_to_oneself},
    {"terminate", call_terminate},
    {"throw from noexcept", throw_from_noexcept},
    {"throw in a task", throw_in_task},
    {"throw uncaught", throw_uncaught},
    {"throw while unwinding", unwind_over<Throws>},
    {"wait for input", wait_for_input},
    {"wait for pipe", wait_for_pipe},
    {"wait for time", wait_for_time},
};

} // namespace

int main(int, char** argv) { cases.at(argv[1])(); }
