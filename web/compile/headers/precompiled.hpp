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
#include "precompiled/asyncio.hpp"
#include "precompiled/containers.hpp"
#include "precompiled/print.hpp"
// After what it uses.
#include "precompiled/json.hpp"
