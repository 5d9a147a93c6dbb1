// A large CSV file goes into a database in bounded memory
#include <asyncio.hpp>
#include <asyncio/sqlite.hpp>
#include <optional>
#include <print>
#include <string>
#include <utility>
#include <vector>
namespace files = asyncio::files;
namespace sqlite = asyncio::sqlite;

constexpr int row_count = 20'000;
constexpr std::size_t batch_size = 500;

asyncio::Coro<> write_csv() {
    auto file = co_await files::open("people.csv", "w");
    std::string text = "id,name,city\n";
    for (int i = 1; i <= row_count; ++i) {
        text += std::format("{},\"Person, {}\",{}\n", i, i, i % 7 == 0 ? "\"The \"\"Hague\"\"\"" : "Oslo");
        if (i % 1000 == 0) co_await file.write(std::exchange(text, ""));
    }
    co_await file.close();
}

// The fields of a line; a field in quotes may have commas, and quotes twice.
std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"' && quoted && line[i + 1] == '"') fields.back() += line[++i];
        else if (line[i] == '"') quoted = !quoted;
        else if (line[i] == ',' && !quoted) fields.emplace_back();
        else fields.back() += line[i];
    }
    return fields;
}

struct Person {
    int id;
    std::string name;
    std::string city;
};
using Batch = std::vector<Person>;

// Reads and parses. The queue has room for two batches: the reader waits for the database.
asyncio::Coro<> read(asyncio::Queue<std::optional<Batch>>& queue) {
    auto file = co_await files::open("people.csv");
    co_await file.readline(); // the names of the columns
    Batch batch;
    for (std::string line = co_await file.readline(); !line.empty(); line = co_await file.readline()) {
        if (line.ends_with('\n')) line.pop_back();
        const auto fields = fields_of(line);
        batch.push_back({std::stoi(fields.at(0)), fields.at(1), fields.at(2)});
        if (batch.size() == batch_size) co_await queue.put(std::exchange(batch, {}));
    }
    if (!batch.empty()) co_await queue.put(std::move(batch));
    co_await queue.put(std::nullopt);
    co_await file.close();
}

// One transaction for each batch.
asyncio::Coro<int> store(asyncio::Queue<std::optional<Batch>>& queue, sqlite::Connection db) {
    int batches = 0;
    while (auto batch = co_await queue.get()) {
        co_await db.executemany("INSERT INTO people VALUES (?, ?, ?)", *batch);
        co_await db.commit();
        ++batches;
    }
    co_return batches;
}

asyncio::Coro<> amain() {
    co_await write_csv();
    auto db = co_await sqlite::connect(":memory:");
    co_await db.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, city TEXT)");
    asyncio::Queue<std::optional<Batch>> queue(2);
    const auto [_, batches] = co_await asyncio::gather(read(queue), store(queue, db));
    std::println("{} batches", batches);
    for (const auto& row : co_await db.fetchall("SELECT city, count(*), max(name) FROM people GROUP BY city ORDER BY city"))
        std::println("{}", row);
    co_await db.close();
}

int main() { asyncio::run(amain()); }
