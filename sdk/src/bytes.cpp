// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/bytes.hpp>
#include <penstock/detail/recycled.hpp>

namespace penstock
{

bytes bytes::copy_of(std::string_view text)
{
    auto owner = std::allocate_shared_for_overwrite<char[]>(detail::recycling_allocator<char>(),
                                                            text.size());
    text.copy(owner.get(), text.size());
    const std::string_view view{owner.get(), text.size()};
    return {std::move(owner), view};
}

} // namespace penstock
