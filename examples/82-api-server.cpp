// An API server: notes in a database, behind middlewares
#include <asyncio.hpp>
#include <asyncio/sqlite.hpp>
#include <asyncio/web.hpp>
#include <print>
#include <string>
namespace http = asyncio::http;
namespace sqlite = asyncio::sqlite;
namespace web = asyncio::web;

// Opened when the application starts, closed when it ends.
asyncio::AsyncGenerator<bool> database(web::Application& app) {
    auto db = co_await sqlite::connect(":memory:");
    co_await db.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)");
    app["db"] = db;
    co_yield true;
    co_await db.close();
    std::println("the database is closed");
}

struct Note {
    int id;
    std::string text;
};

asyncio::Coro<web::Response> list(web::Request& request) {
    auto& db = request.app().get<sqlite::Connection>("db");
    auto notes = asyncio::Json::array();
    for (const Note& note : co_await db.fetchall<Note>("SELECT id, text FROM notes ORDER BY id"))
        notes.push_back({{"id", note.id}, {"text", note.text}});
    co_return web::json_response(notes);
}

asyncio::Coro<web::Response> show(web::Request& request) {
    auto& db = request.app().get<sqlite::Connection>("db");
    const auto text = co_await db.fetchone<std::string>("SELECT text FROM notes WHERE id = ?", request.match_info("id"));
    if (!text) throw web::HTTPNotFound("no such note");
    co_return web::json_response({{"text", *text}});
}

asyncio::Coro<web::Response> create(web::Request& request) {
    auto& db = request.app().get<sqlite::Connection>("db");
    const asyncio::Json note = co_await request.json();
    if (!note.contains("text")) throw web::HTTPUnprocessableEntity("a note has a text");
    auto cursor = co_await db.execute("INSERT INTO notes (text) VALUES (?)", note["text"].get<std::string>());
    co_await db.commit();
    const std::string id = std::to_string(*cursor.lastrowid());
    const std::string location = request.app().router().url_for("note", {{"id", id}});
    co_return web::json_response({{"id", *cursor.lastrowid()}}, {.status = 201, .headers = {{"Location", location}}});
}

// What a handler throws becomes JSON with its status.
asyncio::Coro<web::Response> errors_as_json(web::Request& request, web::Handler next) {
    int status = 409;
    std::string error;
    try {
        co_return co_await next(request);
    } catch (const web::HTTPException& exception) {
        status = exception.status();
        error = exception.text().empty() ? exception.what() : exception.text();
    } catch (const sqlite::IntegrityError& exception) {
        error = exception.what();
    }
    co_return web::json_response({{"error", error}}, {.status = status});
}

asyncio::Coro<web::Response> only_with_a_token(web::Request& request, web::Handler next) {
    if (request.method() == "POST" && request.headers().get("Authorization") != "Bearer secret")
        throw web::HTTPUnauthorized("send a token");
    co_return co_await next(request);
}

web::Application make_app() {
    // The first is the outermost.
    web::Application app({.middlewares = {errors_as_json, only_with_a_token}});
    app.cleanup_ctx(database);
    app.router().add_get("/notes", list);
    app.router().add_post("/notes", create);
    app.router().add_get(R"(/notes/{id:\d+})", show, {.name = "note"});
    return app;
}

asyncio::Coro<> print(http::ClientResponse response) {
    std::println("{} {}", response.status(), co_await response.text());
}

asyncio::Coro<> amain() {
    const http::RequestOptions milk = {.headers = {{"Authorization", "Bearer secret"}}, .json = {{"text", "milk"}}};
    const http::RequestOptions empty = {.headers = {{"Authorization", "Bearer secret"}}, .json = asyncio::Json::object()};
    // The application on a free port with a client of its own, for tests; web::run_app() serves until Stop.
    co_await asyncio::async_with(web::TestClient(make_app()), [&](web::TestClient& client) -> asyncio::Coro<> {
        http::ClientResponse created = co_await client.post("/notes", milk);
        std::println("created {}", created.headers().get("Location").value_or(""));
        co_await print(co_await client.get("/notes/1"));
        co_await print(co_await client.get("/notes"));
        co_await print(co_await client.post("/notes", milk));
        co_await print(co_await client.post("/notes", empty));
        co_await print(co_await client.post("/notes"));
        co_await print(co_await client.get("/notes/7"));
        co_await print(co_await client.del("/notes"));
    });
}

int main() { asyncio::run(amain()); }
