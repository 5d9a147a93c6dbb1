// Forms: fields, and a file among them
#include <asyncio.hpp>
#include <print>
namespace http = asyncio::http;

asyncio::Coro<> amain() {
    http::FormData plain{{"city", "Bonn"}};
    http::FormData upload{{"city", "Bonn"}};
    upload.add_field("photo", "the bytes of it",
                     http::FieldOptions{.filename = "rhine.txt", .content_type = "text/plain"});
    std::println("{}, {}", plain.encode().content_type,
                 upload.is_multipart() ? "and one of several parts" : "");

    http::ClientSession session;
    auto response = co_await session.post("https://httpbin.test/post", {.form = plain});
    std::println("{}", asyncio::dump_json((co_await response.json())["form"]));
}

int main() { asyncio::run(amain()); }
