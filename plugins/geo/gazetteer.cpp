// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "gazetteer.hpp"

#include "../letters/fold.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace geo_package
{

namespace
{

// Columns, counted from 0: https://download.geonames.org/export/dump/readme.txt
enum column
{
    name = 1,
    ascii_name = 2,
    other_names = 3,
    latitude = 4,
    longitude = 5,
    country = 8,
    region = 10,
    population = 14
};

constexpr std::size_t least_columns = 15;
constexpr std::size_t most_places = 20'000'000;

template <class Number>
bool read(std::string_view text, Number& to)
{
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), to);
    return error == std::errc() && stop == text.data() + text.size();
}

bool is_same(std::string_view a, std::string_view b)
{
    const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
    return std::ranges::equal(a, b, {}, upper, upper);
}

} // namespace

gazetteer::gazetteer(const std::string& file, bool with_other_names)
    : other_names_(with_other_names)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw std::runtime_error(file + ": cannot be read; a gazetteer was expected");
    std::size_t number = 0;
    try
    {
        for (std::string line; std::getline(in, line);)
        {
            ++number;
            if (line.ends_with('\r'))
                line.pop_back();
            if (!line.empty() && !line.starts_with('#'))
                read_line(line, number);
        }
    }
    catch (const std::runtime_error& error)
    {
        throw std::runtime_error(file + ": " + error.what());
    }
    if (!in.eof() || places_.empty())
        throw std::runtime_error(file + ": has no place; a gazetteer was expected");
}

void gazetteer::read_line(std::string_view line, std::size_t number)
{
    std::vector<std::string_view> columns;
    for (std::size_t begin = 0; begin <= line.size();)
    {
        const std::size_t end = std::min(line.find('\t', begin), line.size());
        columns.push_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    place made{};
    if (columns.size() < least_columns || columns[name].empty() ||
        !read(columns[latitude], made.latitude) || !read(columns[longitude], made.longitude) ||
        !(made.latitude >= -90 && made.latitude <= 90) ||
        !(made.longitude >= -180 && made.longitude <= 180))
        throw std::runtime_error("line " + std::to_string(number) +
                                 ": is no place; 19 columns with tabs between them were expected");
    if (places_.size() == most_places)
        throw std::runtime_error("has too many places; at most 20,000,000 were expected");
    if (!read(columns[population], made.population))
        made.population = 0;
    made.country = columns[country];
    made.region = columns[region];
    const auto index = static_cast<std::uint32_t>(places_.size());
    places_.push_back(std::move(made));
    add(columns[name], index);
    add(columns[ascii_name], index);
    if (!other_names_)
        return;
    const std::string_view others = columns[other_names];
    for (std::size_t begin = 0; begin < others.size();)
    {
        const std::size_t end = std::min(others.find(',', begin), others.size());
        add(others.substr(begin, end - begin), index);
        begin = end + 1;
    }
}

void gazetteer::add(std::string_view text, std::uint32_t index)
{
    if (text.empty())
        return;
    std::vector<std::uint32_t>& places = by_name_[letters::fold_case(text)];
    if (places.empty() || places.back() != index)
        places.push_back(index);
}

const place* gazetteer::find(std::string_view text, std::string_view in_country,
                             std::string_view in_region) const
{
    const auto found = by_name_.find(letters::fold_case(text));
    if (found == by_name_.end())
        return nullptr;
    const place* best = nullptr;
    for (const std::uint32_t index : found->second)
    {
        const place& each = places_[index];
        if ((in_country.empty() || is_same(each.country, in_country)) &&
            (in_region.empty() || is_same(each.region, in_region)) &&
            (best == nullptr || each.population > best->population))
            best = &each;
    }
    return best;
}

} // namespace geo_package
