// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/binary.hpp"

#include <array>
#include <cstddef>

namespace penstock::host
{

namespace
{

constexpr unsigned bits_of_group = 7;
constexpr std::uint64_t more = 0x80;
constexpr unsigned bits_of_number = 64;
constexpr std::size_t most_groups = (bits_of_number + bits_of_group - 1) / bits_of_group;

} // namespace

binary_writer& binary_writer::add(std::uint64_t number)
{
    if (number < more) // as most are
    {
        to_ += static_cast<char>(number);
        return *this;
    }
    std::array<char, most_groups> groups;
    std::size_t count = 0;
    for (; number >= more; number >>= bits_of_group)
        groups[count++] = static_cast<char>(number | more);
    groups[count++] = static_cast<char>(number);
    to_.append(groups.data(), count);
    return *this;
}

binary_writer& binary_writer::add(std::string_view text)
{
    add(std::uint64_t{text.size()});
    to_ += text;
    return *this;
}

std::uint64_t binary_reader::number() noexcept
{
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < bits_of_number && !rest_.empty(); shift += bits_of_group)
    {
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        number |= (byte & (more - 1)) << shift;
        if (byte < more)
            return number;
    }
    fail();
    return 0;
}

std::string_view binary_reader::text() noexcept
{
    const std::uint64_t size = number();
    if (size > rest_.size())
    {
        fail();
        return {};
    }
    const std::string_view read = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return read;
}

void binary_reader::fail() noexcept
{
    is_whole_ = false;
    rest_ = {};
}

} // namespace penstock::host
