/// The server of the guide's example, for the programs of echo_server.mjs.

#include <asyncio.hpp>

#include <cstdio>
#include <print>

#define main main_of_example
#include "../../examples/57-echo-server.cpp"
#undef main

asyncio::Coro<> serve_for_ever() {
    const asyncio::Server server = co_await asyncio::start_server(serve, "127.0.0.1", 0);
    std::println("{}", server.port());
    std::fflush(stdout);
    co_await server.serve_forever();
}

int main() { asyncio::run(serve_for_ever()); }
