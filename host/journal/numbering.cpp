// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/numbering.hpp"

#include "host/base/host_number.hpp"

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

// The host's number stands above the time, so that an id of host 0 is what it was before hosts had
// numbers. 52 bits of microseconds last until 2112; after that, ids no longer sort by time.
constexpr int bits_of_time = 52;
constexpr std::uint64_t latest_micros = (std::uint64_t{1} << bits_of_time) - 1;

static_assert(greatest_host_number == ~std::uint64_t{0} >> bits_of_time);

} // namespace

std::uint64_t random_seed()
{
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

std::uint64_t host_number_of(packet_id id) noexcept
{
    return id.high >> bits_of_time;
}

std::uint64_t micros_in(std::uint64_t high) noexcept
{
    return high & latest_micros;
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
    const std::uint64_t shown = micros < 0 ? 0 : static_cast<std::uint64_t>(micros);
    micros_ = std::min(std::max(std::min(micros_, latest_micros) + 1, shown), latest_micros);
    return id(number, host_ << bits_of_time | micros_);
}

packet_id numbering::id(entry_number number, std::uint64_t high) const noexcept
{
    return {high, mix(number ^ seed_)};
}

entry_number numbering::number(packet_id id) const noexcept
{
    return unmix(id.low) ^ seed_;
}

} // namespace penstock::host
