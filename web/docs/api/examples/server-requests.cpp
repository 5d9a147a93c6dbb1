// What a handler knows of a request
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <print>
#include <string>
namespace http = asyncio::http;
namespace web = asyncio::web;

asyncio::Coro<web::Response> search(web::Request& request) {
    const web::Query& query = request.query();
    std::println("{} {} with {} fields", request.method(), request.path(), query.size());
    std::println("words: {}, page {}", query.get_all("word"), query.get("page", "1"));
    std::println("in {}, for {}", request.match_info("folder"), request.cookies()["user"]);
    co_return web::Response{.text = request.headers().get("Accept").value_or("")};
}

// A form, with a file.
asyncio::Coro<web::Response> upload(web::Request& request) {
    const web::Form form = co_await request.post();
    for (const web::FormField& field : form)
        std::println("{}: {} bytes, file {}", field.name, field.value.size(), field.filename.value_or("none"));
    co_return web::json_response({{"title", form.get("title").value_or("")}});
}

// A body of any size, piece by piece.
asyncio::Coro<web::Response> count(web::Request& request) {
    web::RequestContent content = request.content();
    int lines = 0;
    while (auto piece = co_await content.next())
        for (const char letter : *piece) lines += letter == '\n';
    co_return web::Response{.text = std::to_string(lines)};
}

// Values by name: an application's and a request's are such a storage.
void values() {
    web::Storage values;
    values["limit"] = 3;
    try {
        values.get<std::string>("limit");
    } catch (const asyncio::ValueError& error) {
        std::println("limit is {}; {}", values.get<int>("limit"), error.what());
    }
}

asyncio::Coro<> amain() {
    values();
    web::Application app;
    app.router().add_get("/search/{folder}", search);
    app.router().add_post("/upload", upload);
    app.router().add_post("/count", count);
    co_await asyncio::async_with(web::TestClient(app), [](web::TestClient& client) -> asyncio::Coro<> {
        const http::RequestOptions options = {.params = {{"word", "a"}, {"word", "b"}},
                                              .headers = {{"Accept", "text/html"}, {"Cookie", "user=ann"}}};
        http::ClientResponse found = co_await client.get("/search/my%20notes", options);
        std::println("{}", co_await found.text());
        http::FormData form;
        form.add_field("title", "A title").add_field("file", "content", {.filename = "a.txt"});
        http::ClientResponse uploaded = co_await client.post("/upload", {.form = form});
        std::println("{}", co_await uploaded.text());
        http::ClientResponse counted = co_await client.post("/count", {.data = "one\ntwo\n"});
        std::println("{} lines", co_await counted.text());
    });
}

int main() { asyncio::run(amain()); }
