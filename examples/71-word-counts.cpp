// Word counts: all texts of a directory counted at once, a few files open at a time
#include <algorithm>
#include <asyncio.hpp>
#include <map>
#include <print>
#include <sstream>
namespace files = asyncio::files;

using Counts = std::map<std::string, int>;

asyncio::Coro<> write_texts() {
    const std::map<std::string, std::string> texts = {
        {"sea.txt", "the sea is wide\nand the wind is cold\nthe sea is deep\n"},
        {"hill.txt", "the hill is high\nand the wind is warm\n"},
        {"road.txt", "the road is long\nand the road is dry\nand long\n"},
        {"notes.md", "no text of ours\n"},
    };
    co_await files::makedirs("texts", {.exist_ok = true});
    for (const auto& [name, text] : texts) {
        files::File file = co_await files::open("texts/" + name, "w");
        co_await file.write(text);
        co_await file.close();
    }
}

asyncio::Coro<Counts> count_words(std::string path, asyncio::Semaphore& slots) {
    auto slot = co_await slots.scoped();
    Counts counts;
    files::File file = co_await files::open(path);
    while (auto line = co_await file.next()) {
        std::istringstream words(*line);
        for (std::string word; words >> word;) ++counts[word];
    }
    co_return counts;
}

asyncio::Coro<> amain() {
    co_await write_texts();
    asyncio::Semaphore slots{2};
    const std::vector<std::string> paths = co_await files::glob("texts/*.txt");
    std::vector<asyncio::Coro<Counts>> counting;
    for (const std::string& path : paths) counting.push_back(count_words(path, slots));
    const std::vector<Counts> counted = co_await asyncio::gather(std::move(counting));

    Counts all;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        int words = 0;
        for (const auto& [word, count] : counted[i]) {
            words += count;
            all[word] += count;
        }
        std::println("{:15} {:2} words, {:2} different", paths[i], words, counted[i].size());
    }

    std::vector<std::pair<std::string, int>> most(all.begin(), all.end());
    std::ranges::stable_sort(most, std::greater(), [](const auto& entry) { return entry.second; });
    for (const auto& [word, count] : most | std::views::take(5)) std::println("{:>5} {}", word, count);
}

int main() {
    asyncio::run(amain());
}
