#pragma once

#include <asyncio/detail/members.hpp>
#include <asyncio/error.hpp>
#include <asyncio/json.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio::web {

/// A member of a handler's parameters that is a header: `web::Header<std::string> user_agent` is User-Agent.
template <class T> struct Header {
    T value;
    const T& operator*() const noexcept { return value; }
    const T* operator->() const noexcept { return &value; }
    operator const T&() const noexcept { return value; } // NOLINT(*-explicit-*): it is used as its value
};

/// A member of a handler's parameters that is in the body, where a plain T would be in the query:
/// `web::Body<int> importance`.
template <class T> struct Body {
    T value;
    const T& operator*() const noexcept { return value; }
    const T* operator->() const noexcept { return &value; }
    operator const T&() const noexcept { return value; } // NOLINT(*-explicit-*): it is used as its value
};

namespace detail {

enum class Kind {
    boolean,
    integer,
    number,
    text,
    enumeration,
    optional,
    list,
    map,
    object,
    json,
    header,
    body
};

struct Type;
/// Types refer to each other by functions, for they may contain themselves.
using TypeOf = const Type& (*)();

struct Member {
    std::string_view name;
    std::size_t offset;
    TypeOf type;
    bool required;
};

/// What the library knows of a type of a program, so that its own code is no template. Pointers are to values of it.
struct Type {
    Kind kind;
    /// As the compiler spells it: of structs and enums.
    std::string_view name = {};
    std::int64_t lowest = 0;
    std::uint64_t highest = 0;
    TypeOf element = nullptr;
    const std::vector<Member>& (*members)() = nullptr;
    std::span<const std::string_view> (*enumerators)() = nullptr;
    /// Of what has no elements: takes a JSON value of its kind, which is in its range; of an enum, its index.
    void (*store)(void* at, const Json& value) = nullptr;
    Json (*load)(const void* at) = nullptr;
    /// Of what has elements: removes them, adds one, visits them.
    void (*clear)(void* at) = nullptr;
    void* (*add)(void* at, std::string_view key) = nullptr;
    void (*visit)(const void* at,
                  const std::function<void(std::string_view key, const void* element)>& each) = nullptr;
    /// Of a struct with a validate(): raises ValueError.
    void (*validate)(const void* at) = nullptr;
    /// Of a struct: one whose members have their initial values.
    const void* (*initial)() = nullptr;
};

template <class T> const Type& type_of();

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;
template <class T> inline constexpr bool is_vector = false;
template <class T> inline constexpr bool is_vector<std::vector<T>> = true;
template <class T> inline constexpr bool is_map = false;
template <class T> inline constexpr bool is_map<std::map<std::string, T>> = true;
template <class T> inline constexpr bool is_map<std::map<std::string, T, std::less<>>> = true;
template <class T> inline constexpr bool is_place = false;
template <class T> inline constexpr bool is_place<Header<T>> = true;
template <class T> inline constexpr bool is_place<web::Body<T>> = true;

template <class T>
concept Integer =
    std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
    !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

template <class T> consteval std::string_view text_of_type() {
    const std::string_view text = __PRETTY_FUNCTION__;
    const std::size_t start = text.find("T = ") + 4;
    return text.substr(start, text.rfind(']') - start);
}

template <auto Value> consteval std::string_view name_of_enumerator() {
    const std::string_view text = __PRETTY_FUNCTION__;
    const std::size_t start = text.rfind(' ') + 1;
    const std::string_view spelt = text.substr(start, text.rfind(']') - start);
    // A value without a name is spelt as a cast: (Colour)3.
    return spelt.contains(')') && spelt.rfind(')') > (spelt.rfind(':') + 1)
               ? ""
               : spelt.substr(spelt.rfind(':') + 1);
}
template <class E, int Count = 0> consteval int count_of_enumerators() {
    if constexpr (name_of_enumerator<static_cast<E>(Count)>().empty())
        return Count;
    else
        return count_of_enumerators<E, Count + 1>();
}
template <class E> std::span<const std::string_view> enumerators_of() {
    static constexpr auto names = []<int... I>(std::integer_sequence<int, I...>) {
        return std::array<std::string_view, sizeof...(I)>{name_of_enumerator<static_cast<E>(I)>()...};
    }(std::make_integer_sequence<int, count_of_enumerators<E>()>());
    return names;
}

/// A T as a declaration without a value leaves it, in memory that was filled before: shows which numbers have none.
template <class T> class Fresh {
public:
    explicit Fresh(unsigned char filling) {
        std::memset(memory_.data(), filling, sizeof(T));
        // The compiler must not take the bytes for lost.
        asm volatile("" : : "r"(memory_.data()) : "memory");
        object_ = ::new (static_cast<void*>(memory_.data())) T; // NOLINT(*-owning-memory)
        asm volatile("" : : "r"(memory_.data()) : "memory");
    }
    Fresh(const Fresh&) = delete;
    Fresh& operator=(const Fresh&) = delete;
    ~Fresh() { std::destroy_at(object_); }

    const unsigned char* bytes() const { return memory_.data(); }
    T& object() { return *object_; }

private:
    alignas(T) std::array<unsigned char, sizeof(T)> memory_;
    T* object_;
};

/// Whether a request must have a value for a member, of which two fresh copies and one with its initial value are given.
template <class M> bool is_required(const unsigned char* one, const unsigned char* other, const M& initial) {
    if constexpr (is_place<M>)
        return is_required(one, other, initial.value);
    else if constexpr (std::is_arithmetic_v<M> || std::is_enum_v<M>)
        return std::memcmp(one, other, sizeof(M)) != 0;
    else if constexpr (std::same_as<M, std::string>)
        return initial.empty();
    else if constexpr (std::same_as<M, Json>)
        return initial.is_null();
    else
        return !is_optional<M> && !is_vector<M> && !is_map<M>;
}

template <class T> const T& initial_of() {
    static const T object{};
    return object;
}

template <class T> const std::vector<Member>& members_of_type() {
    static const std::vector<Member> members = [] {
        constexpr auto names = asyncio::detail::member_names<T>();
        std::vector<Member> made;
        // Patterns that differ in every bit.
        Fresh<T> one(0xAA);   // NOLINT(*-magic-numbers)
        Fresh<T> other(0x55); // NOLINT(*-magic-numbers)
        std::apply(
            [&]<class... M>(const M&... initial) {
                const auto add = [&]<class N>(const N& value) {
                    const auto offset =
                        static_cast<std::size_t>(reinterpret_cast<const char*>(&value) -
                                                 reinterpret_cast<const char*>(&initial_of<T>()));
                    made.push_back(
                        {.name = names[made.size()],
                         .offset = offset,
                         .type = &type_of<N>,
                         .required = is_required(one.bytes() + offset, other.bytes() + offset, value)});
                };
                (add(initial), ...);
            },
            asyncio::detail::members_of(initial_of<T>()));
        return made;
    }();
    return members;
}

template <class T> constexpr Type make_type() {
    if constexpr (std::same_as<T, bool>) {
        return {.kind = Kind::boolean,
                .store = [](void* at, const Json& value) { *static_cast<T*>(at) = value.get<bool>(); },
                .load = [](const void* at) { return Json(*static_cast<const T*>(at)); }};
    } else if constexpr (Integer<T>) {
        return {.kind = Kind::integer,
                .lowest = std::numeric_limits<T>::min(),
                .highest = std::numeric_limits<T>::max(),
                .store = [](void* at, const Json& value) { *static_cast<T*>(at) = value.get<T>(); },
                .load = [](const void* at) { return Json(*static_cast<const T*>(at)); }};
    } else if constexpr (std::floating_point<T>) {
        return {
            .kind = Kind::number,
            .store = [](void* at,
                        const Json& value) { *static_cast<T*>(at) = static_cast<T>(value.get<double>()); },
            .load = [](const void* at) { return Json(static_cast<double>(*static_cast<const T*>(at))); }};
    } else if constexpr (std::same_as<T, std::string>) {
        return {
            .kind = Kind::text,
            .store = [](void* at,
                        const Json& value) { *static_cast<T*>(at) = value.get_ref<const std::string&>(); },
            .load = [](const void* at) { return Json(*static_cast<const T*>(at)); }};
    } else if constexpr (std::same_as<T, Json>) {
        return {.kind = Kind::json,
                .store = [](void* at, const Json& value) { *static_cast<T*>(at) = value; },
                .load = [](const void* at) { return *static_cast<const T*>(at); }};
    } else if constexpr (std::is_scoped_enum_v<T>) {
        static_assert(count_of_enumerators<T>() > 0,
                      "the values of an enum in a typed handler must be numbered from 0, without gaps");
        return {.kind = Kind::enumeration,
                .name = text_of_type<T>(),
                .enumerators = &enumerators_of<T>,
                .store = [](void* at,
                            const Json& value) { *static_cast<T*>(at) = static_cast<T>(value.get<int>()); },
                .load = [](const void* at) { return Json(static_cast<int>(*static_cast<const T*>(at))); }};
    } else if constexpr (is_optional<T>) {
        return {.kind = Kind::optional,
                .element = &type_of<typename T::value_type>,
                .clear = [](void* at) { static_cast<T*>(at)->reset(); },
                .add = [](void* at, std::string_view) -> void* { return &static_cast<T*>(at)->emplace(); },
                .visit =
                    [](const void* at, const auto& each) {
                        if (const T& value = *static_cast<const T*>(at)) each("", &*value);
                    }};
    } else if constexpr (is_vector<T>) {
        static_assert(
            !std::same_as<typename T::value_type, bool>,
            "the elements of a std::vector<bool> have no addresses: use a vector of int or of an enum");
        return {
            .kind = Kind::list,
            .element = &type_of<typename T::value_type>,
            .clear = [](void* at) { static_cast<T*>(at)->clear(); },
            .add = [](void* at, std::string_view) -> void* { return &static_cast<T*>(at)->emplace_back(); },
            .visit =
                [](const void* at, const auto& each) {
                    for (const auto& element : *static_cast<const T*>(at)) each("", &element);
                }};
    } else if constexpr (is_map<T>) {
        return {.kind = Kind::map,
                .element = &type_of<typename T::mapped_type>,
                .clear = [](void* at) { static_cast<T*>(at)->clear(); },
                .add = [](void* at, std::string_view key) -> void* {
                    return &(*static_cast<T*>(at))[std::string(key)];
                },
                .visit =
                    [](const void* at, const auto& each) {
                        for (const auto& [key, element] : *static_cast<const T*>(at)) each(key, &element);
                    }};
    } else if constexpr (is_place<T>) {
        // The only member is at the same address.
        return {.kind = std::same_as<T, Header<decltype(T::value)>> ? Kind::header : Kind::body,
                .element = &type_of<decltype(T::value)>};
    } else if constexpr (asyncio::detail::Aggregate<T> && std::default_initializable<T>) {
        Type type{.kind = Kind::object,
                  .name = text_of_type<T>(),
                  .members = &members_of_type<T>,
                  .initial = []() -> const void* { return &initial_of<T>(); }};
        if constexpr (requires(const T& value) { value.validate(); })
            type.validate = [](const void* at) { static_cast<const T*>(at)->validate(); };
        return type;
    } else {
        static_assert(
            std::same_as<T, void>,
            "a typed handler cannot convert this type: use bool, numbers, std::string, an enum class, "
            "asyncio::Json, structs without constructors, and std::optional, std::vector, "
            "std::map<std::string, T> of them");
        std::unreachable();
    }
}

template <class T> const Type& type_of() {
    static constexpr Type type = make_type<T>();
    return type;
}

/// Raises ValidationError.
void convert(const Type& type, void* at, const Json& json);
Json to_json(const Type& type, const void* at);

} // namespace detail
} // namespace asyncio::web
