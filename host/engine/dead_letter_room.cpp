// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/dead_letter_room.hpp"

#include <utility>

namespace penstock::host
{

dead_letter_room::dead_letter_room(std::shared_ptr<dead_letter_usage> usage, std::uint64_t most)
    : usage_(std::move(usage)), most_(most)
{
}

dead_letter_room::~dead_letter_room()
{
    usage_->watch(this, {});
}

void dead_letter_room::watch(listener hears)
{
    if (!hears)
        return usage_->watch(this, {});
    usage_->watch(this,
                  [this, hears = std::move(hears)](std::uint64_t bytes) { changed(bytes, hears); });
}

void dead_letter_room::changed(std::uint64_t bytes, const listener& hears)
{
    const bool is_full = bytes >= most_;
    {
        const std::lock_guard lock(mutex_);
        if (is_full == full_since_.has_value())
            return;
        full_since_.reset();
        if (is_full)
            full_since_ = std::chrono::system_clock::now();
    }
    hears(is_full);
}

std::optional<std::chrono::system_clock::time_point> dead_letter_room::full_since() const
{
    const std::lock_guard lock(mutex_);
    return full_since_;
}

} // namespace penstock::host
