#pragma once

// The headers that nearly every snippet needs, compiled ahead of time. The build makes from them the
// precompiled header, and its code, which the main module holds so that no snippet compiles it again.

#include <asyncio.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <concepts>
#include <coroutine>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <exception>
#include <expected>
#include <format>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <print>
#include <queue>
#include <random>
#include <ranges>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

// Common uses of templates, instantiated here once instead of in each snippet.
namespace asyncio::precompiled {

template <class... Arguments>
void use_print(const Arguments&... arguments) {
    if constexpr (sizeof...(arguments) == 0) {
        std::print("-");
        std::println("-");
    } else if constexpr (sizeof...(arguments) == 1) {
        std::print("{}", arguments...);
        std::println("{}", arguments...);
        static_cast<void>(std::format("{}", arguments...));
    } else {
        std::println("{} {}", arguments...);
        static_cast<void>(std::format("{} {}", arguments...));
    }
}

inline void use_text(std::string text, std::string_view view, const char* pointer) {
    use_print();
    use_print(text);
    use_print(view);
    use_print(pointer);
    use_print(1);
    use_print(1u);
    use_print(1l);
    use_print(1ul);
    use_print(1ll);
    use_print(1ull);
    use_print('a');
    use_print(true);
    use_print(1.0);
    use_print(text, 1);
    use_print(1, text);
    use_print(1, 1);
    use_print(text, text);
    use_print(text, 1.0);
    use_print(text, 1ul);
    use_print(1, 1.0);
    std::println("{} {} {}", text, text, text);
    std::println("{} {} {}", 1, 1, 1);
    std::println("{} {} {}", text, 1, 1);
    std::cout << text << view << pointer << 1 << 1u << 1l << 1ul << 1ll << 1.0 << 'a' << true << std::endl;
    std::cout << "text" << '\n';
    std::ostringstream stream;
    stream << text << 1 << "text";
    text = stream.str() + "text" + text + std::to_string(1) + std::to_string(1.0);
}

inline void use_containers(const std::string& text) {
    std::vector<int> numbers{1, 2, 3};
    numbers.push_back(4);
    numbers.emplace_back(5);
    numbers.insert(numbers.begin(), 0);
    numbers.resize(3);
    std::ranges::sort(numbers);
    std::sort(numbers.begin(), numbers.end());
    std::vector<double> reals{1.0};
    reals.push_back(2.0);
    std::vector<std::string> texts{text};
    texts.push_back(text);
    texts.emplace_back("text");
    std::ranges::sort(texts);
    std::map<std::string, int> counts{{text, 1}};
    ++counts[text];
    std::map<int, std::string> names{{1, text}};
    names[2] = text;
    std::unordered_map<std::string, int> lookup{{text, 1}};
    ++lookup[text];
    std::unordered_map<int, int> table;
    ++table[1];
    std::set<int> unique{1};
    unique.insert(2);
    std::deque<int> line{1};
    line.push_back(2);
    line.pop_front();
    std::optional<int> maybe = 1;
    static_cast<void>(maybe.value());
    std::function<void()> action = [] {};
    action();
    static_cast<void>(std::make_unique<int>(1));
    static_cast<void>(std::make_shared<int>(1));
}

} // namespace asyncio::precompiled
