#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/json.hpp>
#include <asyncio/web/application.hpp>
#include <asyncio/web/model.hpp>
#include <asyncio/web/request.hpp>
#include <asyncio/web/response.hpp>

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio::web {

/// What a typed handler's answer is, and what openapi() says of the handler.
struct TypedOptions {
    /// Of the response to which the result is converted.
    int status = 200; // NOLINT(*-magic-numbers): OK
    std::string summary = {};
    std::string description = {};
    std::vector<std::string> tags = {};
    bool deprecated = false;
};

namespace detail {

/// A typed handler of a program.
class Operation {
public:
    explicit Operation(TypedOptions options) : options_(std::move(options)) {}
    virtual ~Operation() = default;
    Operation(const Operation&) = delete;
    Operation& operator=(const Operation&) = delete;

    virtual Coro<Response> call(Request& request) = 0;
    /// Null if it has none.
    virtual const Type* parameters() const = 0;
    /// Null if it makes its response itself.
    virtual const Type* result() const = 0;
    /// Whether it returns nothing.
    virtual bool is_void() const = 0;
    const TypedOptions& options() const { return options_; }

private:
    TypedOptions options_;
};

/// Reads the parameters of a handler from a request. Raises RequestValidationError.
Coro<> bind(const Type& type, void* parameters, Request& request);
Response response_of(const Type& type, const void* result, int status);
Response response_of_nothing(int status);

template <class T> struct coro_result;
template <class T> struct coro_result<Coro<T>> {
    using type = T;
};

template <class... Args> struct Arguments {};

template <class F> struct Signature : Signature<decltype(&F::operator())> {};
template <class R, class... A> struct Signature<R (*)(A...)> {
    using Result = R;
    using Parameters = Arguments<A...>;
};
template <class C, class R, class... A> struct Signature<R (C::*)(A...)> : Signature<R (*)(A...)> {};
template <class C, class R, class... A> struct Signature<R (C::*)(A...) const> : Signature<R (*)(A...)> {};

template <class F>
concept HasSignature = requires { typename Signature<F>::Result; };

struct NoParameters {};

/// The argument that is a struct.
template <class... A> struct StructOf {
    using type = NoParameters;
};
template <class First, class... Rest> struct StructOf<First, Rest...> {
    using type = std::conditional_t<std::same_as<First, Request&>, typename StructOf<Rest...>::type,
                                    std::remove_cvref_t<First>>;
};

template <class A> decltype(auto) argument(Request& request, auto& parameters) {
    if constexpr (std::same_as<A, Request&>)
        return (request);
    else
        return std::move(parameters);
}

template <class F, class Parameters> class OperationOf;
template <class F, class... A> class OperationOf<F, Arguments<A...>> final : public Operation {
    using Result = typename coro_result<typename Signature<F>::Result>::type;
    using Struct = typename StructOf<A...>::type;
    static constexpr bool has_struct = !std::same_as<Struct, NoParameters>;
    static_assert((std::size_t{0} + ... + std::size_t{!std::same_as<A, Request&>}) <= 1,
                  "a typed handler takes one struct, with a member for each parameter");
    static_assert((... && (std::same_as<A, Request&> || !std::is_lvalue_reference_v<A> ||
                           std::is_const_v<std::remove_reference_t<A>>)),
                  "a typed handler takes its struct by value or as a const reference, and the request as "
                  "web::Request&");
    static_assert(asyncio::detail::Aggregate<Struct>,
                  "the parameters of a typed handler are members of a struct without constructors: write "
                  "struct Params { int id; }; and take Params");
    static constexpr bool answers = std::convertible_to<Result, Response>;

public:
    OperationOf(F function, TypedOptions options)
        : Operation(std::move(options)), function_(std::move(function)) {}

    Coro<Response> call(Request& request) override {
        Struct parameters{};
        if constexpr (has_struct) co_await bind(type_of<Struct>(), &parameters, request);
        if constexpr (std::is_void_v<Result>) {
            co_await function_(argument<A>(request, parameters)...);
            co_return response_of_nothing(options().status);
        } else if constexpr (answers) {
            co_return co_await function_(argument<A>(request, parameters)...);
        } else {
            const Result result = co_await function_(argument<A>(request, parameters)...);
            co_return response_of(type_of<Result>(), &result, options().status);
        }
    }
    const Type* parameters() const override {
        if constexpr (has_struct)
            return &type_of<Struct>();
        else
            return nullptr;
    }
    const Type* result() const override {
        if constexpr (std::is_void_v<Result> || answers)
            return nullptr;
        else
            return &type_of<Result>();
    }
    bool is_void() const override { return std::is_void_v<Result>; }

private:
    F function_;
};

} // namespace detail

/// The result of typed(): a handler.
class TypedHandler {
public:
    explicit TypedHandler(std::shared_ptr<detail::Operation> operation) : operation_(std::move(operation)) {}
    Coro<Response> operator()(Request& request) const { return operation_->call(request); }

    /// For the library.
    const detail::Operation& operation() const { return *operation_; }

private:
    std::shared_ptr<detail::Operation> operation_;
};

/// A handler whose parameters are the members of a struct and whose result is JSON, after FastAPI:
///
///     struct Params { int id; bool dry_run = false; Item item; };
///     asyncio::Coro<Item> update(Params params);
///     app.router().add_put("/items/{id}", web::typed(&update));
///
/// A member is read from the path if the route's pattern has its name; a header if it is a web::Header; otherwise from
/// the query if it is a bool, a number, a string, an enum, or an optional or a vector of them; and from the body, as
/// JSON, if it is anything else or a web::Body. If one member is in the body, it is all of it, otherwise the body has
/// a key for each. Which members may be missing, and conversions, are those of from_json(). Where the request does not
/// fit, the handler is not called and RequestValidationError is raised, which is answered with 422.
///
/// The handler is a function or lambda that takes the struct, `web::Request&`, both or nothing. It returns a
/// coroutine of what to_json() converts, of nothing (null, or an empty body with status 204), or of a Response.
template <class F> TypedHandler typed(F function, TypedOptions options = {}) {
    static_assert(detail::HasSignature<F>,
                  "a typed handler must be a function or a lambda whose parameters have types, not auto");
    if constexpr (detail::HasSignature<F>) {
        using Signature = detail::Signature<F>;
        constexpr bool is_coroutine =
            requires { typename detail::coro_result<typename Signature::Result>::type; };
        static_assert(is_coroutine,
                      "a typed handler is a coroutine: write -> asyncio::Coro<Result> after its "
                      "parameters, and co_return inside");
        if constexpr (is_coroutine)
            return TypedHandler(std::make_shared<detail::OperationOf<F, typename Signature::Parameters>>(
                std::move(function), std::move(options)));
    }
    std::unreachable();
}

struct OpenApiInfo {
    std::string title = "API";
    std::string version = "0.1.0";
    std::string description = {};
};

/// The description of an application's typed handlers, and those of the applications below it, in the format of
/// OpenAPI 3.1. The name of a route is its operationId.
Json openapi(const Application& app, const OpenApiInfo& info = {});

/// Answers GET `path` with openapi() of the application, as it is when it is asked for.
void add_openapi(const Application& app, OpenApiInfo info = {}, std::string path = "/openapi.json");

} // namespace asyncio::web
