// Loggers, their levels, handlers and formats
#include <asyncio.hpp>
#include <asyncio/logging.hpp>
#include <memory>
#include <print>
#include <sstream>
#include <string>
namespace logging = asyncio::logging;

// What becomes of a record is up to a handler.
class Shouting : public logging::Handler {
    void emit(const logging::LogRecord& record) override { std::println("{}!", format(record)); }
};

// A formatter can add to the format.
class Counting : public logging::Formatter {
public:
    using Formatter::Formatter;
    std::string format(const logging::LogRecord& record) const override {
        return std::format("{} ({} letters)", Formatter::format(record), record.message.size());
    }
};

asyncio::Coro<> work() {
    logging::Logger logger = logging::getLogger("app.work");
    logger.info("{} rows in {:.1f} s", 3, 0.25);
    logger.debug("not shown");
    try {
        throw asyncio::ValueError("bad row");
    } catch (const asyncio::ValueError&) {
        logger.exception("could not read");
    }
    const asyncio::Outcome<int> outcome = co_await asyncio::outcome([]() -> asyncio::Coro<int> { throw asyncio::LookupError("name"); co_return 1; });
    logger.exception(outcome.error(), "later");
}

asyncio::Coro<> amain() {
    co_await asyncio::create_task(work(), "worker");
    asyncio::get_running_loop().call_exception_handler({.message = "what the event loop reports"});
}

int main() {
    logging::BasicConfig config = {.level = "INFO", .format = "%(levelname)-8s %(name)s %(taskName)s: %(message)s", .stream = stdout};
    logging::basicConfig(config);
    asyncio::run(amain());

    logging::info("the root's");
    logging::warning("w");
    logging::error("e");
    logging::critical("c");
    logging::exception("no exception is being handled");
    logging::debug("not shown");

    logging::Logger quiet = logging::getLogger("app").getChild("quiet");
    quiet.propagate(false);
    quiet.setLevel(logging::ERROR);
    auto handler = std::make_shared<Shouting>();
    handler->setFormatter(std::make_shared<Counting>("%(message)s"));
    handler->setLevel(logging::NOTSET);
    handler->addFilter([](const logging::LogRecord& record) { return record.levelno != logging::CRITICAL; });
    quiet.addHandler(handler);
    const logging::Filter said = [](const logging::LogRecord& record) { return !record.message.empty(); };
    quiet.addFilter(said);
    quiet.warning("not enabled");
    quiet.error("enabled");
    quiet.critical("filtered");
    quiet.log(logging::Level("ERROR"), "by number");
    std::println("{} {} {} {} {}", quiet.name(), quiet.level(), quiet.getEffectiveLevel(), quiet.isEnabledFor(logging::DEBUG), quiet.propagate());
    std::println("{} {} {}", quiet.hasHandlers(), quiet.handlers().size(), handler->has_formatter());
    quiet.removeHandler(handler);
    std::println("{} {} {}", handler->level(), logging::getLevelName(logging::Level("WARNING").number()), logging::getLogger() == logging::getLogger("root"));

    // A stream of C++ too; a file would be a logging::FileHandler.
    std::ostringstream text;
    logging::basicConfig({.handlers = {std::make_shared<logging::StreamHandler>(text)}, .force = true});
    logging::disable(logging::WARNING);
    logging::warning("disabled");
    logging::error("seen");
    logging::Stream(text).write("and written\n");
    std::print("{}", text.str());
}
