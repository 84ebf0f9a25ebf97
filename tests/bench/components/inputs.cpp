// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/components/inputs.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace penstock::bench
{

namespace
{

constexpr std::size_t longest_file = 1 << 20; // no component refuses one of that size

} // namespace

std::vector<std::string> documentation(std::string_view ending, std::size_t bytes)
{
    const std::filesystem::path folder = "/usr/share/doc";
    std::vector<std::filesystem::path> paths;
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder))
        if (each.is_regular_file() && each.file_size() <= longest_file &&
            each.path().native().ends_with(ending))
            paths.push_back(each.path());
    std::ranges::sort(paths);
    std::vector<std::string> found;
    for (std::size_t size = 0; const auto& each : paths)
    {
        if (size >= bytes)
            break;
        std::ifstream file(each, std::ios::binary);
        found.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        size += found.back().size();
    }
    if (found.empty())
        throw std::runtime_error(folder.string() + ": has no file *" + std::string(ending));
    return found;
}

std::string words(std::size_t count, std::size_t number)
{
    std::string made;
    auto state = static_cast<std::uint32_t>(number * 2'654'435'761u + 1);
    for (std::size_t n = 0; n < count; ++n)
    {
        state = state * 1'664'525u + 1'013'904'223u; // Knuth and Lewis; see Numerical Recipes, 7.1
        const std::uint32_t share = (state >> 16) % 2048;
        std::uint32_t word = share * share / 2048; // small ones more often
        if (!made.empty())
            made += n % 12 == 0 ? ".\n" : " ";
        do
            made += "eanidortlsmu"[word % 12];
        while ((word /= 12) > 0);
        made += "en";
    }
    return made;
}

json::object record(std::size_t number)
{
    return {{"id", "p" + std::to_string(number)},
            {"name", words(2, number)},
            {"description", words(20, number + 1)},
            {"price", static_cast<double>(number % 1000) / 4},
            {"in_stock", number % 3 == 0}};
}

std::vector<packet> bodies(const std::vector<std::string>& of, std::string_view type)
{
    std::vector<packet> made;
    for (const std::string& each : of)
    {
        packet body;
        body.set_data(bytes(each));
        body.set_meta("mimetype", type);
        body.set_meta("requestmethod", "POST");
        made.push_back(std::move(body));
    }
    return made;
}

std::vector<packet> records(std::size_t count)
{
    std::vector<packet> made;
    for (std::size_t n = 0; n < count; ++n)
    {
        packet each(record(n));
        each.set_meta("id", "p" + std::to_string(n));
        made.push_back(std::move(each));
    }
    return made;
}

} // namespace penstock::bench
