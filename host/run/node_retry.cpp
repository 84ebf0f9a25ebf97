// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// How packets that failed are set aside and tried again; see parking.
#include "host/run/node.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace penstock::host
{

using access = detail::packet_access;

namespace
{

constexpr double least_jitter = 0.8;
constexpr double greatest_jitter = 1.2;

std::chrono::duration<double, std::milli> wait_after(const retry_policy& retry,
                                                     std::uint16_t failures)
{
    std::chrono::duration<double, std::milli> wait = retry.backoff;
    for (std::uint16_t i = 1; i < failures && wait < retry.max_backoff; ++i)
        wait *= 2;
    return std::min<std::chrono::duration<double, std::milli>>(wait, retry.max_backoff);
}

} // namespace

// What fails between two receives comes again together.
void node::begin_failure()
{
    if (std::exchange(failed_at_receive_, received()) == received())
        return;
    failed_at_ = clock::now();
    jitter_ = std::uniform_real_distribution<>(least_jitter, greatest_jitter)(random_);
}

void node::try_again(packet&& packet, const std::string& reason)
{
    check_stopped();
    if (plan_.retry.on_throw && has_tries_left(packet))
        park(std::move(packet), reason);
    else
        give_up(std::move(packet), reason);
}

bool node::has_tries_left(const packet& packet) const noexcept
{
    // What was made here has no input at which it could come again.
    return access::receive(packet) != 0 && access::tries(packet) + 1 < plan_.retry.attempts;
}

bool node::is_last_try(const packet& packet) const noexcept
{
    return access::tries(packet) != 0 && access::tries(packet) + 1 == plan_.retry.attempts;
}

void node::park(packet&& packet, const std::string& reason)
{
    begin_failure();
    parking& parked = inlets_[access::port(packet)].parked();
    const auto failures = static_cast<std::uint16_t>(access::tries(packet) + 1);
    access::set_tries(packet, failures);
    const auto wait =
        std::chrono::duration_cast<clock::duration>(wait_after(plan_.retry, failures) * jitter_);
    if (parked.empty())
        lane_.log(severity::warning, plan_.name,
                  "tries a packet again after failure " + std::to_string(failures) +
                      " of at most " + std::to_string(plan_.retry.attempts) + ": " + reason);
    counters_.retries.add();
    counters_.retrying.failed(reason, failures, plan_.retry.attempts, wait);
    any_parked_ = true;
    if (plan_.keeps_order)
        release_span(); // what the port has still to give may be of the same key
    const clock::time_point due = failed_at_ + wait;
    parked.park(std::move(packet), due, received());
    if (due != woken_at_) // one timer for all that failed together
        lane_.wake_at(rank_, due);
    woken_at_ = due;
}

void node::enter(std::size_t port, packet&& packet)
{
    any_parked_ = true;
    inlets_[port].parked().park(std::move(packet), clock::time_point::min(), 0);
    wake_for_packets();
}

// Hands out a packet that is due again, or says why there is none though more might be on the
// edges; nothing if those are to be asked.
//
// Where requests are received, those that come again are a request of their own, for the one they
// came in is over. In its last try a packet is a request, or a batch, of its own: of those that failed
// for one of them the others get through.
std::optional<detail::arrival> node::refill_parked(input& port, const detail::wait& wait)
{
    inlet& from = inlets_[port.index()];
    comeback& state = comebacks_[port.index()];
    const bool by_request = wait.stop_at_request_end;
    const bool for_batch = wait.purpose == detail::purpose::batch_more;
    if (std::exchange(state.alone, false))
    {
        if (by_request)
        {
            state.in_request = false;
            return detail::arrival::request_end;
        }
        if (for_batch)
            return detail::arrival::timeout;
    }
    if (from.parked().holds_keys())
        from.set_aside([this](const wire& freed) { tell_freed(freed); });
    const packet* next = from.parked().empty() ? nullptr : from.parked().due(clock::now());
    if (by_request)
    {
        if (!state.in_request && (next == nullptr || from.mid_request()))
            return std::nullopt;
        if (next == nullptr || (state.in_request && is_last_try(*next)))
        {
            state.in_request = false;
            return detail::arrival::request_end;
        }
        state.in_request = true;
        state.alone = is_last_try(*next);
    }
    else
    {
        state.in_request = false;
        if (next == nullptr)
            return std::nullopt;
        if (is_last_try(*next) && for_batch)
            return std::nullopt;
        state.alone = is_last_try(*next);
    }
    from.next_parked(port);
    return detail::arrival::packets;
}

} // namespace penstock::host
