// Typed handlers: parameters and results are structs, after FastAPI
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <map>
#include <optional>
#include <print>
#include <string>
#include <vector>
namespace http = asyncio::http;
namespace web = asyncio::web;

enum class Size { small, large };

struct Item {
    std::string name;
    double price;
    Size size = Size::small;
    std::vector<std::string> tags = {};
    std::optional<std::string> note = {};
};

struct Stored {
    int id;
    Item item;
};

std::map<int, Item> items;

// Where a member comes from: the body, for it is a struct.
struct Create {
    Item item;
};
asyncio::Coro<Stored> create(Create params) {
    const int id = static_cast<int>(items.size()) + 1;
    items[id] = params.item;
    co_return Stored{id, params.item};
}

// The path, for the route has its name.
struct Show {
    int id;
};
asyncio::Coro<Item> show(Show params) {
    const auto found = items.find(params.id);
    if (found == items.end()) throw web::HTTPNotFound("no such item");
    co_return found->second;
}

// The query.
struct List {
    std::optional<Size> size;
    int limit = 10;
};
asyncio::Coro<std::vector<Stored>> list(List params) {
    std::vector<Stored> found;
    for (const auto& [id, item] : items)
        if ((!params.size || *params.size == item.size) && static_cast<int>(found.size()) < params.limit)
            found.push_back({id, item});
    co_return found;
}

asyncio::Coro<> print(http::ClientResponse response) {
    std::println("{} {}", response.status(), co_await response.text());
}

asyncio::Coro<> amain() {
    web::Application app;
    app.router().add_post("/items", web::typed(&create, {.status = 201, .summary = "Create an item"}));
    app.router().add_get("/items/{id}", web::typed(&show));
    app.router().add_get("/items", web::typed(&list));
    web::add_openapi(app, {.title = "Shop", .version = "1.0"});

    const asyncio::Json lamp = {{"name", "lamp"}, {"price", 12.5}, {"size", "large"}};
    const asyncio::Json wrong = {{"name", "pen"}, {"price", "a lot"}, {"size", "huge"}};
    co_await asyncio::async_with(web::TestClient(app), [&](web::TestClient& client) -> asyncio::Coro<> {
        co_await print(co_await client.post("/items", {.json = lamp}));
        co_await print(co_await client.post("/items", {.json = {{"name", "cup"}, {"price", 3}}}));
        co_await print(co_await client.get("/items/1"));
        co_await print(co_await client.get("/items?size=small&limit=5"));
        co_await print(co_await client.get("/items/7"));
        co_await print(co_await client.get("/items/seven"));
        co_await print(co_await client.post("/items", {.json = wrong}));

        const asyncio::Json api = co_await (co_await client.get("/openapi.json")).json();
        for (const auto& [path, methods] : api["paths"].items())
            for (const auto& [method, operation] : methods.items())
                std::println("{} {} {:s}", method, path, operation["operationId"]);
        std::println("{}", api["components"]["schemas"]["Size"]);
    });
}

int main() { asyncio::run(amain()); }
