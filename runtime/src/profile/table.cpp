#include <asyncio/profile.hpp>

#include <cstddef>
#include <format>
#include <string>

namespace asyncio::detail {

std::string format_profile(const Profile& profile) {
    std::size_t steps = 0;
    double held = 0;
    for (const ProfileRow& row : profile.rows) {
        steps += row.steps;
        held += row.own;
    }
    std::string text =
        std::format("         {} steps held the loop for {:.3f} of {:.3f} seconds\n\n"
                    "   Ordered by: internal time\n\n"
                    "   ncalls    steps  tottime  cumtime  waiting  longest  coroutine (before "
                    "the longest step)\n",
                    steps, held, profile.seconds);
    for (const ProfileRow& row : profile.rows) {
        text += std::format("{:>9}{:>9}{:>9.3f}{:>9.3f}{:>9.3f}{:>9.3f}  {}", row.calls, row.steps, row.own,
                            row.total, row.waiting(), row.longest, row.function);
        if (!row.longest_after.empty()) text += " (" + row.longest_after + ")";
        text += '\n';
    }
    return text;
}

} // namespace asyncio::detail
