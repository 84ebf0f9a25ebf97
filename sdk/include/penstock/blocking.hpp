// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/runtime.hpp>
#include <penstock/export.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace penstock
{

namespace detail
{
/// Runs `work` as blocking() does. [a component's own fiber; suspends]
PENSTOCK_EXPORT void run_blocking(callable work);
} // namespace detail

/// Runs `work` on the pool for blocking work, and suspends only this fiber: files, databases,
/// subprocesses, DNS. Returns what `work` returns, throws what it throws, and `stopped` at
/// teardown, then only after `work` has ended, because it borrows from this stack.
///
/// A packet is never moved, copied or released inside: borrow its bytes. Outside of a component's
/// fiber, and in its destructor, it simply calls `work`. [a component's own fiber; `work` runs on
/// another thread]
template <class Work>
auto blocking(Work&& work) -> std::invoke_result_t<Work&>
{
    using result_type = std::invoke_result_t<Work&>;
    if constexpr (std::is_void_v<result_type>)
    {
        detail::run_blocking({[](void* object)
                              { (*static_cast<std::remove_reference_t<Work>*>(object))(); },
                              const_cast<void*>(static_cast<const void*>(&work))});
    }
    else
    {
        std::optional<result_type> result;
        auto keep = [&] { result.emplace(work()); };
        detail::run_blocking({[](void* object) { (*static_cast<decltype(keep)*>(object))(); },
                              static_cast<void*>(&keep)});
        return std::move(*result);
    }
}

/// Waits until this graph alone may use a resource (a port, a file, an index): at once, or when the
/// earlier deployment that has it has drained. All lanes of one deployment share it, and keep it
/// until they have drained. Called in `start()` it declares the resource: a graph is refused if
/// another graph has it, and `run()` begins when it is granted. Called in `run()` it suspends until
/// then. [a component's own fiber] Throws `stopped` at teardown, and std::logic_error elsewhere.
PENSTOCK_EXPORT void exclusive(std::string_view resource);

} // namespace penstock
