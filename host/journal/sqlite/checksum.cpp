// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/checksum.hpp"

#include <array>

#include <libdeflate.h>

namespace penstock::host
{

namespace
{

std::uint32_t sum_of(std::uint32_t before, char kind, std::uint64_t number) noexcept
{
    std::array<unsigned char, 9> bytes{static_cast<unsigned char>(kind)};
    for (std::size_t i = 1; i < bytes.size(); ++i, number >>= 8)
        bytes[i] = static_cast<unsigned char>(number);
    return libdeflate_crc32(before, bytes.data(), bytes.size());
}

} // namespace

void checksum::add(std::int64_t number) noexcept
{
    sum_ = sum_of(sum_, 'i', static_cast<std::uint64_t>(number));
}

void checksum::add(std::string_view text) noexcept
{
    sum_ = sum_of(sum_, 't', text.size());
    if (!text.empty()) // a null pointer would be a wish to start anew
        sum_ = libdeflate_crc32(sum_, text.data(), text.size());
}

} // namespace penstock::host
