// Word counts: all texts of a directory counted at once, two files open at a time
#include <asyncio.hpp>
#include <map>
#include <print>
#include <sstream>
namespace files = asyncio::files;

using Counts = std::map<std::string, int>;

asyncio::Coro<> write_text(std::string name, std::string text) {
    files::File file = co_await files::open("texts/" + name, "w");
    co_await file.write(text);
    co_await file.close();
}

asyncio::Coro<int> count_words(std::string path, asyncio::Semaphore& slots, Counts& all) {
    auto slot = co_await slots.scoped();
    int words = 0;
    files::File file = co_await files::open(path);
    while (auto line = co_await file.next()) {
        std::istringstream in(*line);
        for (std::string word; in >> word; ++words) ++all[word];
    }
    co_return words;
}

asyncio::Coro<> amain() {
    co_await files::makedirs("texts", {.exist_ok = true});
    co_await asyncio::gather(
        write_text("sea.txt", "the sea is wide\nand the wind is cold\nthe sea is deep\n"),
        write_text("hill.txt", "the hill is high\nand the wind is warm\n"),
        write_text("road.txt", "the road is long\nand the road is dry\nand long\n"),
        write_text("notes.md", "no text of ours\n"));

    asyncio::Semaphore slots{2};
    Counts all;
    const std::vector<std::string> paths = co_await files::glob("texts/*.txt");
    std::vector<asyncio::Coro<int>> counting;
    for (const std::string& path : paths) counting.push_back(count_words(path, slots, all));
    const std::vector<int> words = co_await asyncio::gather(std::move(counting));
    // The files are read in any order; gather's results are in the order of the paths.
    for (std::size_t i = 0; i < paths.size(); ++i) std::println("{}: {} words", paths[i], words[i]);

    for (int place = 1; place <= 3; ++place) {
        auto most = all.begin();
        for (auto entry = all.begin(); entry != all.end(); ++entry) {
            if (entry->second > most->second) most = entry;
        }
        std::println("{} times {}", most->second, most->first);
        all.erase(most);
    }
}

int main() {
    asyncio::run(amain());
}
