// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/statement_values.hpp"

#include <utility>

namespace penstock::host
{

namespace
{

// From PostgreSQL's pg_type.dat, where they are fixed.
constexpr unsigned bytea_type = 17;
constexpr unsigned number_type = 20; // int8
constexpr unsigned text_type = 25;
constexpr unsigned bytea_array = 1001;
constexpr unsigned text_array = 1009;
constexpr unsigned number_array = 1016;

template <class Number>
void put(std::string& to, Number value)
{
    for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
        to.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> shift));
}

// Of one dimension, with elements from number 1 on.
std::string array_head(unsigned type, std::size_t count, bool has_nulls)
{
    std::string made;
    put<std::int32_t>(made, 1);
    put<std::int32_t>(made, has_nulls ? 1 : 0);
    put<std::uint32_t>(made, type);
    put<std::int32_t>(made, static_cast<std::int32_t>(count));
    put<std::int32_t>(made, 1);
    return made;
}

std::string array_of(unsigned type, const statement_values::blobs& elements)
{
    std::size_t size = 20;
    bool has_nulls = false;
    for (const auto& each : elements)
    {
        size += 4 + (each ? each->size() : 0);
        has_nulls |= !each;
    }
    std::string made = array_head(type, elements.size(), has_nulls);
    made.reserve(size);
    for (const auto& each : elements)
    {
        put<std::int32_t>(made, each ? static_cast<std::int32_t>(each->size()) : -1);
        if (each)
            made += *each;
    }
    return made;
}

} // namespace

statement_values& statement_values::take(unsigned type, std::string value)
{
    texts_.push_back(std::move(value));
    types_.push_back(type);
    return *this;
}

statement_values& statement_values::add(std::int64_t number)
{
    std::string made;
    put(made, number);
    return take(number_type, std::move(made));
}

statement_values& statement_values::add(std::string_view text)
{
    return take(text_type, std::string(text));
}

statement_values& statement_values::add_bytes(std::string_view content)
{
    return take(bytea_type, std::string(content));
}

statement_values& statement_values::add_numbers(std::span<const std::int64_t> numbers)
{
    std::string made = array_head(number_type, numbers.size(), false);
    made.reserve(made.size() + numbers.size() * 12);
    for (const std::int64_t each : numbers)
    {
        put<std::int32_t>(made, sizeof each);
        put(made, each);
    }
    return take(number_array, std::move(made));
}

statement_values& statement_values::add_texts(const blobs& texts)
{
    return take(text_array, array_of(text_type, texts));
}

statement_values& statement_values::add_bytes(const blobs& contents)
{
    return take(bytea_array, array_of(bytea_type, contents));
}

} // namespace penstock::host
