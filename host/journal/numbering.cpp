// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/numbering.hpp"

#include <algorithm>
#include <random>

namespace penstock::host
{

namespace
{

// The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators,
// OOPSLA 2014): a bijection, so distinct numbers stay distinct, and there is a way back.
std::uint64_t mix(std::uint64_t x) noexcept
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9U;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

std::uint64_t unmix(std::uint64_t x) noexcept
{
    x ^= (x >> 31) ^ (x >> 62);
    x *= 0x319642b2d24d8ec3U; // the inverses of the factors modulo 2^64
    x ^= (x >> 27) ^ (x >> 54);
    x *= 0x96de1b173f119089U;
    return x ^ (x >> 30) ^ (x >> 60);
}

static_assert(0xbf58476d1ce4e5b9U * 0x96de1b173f119089U == 1);
static_assert(0x94d049bb133111ebU * 0x319642b2d24d8ec3U == 1);

} // namespace

std::uint64_t random_seed()
{
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

issue numbering::next(std::chrono::system_clock::time_point now)
{
    ++last_;
    return {last_, make(last_, now)};
}

packet_id numbering::make(entry_number number, std::chrono::system_clock::time_point now)
{
    const auto micros =
        std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count();
    micros_ = std::max(micros_ + 1, static_cast<std::uint64_t>(micros));
    return id(number, micros_);
}

packet_id numbering::id(entry_number number, std::uint64_t micros) const noexcept
{
    return {micros, mix(number ^ seed_)};
}

entry_number numbering::number(packet_id id) const noexcept
{
    return unmix(id.low) ^ seed_;
}

} // namespace penstock::host
