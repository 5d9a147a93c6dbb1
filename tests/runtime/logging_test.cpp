#include "files_support.hpp"

#include <asyncio/logging.hpp>

#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace asyncio::test {
namespace {

using logging::Logger;

class Collector : public logging::Handler {
public:
    Log lines;
    std::vector<logging::LogRecord> records;

protected:
    void emit(const logging::LogRecord& record) override {
        lines.push_back(format(record));
        records.push_back(record);
    }
};

/// Collects the root's lines during its lifetime, and leaves the root as it was.
class Collected {
public:
    explicit Collected(logging::Level level = logging::WARNING,
                       std::string format = "%(levelname)s:%(name)s:%(message)s")
        : handler(std::make_shared<Collector>()) {
        logging::basicConfig(
            {.level = level, .format = std::move(format), .handlers = {handler}, .force = true});
    }
    Collected(const Collected&) = delete;
    Collected& operator=(const Collected&) = delete;
    ~Collected() {
        logging::getLogger().removeHandler(handler);
        logging::getLogger().setLevel(logging::WARNING);
    }

    std::shared_ptr<Collector> handler;
};

TEST(Logging, a_logger_has_the_level_of_those_above_it) {
    const Collected collected(logging::WARNING);
    const Logger above = logging::getLogger("levels");
    const Logger logger = logging::getLogger("levels.a.b");
    EXPECT_EQ(logger.getEffectiveLevel(), logging::WARNING);
    logger.info("no");
    logger.warning("one {}", 1);
    above.setLevel("DEBUG");
    EXPECT_EQ(logger.getEffectiveLevel(), logging::DEBUG);
    logger.debug("two {:>3}", "x");
    logger.setLevel(logging::CRITICAL);
    logger.error("no");
    logger.critical("three");
    logger.log(55, "four");
    EXPECT_TRUE(logger.isEnabledFor(50));
    EXPECT_FALSE(logger.isEnabledFor(40));
    EXPECT_EQ(collected.handler->lines, (Log{"WARNING:levels.a.b:one 1", "DEBUG:levels.a.b:two   x",
                                             "CRITICAL:levels.a.b:three", "Level 55:levels.a.b:four"}));
    EXPECT_EQ(logging::getLogger("levels.a.b"), logger);
    EXPECT_EQ(above.getChild("a.b"), logger);
    EXPECT_EQ(logging::getLogger().getChild("levels"), above);
    EXPECT_EQ(logging::getLogger().name(), "root");
    EXPECT_THROW(logger.setLevel("LOUD"), ValueError);
}

TEST(Logging, a_message_is_formatted_only_if_its_level_is_enabled) {
    const Collected collected(logging::INFO);
    int formatted = 0;
    struct Value {
        int* count;
    };
    const Logger logger = logging::getLogger("lazy");
    logger.debug("{}", formatted);
    logger.info("{} {}", std::string(3, 'x'), formatted);
    EXPECT_EQ(collected.handler->lines, (Log{"INFO:lazy:xxx 0"}));
}

TEST(Logging, records_go_to_the_handlers_above_unless_they_do_not_propagate) {
    const Collected collected;
    const Logger logger = logging::getLogger("way.down");
    const auto own = std::make_shared<Collector>();
    const auto middle = std::make_shared<Collector>();
    logger.addHandler(own);
    logger.addHandler(own);
    logging::getLogger("way").addHandler(middle);
    logger.warning("one");
    logging::getLogger("way").propagate(false);
    logger.warning("two");
    middle->setLevel(logging::ERROR);
    logger.warning("three");
    own->addFilter([](const logging::LogRecord& record) { return record.message != "four"; });
    logger.error("four");
    logger.addFilter([](const logging::LogRecord& record) { return record.message != "five"; });
    logger.error("five");
    EXPECT_EQ(collected.handler->lines, (Log{"WARNING:way.down:one"}));
    EXPECT_EQ(middle->lines, (Log{"one", "two", "four"}));
    EXPECT_EQ(own->lines, (Log{"one", "two", "three"}));
    logger.removeHandler(own);
    EXPECT_TRUE(logger.handlers().empty());
    EXPECT_TRUE(logger.hasHandlers());
}

TEST(Logging, formats_are_pythons) {
    setenv("TZ", "UTC", 1);
    tzset();
    const std::source_location here = std::source_location::current();
    const logging::LogRecord record{.name = "app.db",
                                    .levelno = logging::INFO,
                                    .levelname = "INFO",
                                    .message = "100% done",
                                    .created = 1764592496.789,
                                    .where = here,
                                    .taskName = "Task-7"};
    const auto format = [&](const char* text, const char* datefmt = "") {
        return logging::Formatter(text, datefmt).format(record);
    };
    EXPECT_EQ(format("%(asctime)s %(levelname)s %(name)s %(message)s %(taskName)s"),
              "2025-12-01 12:34:56,789 INFO app.db 100% done Task-7");
    EXPECT_EQ(format("[%(levelname)-8s|%(name)10s|%(message).3s|%(levelno)d|%(levelno)04d]"),
              "[INFO    |    app.db|100|20|0020]");
    EXPECT_EQ(format("%(asctime)s.%(msecs)03d %% %(created).1f", "%H:%M"), "12:34.789 % 1764592496.8");
    EXPECT_EQ(format("%(filename)s %(module)s %(lineno)d %(threadName)s %(processName)s"),
              std::format("logging_test.cpp logging_test {} MainThread MainProcess", here.line()));
    EXPECT_EQ(format("%(funcName)s"), "TestBody");
    EXPECT_EQ(logging::Formatter().format(record), "100% done");
    for (const char* wrong :
         {"%(nothing)s", "%s", "%", "%(name", "%(name)", "%(name)x", "%(name)d", "%(lineno)"})
        EXPECT_THROW((void)format(wrong), ValueError) << wrong;
}

CO_TEST(Logging, a_record_names_its_task_and_place) {
    const Collected collected;
    unsigned line = 0;
    const auto work = [&]() -> Coro<> {
        line = __LINE__ + 1;
        logging::getLogger("task").warning("in a task");
        co_return;
    };
    co_await create_task(work, "worker");
    const logging::LogRecord& record = collected.handler->records.at(0);
    EXPECT_EQ(record.taskName, "worker");
    EXPECT_EQ(record.where.line(), line);
}

TEST(Logging, an_exception_follows_its_message) {
    const Collected collected;
    try {
        throw ValueError("bad value");
    } catch (const ValueError&) {
        logging::getLogger("errors").exception("could not do {}", "it");
    }
    logging::getLogger("errors").exception(std::make_exception_ptr(std::runtime_error("kept")), "later");
    EXPECT_EQ(collected.handler->lines, (Log{"ERROR:errors:could not do it\nValueError: bad value",
                                             "ERROR:errors:later\nstd::runtime_error: kept"}));
}

TEST(Logging, basic_config_gives_the_root_one_handler) {
    std::ostringstream out;
    logging::basicConfig({.level = "INFO", .format = "%(message)s", .stream = out, .force = true});
    logging::basicConfig({.level = "DEBUG", .stream = stderr});
    EXPECT_EQ(logging::getLogger().handlers().size(), 1u);
    logging::info("shown {}", 1);
    logging::debug("not shown");
    logging::disable(logging::INFO);
    logging::info("not shown");
    logging::error("shown");
    logging::disable(logging::NOTSET);
    EXPECT_EQ(out.str(), "shown 1\nshown\n");
    EXPECT_THROW(logging::basicConfig({.stream = out, .filename = "x", .force = true}), ValueError);
    EXPECT_THROW(logging::basicConfig({.format = "%(x)s", .force = true}), ValueError);
    logging::getLogger().setLevel(logging::WARNING);
}

FILES_TEST(Logging, can_write_to_a_file) {
    logging::basicConfig({.filename = "app.log", .force = true});
    logging::warning("first");
    logging::basicConfig({.format = "%(message)s", .filename = "app.log", .force = true});
    logging::warning("second");
    EXPECT_EQ(content_of("app.log"), "WARNING:root:first\nsecond\n");
    CO_EXPECT_RAISES(logging::FileHandler("no/such/folder"), FileNotFoundError);
    const auto all = logging::getLogger().handlers();
    for (const auto& each : all) logging::getLogger().removeHandler(each);
    co_return;
}

CO_TEST(Logging, reports_of_the_loop_go_through_the_logger_asyncio) {
    const Collected collected;
    EventLoop& loop = get_running_loop();
    loop.call_exception_handler({.message = "something happened",
                                 .exception = std::make_exception_ptr(ValueError("bad")),
                                 .source = "somewhere"});
    loop.call_exception_handler(
        {.message = "Executing <Handle f()> took 0.250 seconds", .source = "what to do"});
    EXPECT_EQ(collected.handler->lines, (Log{"ERROR:asyncio:something happened\n  somewhere\nValueError: bad",
                                             "WARNING:asyncio:Executing <Handle f()> took 0.250 seconds"}));
    logging::getLogger("asyncio").setLevel(logging::CRITICAL);
    loop.call_exception_handler({.message = "not shown"});
    EXPECT_EQ(collected.handler->lines.size(), 2u);
    logging::getLogger("asyncio").setLevel(logging::NOTSET);
    co_return;
}

} // namespace
} // namespace asyncio::test
