/**
 * Names of namespace std by the headers that declare them; the first is the one to include. Only names of headers that
 * are precompiled: clang itself reports the others. Left out is what nearly every header brings, such as std::move.
 */
export const standardHeaders: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    print: 'print println',
    iostream: 'cout cin cerr clog',
    map: 'map multimap',
    set: 'set multiset',
    unordered_map: 'unordered_map unordered_multimap',
    unordered_set: 'unordered_set unordered_multiset',
    vector: 'vector',
    deque: 'deque',
    queue: 'queue priority_queue',
    array: 'array',
    span: 'span',
    optional: 'optional nullopt',
    variant: 'variant visit monostate holds_alternative get_if',
    expected: 'expected unexpected',
    memory: 'unique_ptr shared_ptr weak_ptr make_unique make_shared',
    functional: 'function move_only_function bind_front bind_back reference_wrapper',
    'algorithm ranges':
      'sort stable_sort find_if count_if copy_if any_of all_of none_of shuffle max_element min_element minmax_element ' +
      'remove_if partition binary_search lower_bound upper_bound',
    numeric: 'accumulate iota partial_sum gcd lcm midpoint transform_reduce',
    random: 'mt19937 mt19937_64 random_device uniform_int_distribution uniform_real_distribution normal_distribution bernoulli_distribution',
    'ranges algorithm': 'ranges views',
    'sstream iostream': 'stringstream ostringstream istringstream',
    'string iostream sstream format print stdexcept': 'string to_string stoi stod stol getline',
    'string_view string iostream format print': 'string_view',
    stdexcept: 'runtime_error logic_error invalid_argument out_of_range length_error domain_error overflow_error range_error',
    'chrono thread': 'chrono chrono_literals',
    'format print': 'format format_to formatter',
    'tuple functional map memory variant': 'tuple make_tuple tie',
  }).flatMap(([headers, names]) => names.split(' ').map((name) => [name, headers.split(' ')] as const)),
);

/** What `#include <asyncio.hpp>` brings, for its own declarations use it. */
export const providedByAsyncio: ReadonlySet<string> = new Set(
  ['algorithm', 'array', 'chrono', 'deque', 'expected', 'format', 'functional', 'map', 'memory', 'optional', 'string', 'string_view', 'tuple', 'variant', 'vector'],
);
