// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/descriptor_limit.hpp"

#include <algorithm>

#include <sys/resource.h>

namespace penstock::host
{

namespace
{

constexpr rlim_t most_descriptors = rlim_t{1} << 20;
constexpr std::size_t kept_back = 512;

} // namespace

std::size_t raise_descriptor_limit() noexcept
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return most_descriptors;
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = std::max(before, std::min(limit.rlim_max, most_descriptors));
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
        limit.rlim_cur = before;
    return static_cast<std::size_t>(std::min(limit.rlim_cur, most_descriptors));
}

std::size_t connections_within(std::size_t wanted, std::size_t descriptors) noexcept
{
    const std::size_t room = descriptors - std::min(kept_back, descriptors / 2);
    return std::min(wanted, room);
}

} // namespace penstock::host
