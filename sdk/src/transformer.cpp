// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/transformer.hpp>

#include "attempt.hpp"

#include <penstock/detail/packet_access.hpp>

#include <optional>
#include <utility>

namespace penstock
{

transformer::transformer() = default;

void transformer::run()
{
    while (std::optional<packet> packet = in.receive())
    {
        if (auto failed = detail::attempt([&] { process(*packet); }))
        {
            packet.reset();
            detail::report(std::move(*failed));
        }
        else if (!detail::packet_access::is_none(*packet))
            out.send(std::move(*packet));
    }
}

filter::filter() = default;

void filter::run()
{
    while (std::optional<packet> packet = in.receive())
    {
        bool kept = false;
        if (auto failed = detail::attempt([&] { kept = keep(*packet); }))
        {
            packet.reset();
            detail::report(std::move(*failed));
        }
        else if (kept)
            out.send(std::move(*packet));
        else
            drop(std::move(*packet));
    }
}

} // namespace penstock
