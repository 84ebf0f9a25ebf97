// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "documents.hpp"

#include <penstock/json.hpp>

#include <cmath>
#include <iterator>
#include <random>
#include <string_view>
#include <utility>

namespace penstock::bench
{

namespace
{

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

json::array number_list(std::mt19937_64& random, numbers with)
{
    json::array list;
    for (int k = 0; k < 40 && with == numbers::prices; ++k)
        list.emplace_back(static_cast<double>(random() % 10'000'000) / 100);
    for (int k = 0; k < 40 && with == numbers::measurements; ++k)
        list.emplace_back(std::ldexp(static_cast<double>(random() >> 11), -50 + k));
    return list;
}

} // namespace

std::vector<std::string> documents(std::size_t count, numbers with)
{
    std::mt19937_64 random(1); // NOLINT: the same documents each time
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i)
    {
        json::object document;
        document["name"] = "package-" + std::to_string(i);
        document["version"] = std::to_string(random() % 20) + ".4-1";
        document["size"] = random() % 10'000'000;
        document["essential"] = i % 50 == 0;
        json::array depends;
        for (const std::size_t each : {2, 1, 2})
            depends.emplace_back(words(random, each));
        document["depends"] = std::move(depends);
        document["summary"] = words(random, 8);
        document["description"] = words(random, 70);
        document["homepage"] = nullptr;
        document["numbers"] = number_list(random, with);
        all.push_back(write_json(document));
    }
    return all;
}

} // namespace penstock::bench
