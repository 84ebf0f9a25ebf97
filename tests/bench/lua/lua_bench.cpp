// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What an expression costs a packet: compiled once, with the field that it sets. Prints an object a
// round: nanoseconds of a processor a packet, by expressions.
#include "plugins/lua/expressions.hpp"

#include <penstock/packet.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <utility>

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
double nanoseconds_a_packet(Work&& work)
{
    const double begin = processor_seconds();
    for (int n = 0; n < packets_a_round; ++n)
        work();
    return (processor_seconds() - begin) / packets_a_round * 1e9;
}

void measure_map(penstock::json::object& figures, const char* text,
                 const penstock::json::value& expected)
{
    lua::expressions map({"total"}, {text}, {});
    map.start();
    penstock::packet packet = order();
    figures[text] = nanoseconds_a_packet(
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

void measure_when(penstock::json::object& figures, const char* text, bool expected)
{
    lua::expressions when({"when"}, {text}, {});
    when.start();
    const penstock::packet packet = order();
    figures[text] = nanoseconds_a_packet(
        [&]
        {
            const lua::looked_at now(when, packet);
            if (when.is_true(0) != expected)
                std::abort();
        });
}

} // namespace

int main(int count, char** arguments)
{
    const int rounds = count > 1 ? std::atoi(arguments[1]) : 1;
    for (int round = 0; round < rounds; ++round)
    {
        penstock::json::object figures;
        measure_map(figures, "price * count", 10.0);
        measure_map(figures, "'book'", "book");
        measure_map(figures, "customer:upper() .. '!'", "ANN!");
        measure_map(figures, "string.format('%s: %d', kind, count)", "book: 4");
        measure_when(figures, "price > 2", true);
        measure_when(figures, "kind == 'book' and price * count >= 10", true);
        measure_when(figures, "meta.route == 'test'", false);
        measure_when(figures, "customer:find('^a%a+$')", true);
        std::puts(penstock::write_json(figures).c_str());
    }
    return 0;
}
