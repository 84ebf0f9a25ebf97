// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/packet_access.hpp>
#include <penstock/export.hpp>
#include <penstock/packet.hpp>

#include <memory>
#include <string_view>

namespace penstock
{

class component;
class output;

namespace detail
{

/// The destruction of a component on this thread, while it lasts. A destructor may neither throw
/// nor suspend, so its calls that would have no effect; the first is logged. [one thread]
class PENSTOCK_EXPORT destruction
{
public:
    destruction(const destruction&) = delete;
    destruction& operator=(const destruction&) = delete;

    /// The destruction that takes place on this thread, or null.
    [[nodiscard]] static destruction* current() noexcept;

    /// Logs a call that has no effect: `output "out": sends`.
    void refuse(std::string_view call) noexcept;

    /// Gives an output room for one packet, and lets go of the packet before.
    void make_room(output& port) noexcept;

private:
    friend struct destroyer;

    destruction() noexcept;
    ~destruction();

    destruction* const outer_;
    packet sent_ = packet_access::none();
    bool is_logged_ = false;
};

/// Returns whether a component is being destroyed on this thread, so that a call has no effect,
/// which is logged then.
[[nodiscard]] inline bool is_late(std::string_view call) noexcept
{
    destruction* const now = destruction::current();
    if (now != nullptr)
        now->refuse(call);
    return now != nullptr;
}

/// The deleter of components, whether they ran or not: what one sends in its destructor is let go.
struct PENSTOCK_EXPORT destroyer
{
    destroyer() = default;
    destroyer(const std::default_delete<component>& /*usual*/) noexcept {}

    void operator()(component* what) const noexcept;
};

/// A component that is owned.
using component_ptr = std::unique_ptr<component, destroyer>;

} // namespace detail
} // namespace penstock
