// What a context holds: its variables, whatever their types
#include <asyncio.hpp>
#include <print>

asyncio::ContextVar<std::string> user("user");
asyncio::ContextVar<int> request("request", 0);

bool knows(const asyncio::Context& context, const asyncio::AnyContextVar& variable) {
    return context.contains(variable);
}

int main() {
    user.set("Ada");
    asyncio::Context context = asyncio::copy_context();
    context.run([] { request.set(7); });

    for (const auto& [variable, value] : context.items()) std::println("it holds {}", variable->name());
    std::println("request in it: {}, and here: {}", context.get(request, 0), request.get());
    std::println("known here: {} {}", knows(asyncio::copy_context(), user),
                 knows(asyncio::copy_context(), request));
}
