// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/number_set.hpp"

#include <bit>

namespace penstock::host
{

namespace
{

constexpr entry_number numbers_of_byte = 8;

unsigned char bit_of(entry_number offset) noexcept
{
    return static_cast<unsigned char>(1U << (offset % numbers_of_byte));
}

} // namespace

void number_set::insert(entry_number number)
{
    const entry_number offset = number - first_;
    if (offset / numbers_of_byte >= bits_.size())
        bits_.resize(offset / numbers_of_byte + 1, '\0');
    char& byte = bits_[offset / numbers_of_byte];
    byte = static_cast<char>(static_cast<unsigned char>(byte) | bit_of(offset));
}

bool number_set::erase(entry_number number) noexcept
{
    if (!contains(number))
        return false;
    char& byte = bits_[(number - first_) / numbers_of_byte];
    byte = static_cast<char>(static_cast<unsigned char>(byte) & ~bit_of(number - first_));
    return true;
}

bool number_set::contains(entry_number number) const noexcept
{
    if (number < first_ || (number - first_) / numbers_of_byte >= bits_.size())
        return false;
    const auto byte = static_cast<unsigned char>(bits_[(number - first_) / numbers_of_byte]);
    return (byte & bit_of(number - first_)) != 0;
}

std::size_t number_set::size() const noexcept
{
    std::size_t count = 0;
    for (const char each : bits_)
        count += static_cast<std::size_t>(std::popcount(static_cast<unsigned char>(each)));
    return count;
}

std::vector<entry_number> number_set::numbers() const
{
    std::vector<entry_number> all;
    for (entry_number each = first_; each - first_ < bits_.size() * numbers_of_byte; ++each)
        if (contains(each))
            all.push_back(each);
    return all;
}

} // namespace penstock::host
