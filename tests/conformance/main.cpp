// Replays conformance cases, a JSON line each, and compares its log with CPython's trace.
//
//   conformance CASES.jsonl [...]      ("-": standard input)

#include "replay.hpp"

#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>

using asyncio::conformance::replay;
using nlohmann::json;

namespace {

struct Tally {
    int passed = 0;
    int failed = 0;
};

void report(const json& seed, std::size_t line, const std::string& expected, const std::string& actual) {
    std::printf("seed %s: line %zu differs\n  expected: %s\n  actual:   %s\n", seed.dump().c_str(), line,
                expected.c_str(), actual.c_str());
}

bool check(const json& test_case) {
    const json& scenario = test_case.at("scenario");
    const auto expected = test_case.at("trace").get<std::vector<std::string>>();
    const std::vector<std::string> actual = replay(scenario);
    for (std::size_t at = 0; at < expected.size() || at < actual.size(); ++at) {
        const std::string wanted = at < expected.size() ? expected[at] : "(the end)";
        const std::string got = at < actual.size() ? actual[at] : "(the end)";
        if (wanted == got) continue;
        report(scenario.at("seed"), at + 1, wanted, got);
        return false;
    }
    return true;
}

void check_all(std::istream& cases, const char* name, Tally& tally) {
    std::string line;
    for (int number = 1; std::getline(cases, line); ++number) {
        if (line.empty()) continue;
        bool passed = false;
        try {
            passed = check(json::parse(line));
        } catch (const std::exception& error) {
            std::printf("%s, line %d: %s\n", name, number, error.what());
        }
        ++(passed ? tally.passed : tally.failed);
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: conformance CASES.jsonl [...]   (\"-\": standard input)\n", stderr);
        return 2;
    }
    Tally tally;
    for (int i = 1; i < argc; ++i) {
        if (std::string(argv[i]) == "-") {
            check_all(std::cin, "standard input", tally);
            continue;
        }
        std::ifstream file(argv[i]);
        if (!file) {
            std::fprintf(stderr, "%s cannot be read: make cases with oracle.mjs\n", argv[i]);
            return 2;
        }
        check_all(file, argv[i], tally);
    }
    std::printf("%d passed, %d failed\n", tally.passed, tally.failed);
    return tally.failed > 0 || tally.passed == 0 ? 1 : 0;
}
