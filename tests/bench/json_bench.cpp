// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Compares parse_json, check_json and write_json with Boost.JSON's own best, on documents like
// those of a package catalogue. All are measured in turn within each round, so that what else the
// machine does falls on each alike; the ratios count, not the times.

#include <penstock/json.hpp>

#include <boost/json/parser.hpp>
#include <boost/json/serializer.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <time.h>

namespace
{

namespace json = boost::json;

enum kinds
{
    texts_only,
    prices,
    measurements
};

constexpr const char* kind_names[] = {"mostly text", "a fourth of each doubles of 7 digits",
                                      "a half of each doubles of 17 digits"};

std::string words(std::mt19937_64& random, std::size_t count)
{
    static constexpr std::string_view vocabulary[] = {
        "library",           "for",        "the",     "of",       "development", "files",
        "\u00e9l\u00e9gant", "\"quoted\"", "package", "provides", "a",           "tool",
        "documentation",     "and",        "shared"};
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
    {
        text += vocabulary[random() % std::size(vocabulary)];
        text += i % 12 == 11 ? '\n' : ' ';
    }
    return text;
}

std::vector<std::string> documents(std::size_t count, int kind)
{
    std::mt19937_64 random(1); // NOLINT: the same documents each time
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i)
    {
        json::object document{{"name", "package-" + std::to_string(i)},
                              {"version", std::to_string(random() % 20) + ".4-1"},
                              {"size", random() % 10'000'000},
                              {"essential", i % 50 == 0},
                              {"depends", {words(random, 2), words(random, 1), words(random, 2)}},
                              {"summary", words(random, 8)},
                              {"description", words(random, 70)},
                              {"homepage", nullptr}};
        json::array numbers;
        for (int k = 0; k < 40 && kind == prices; ++k)
            numbers.emplace_back(static_cast<double>(random() % 10'000'000) / 100);
        for (int k = 0; k < 40 && kind == measurements; ++k)
            numbers.emplace_back(std::ldexp(static_cast<double>(random() >> 11), -50 + k));
        document["numbers"] = std::move(numbers);
        all.push_back(penstock::write_json(document));
    }
    return all;
}

// Processor time: the machine has other things to do.
double now()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

double nanoseconds_of(const std::function<void()>& work)
{
    const double start = now();
    work();
    return now() - start;
}

struct contest
{
    const char* name;
    std::function<void()> boost;
    std::function<void()> ours;
};

void compare(const contest& contest, double bytes, int rounds)
{
    std::vector<double> ratios;
    std::vector<double> rates;
    contest.boost();
    contest.ours();
    for (int round = 0; round < rounds; ++round)
    {
        double boost = 0;
        double ours = 0;
        if (round % 2 == 0) // the first to run has the colder cache
        {
            boost = nanoseconds_of(contest.boost);
            ours = nanoseconds_of(contest.ours);
        }
        else
        {
            ours = nanoseconds_of(contest.ours);
            boost = nanoseconds_of(contest.boost);
        }
        ratios.push_back(boost / ours);
        rates.push_back(bytes / ours * 1000);
    }
    std::sort(ratios.begin(), ratios.end());
    std::sort(rates.begin(), rates.end());
    const auto at = [](const auto& sorted, int percent)
    { return sorted[(sorted.size() - 1) * static_cast<std::size_t>(percent) / 100]; };
    std::printf("%-24s %7.0f MB/s   %.3f of Boost's rate (%.3f to %.3f)\n", contest.name,
                at(rates, 50), at(ratios, 50), at(ratios, 10), at(ratios, 90));
}

} // namespace

int main(int count, char** arguments)
{
    const int rounds = count > 1 ? std::atoi(arguments[1]) : 101;
    std::printf("json_bench: median of %d rounds, in parentheses the 10th and 90th percentile\n",
                rounds);
    for (const int kind : {texts_only, prices, measurements})
    {
        const auto texts = documents(1000, kind);
        double bytes = 0;
        std::vector<json::value> values;
        for (const auto& text : texts)
        {
            bytes += static_cast<double>(text.size());
            values.push_back(penstock::parse_json(text));
        }
        std::printf("%zu documents of %.0f bytes, %s\n", texts.size(),
                    bytes / static_cast<double>(texts.size()), kind_names[kind]);

        unsigned char room[16384];
        json::parser parser({}, {}, room);
        std::size_t kept = 0; // keeps what is measured from being left out
        compare({"parse_json",
                 [&]
                 {
                     for (const auto& text : texts)
                     {
                         parser.reset();
                         parser.write(text);
                         kept += parser.release().is_object();
                     }
                 },
                 [&]
                 {
                     for (const auto& text : texts)
                         kept += penstock::parse_json(text).is_object();
                 }},
                bytes, rounds);
        compare({"check_json (to parse)",
                 [&]
                 {
                     for (const auto& text : texts)
                     {
                         parser.reset();
                         parser.write(text);
                         kept += parser.release().is_object();
                     }
                 },
                 [&]
                 {
                     for (const auto& text : texts)
                         penstock::check_json(text);
                 }},
                bytes, rounds);
        json::serializer serializer;
        char chunk[4096];
        std::string out;
        compare({"write_json",
                 [&]
                 {
                     out.clear();
                     for (const auto& value : values)
                     {
                         serializer.reset(&value);
                         while (!serializer.done())
                             out += serializer.read(chunk);
                     }
                 },
                 [&]
                 {
                     out.clear();
                     for (const auto& value : values)
                         penstock::write_json(value, out);
                 }},
                bytes, rounds);
        if (kept == 0)
            return 1;
    }
}
