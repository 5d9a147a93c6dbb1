// Plain C++ too: containers, ranges, formatted output
#include <algorithm>
#include <format>
#include <iostream>
#include <map>
#include <print>
#include <ranges>
#include <string>
#include <vector>

int main() {
    const std::string text = "the quick brown fox jumps over the lazy dog the end";
    std::map<std::string, int> counts;
    for (auto word : text | std::views::split(' ')) ++counts[std::string(word.begin(), word.end())];

    std::vector<std::pair<std::string, int>> ranking(counts.begin(), counts.end());
    std::ranges::stable_sort(ranking, std::greater<>(), [](const auto& entry) { return entry.second; });
    for (const auto& [word, count] : ranking | std::views::take(3)) std::println("{:>6} {}", word, count);
    std::cout << std::format("{} words, {} different", std::ranges::distance(text | std::views::split(' ')), counts.size())
              << std::endl;
}
