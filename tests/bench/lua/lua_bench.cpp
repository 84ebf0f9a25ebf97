// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What an expression costs a packet: compiled once, with the field that it sets. Prints nanoseconds
// of a processor a packet, the least of ten rounds.
#include "plugins/lua/expressions.hpp"

#include <penstock/packet.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>

namespace
{

constexpr int packets_a_round = 100'000;

double processor_seconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

penstock::packet order()
{
    penstock::packet made({{"customer", "ann"}, {"price", 2.5}, {"count", 4}, {"kind", "book"}});
    made.set_meta("route", "orders");
    return made;
}

template <class Work>
void measure(const char* name, Work&& work)
{
    double least = std::numeric_limits<double>::infinity();
    for (int round = 0; round < 10; ++round)
    {
        const double begin = processor_seconds();
        for (int n = 0; n < packets_a_round; ++n)
            work();
        least = std::min(least, (processor_seconds() - begin) / packets_a_round);
    }
    std::printf("%-60s %6.0f ns\n", name, least * 1e9);
}

void measure_map(const char* text, const penstock::json::value& expected)
{
    lua::expressions map({"total"}, {text}, {});
    map.start();
    penstock::packet packet = order();
    measure(text,
            [&]
            {
                lua::expression_value found;
                {
                    const lua::looked_at now(map, packet);
                    found = map.evaluate(0);
                }
                packet.set("total", std::move(found.value).value());
            });
    if (packet.get("total") != expected)
        std::abort();
}

void measure_when(const char* text, bool expected)
{
    lua::expressions when({"when"}, {text}, {});
    when.start();
    const penstock::packet packet = order();
    measure(text,
            [&]
            {
                const lua::looked_at now(when, packet);
                if (when.is_true(0) != expected)
                    std::abort();
            });
}

} // namespace

int main()
{
    measure_map("price * count", 10.0);
    measure_map("'book'", "book");
    measure_map("customer:upper() .. '!'", "ANN!");
    measure_map("string.format('%s: %d', kind, count)", "book: 4");
    measure_when("price > 2", true);
    measure_when("kind == 'book' and price * count >= 10", true);
    measure_when("meta.route == 'test'", false);
    measure_when("customer:find('^a%a+$')", true);
    return 0;
}
