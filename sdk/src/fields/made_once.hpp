// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <memory>

namespace penstock::detail
{

/// Returns what `kept` points at; if nothing, what `make()` returns is kept, once: several threads
/// that ask at the same time get the same. The caller owns it. Throws what `make` throws.
template <class Value, class Make>
const Value& make_once(Value*& kept, Make make)
{
    const std::atomic_ref<Value*> there(kept);
    Value* found = there.load(std::memory_order_acquire);
    if (found != nullptr)
        return *found;
    auto made = std::make_unique<Value>(make());
    if (there.compare_exchange_strong(found, made.get(), std::memory_order_acq_rel,
                                      std::memory_order_acquire))
        return *made.release();
    return *found;
}

/// Returns what `kept` points at, which another thread may be about to make; null if nothing.
template <class Value>
Value* if_made(Value*& kept) noexcept
{
    return std::atomic_ref<Value*>(kept).load(std::memory_order_acquire);
}

} // namespace penstock::detail
