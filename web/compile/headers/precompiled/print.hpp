#pragma once

namespace asyncio::precompiled {

template <class... Arguments> static void use_print(Arguments&&... arguments) {
    if constexpr (sizeof...(Arguments) == 0) {
        std::println("-");
    } else if constexpr (sizeof...(Arguments) == 1) {
        std::println("{}", std::forward<Arguments>(arguments)...);
        static_cast<void>(std::format("{}", std::forward<Arguments>(arguments)...));
    } else if constexpr (sizeof...(Arguments) == 2) {
        std::println("{} {}", std::forward<Arguments>(arguments)...);
    } else {
        std::println("{} {} {}", std::forward<Arguments>(arguments)...);
    }
}

/// One value as a variable, a constant and a temporary: three types to a format string.
template <class T> static void use_print_each(T value) {
    const T& constant = value;
    use_print(value);
    use_print(constant);
    use_print(std::move(value));
}

[[maybe_unused]] static void use_text(std::string text, const std::string& name, std::string_view view,
                                      const char* pointer) {
    int number = 1;
    double real = 1;
    std::size_t size = 1;
    use_print();
    std::print("-");
    std::print("{}", text);
    std::print("{}", number);
    use_print_each(text);
    use_print_each(number);
    use_print_each(real);
    use_print_each(size);
    use_print_each(true);
    use_print_each(view);
    use_print_each(pointer);
    use_print_each(std::chrono::milliseconds(1));
    use_print_each(std::chrono::seconds(1));
    use_print('a');
    use_print(1u);
    use_print(1l);
    use_print(1ll);
    use_print(text, text);
    use_print(text, number);
    use_print(text, size);
    use_print(text, real);
    use_print(name, number);
    use_print(number, number);
    use_print(number, text);
    use_print(number, size);
    use_print(text, number, number);
    use_print(text, text, text);
    use_print(number, number, number);
    std::println("{:>5}|{:.2f}|{:<10}", number, real, text);
}

[[maybe_unused]] static void use_composed(const std::string& text) {
    use_print(std::vector<int>{1});
    use_print(std::vector<double>{1});
    use_print(std::vector<std::string>{text});
    use_print(std::map<std::string, int>{{text, 1}});
    use_print(std::map<int, std::string>{{1, text}});
    use_print(std::set<int>{1});
    use_print(std::pair<std::string, int>{text, 1});
    use_print(std::tuple<int, std::string>{1, text});
    use_print(std::optional<int>{1});
    use_print(std::optional<std::string>{text});
}

[[maybe_unused]] static void use_streams(std::string text, std::string_view view, const char* pointer) {
    std::cout << text << view << pointer << 1 << 1u << 1l << 1ul << 1ll << 1.0 << 'a' << true << "text"
              << std::endl;
    std::cerr << text << 1 << "text" << '\n';
    std::ostringstream stream;
    stream << text << 1 << "text";
    text = stream.str() + "text" + text + std::to_string(1) + std::to_string(1.0);
    text = std::move(text) + "text" + 'c';
    text = "text" + text;
}

} // namespace asyncio::precompiled
