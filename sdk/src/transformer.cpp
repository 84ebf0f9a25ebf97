// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/transformer.hpp>

#include <penstock/detail/packet_access.hpp>

#include <exception>
#include <optional>
#include <string>

namespace penstock
{

namespace
{

// Runs the work on one packet; returns why it failed. The handler ends before anything suspends.
template <class Work>
std::optional<std::string> reason_of_failure(Work&& work)
{
    try
    {
        work();
        return std::nullopt;
    }
    catch (const std::exception& error)
    {
        return error.what();
    }
}

// The packet is to blame; if it was moved away, what the work destroyed is, or nothing.
void blame(std::optional<packet>& packet, std::string reason)
{
    packet.reset();
    detail::current()->threw(std::move(reason));
}

} // namespace

transformer::transformer() = default;

void transformer::run()
{
    while (std::optional<packet> packet = in.receive())
    {
        if (auto reason = reason_of_failure([&] { process(*packet); }))
            blame(packet, std::move(*reason));
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
        if (auto reason = reason_of_failure([&] { kept = keep(*packet); }))
            blame(packet, std::move(*reason));
        else if (kept)
            out.send(std::move(*packet));
        else
            drop(std::move(*packet));
    }
}

} // namespace penstock
