// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node_retry.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <chrono>
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

node_retry::node_retry(const node_setting& of, node_inputs& inputs, std::uint64_t seed)
    : of_(of), inputs_(inputs), comebacks_(inputs.size())
{
    random_.seed(static_cast<std::minstd_rand::result_type>(seed));
}

void node_retry::begin_failure()
{
    const std::uint32_t received = inputs_.received();
    if (std::exchange(failed_at_receive_, received) == received)
        return;
    failed_at_ = clock::now();
    jitter_ = std::uniform_real_distribution<>(least_jitter, greatest_jitter)(random_);
}

bool node_retry::has_tries_left(const packet& packet) const noexcept
{
    // What was made here has no input at which it could come again.
    return access::receive(packet) != 0 && access::tries(packet) + 1 < of_.plan.retry.attempts;
}

// `next` is what is due at the input.
bool node_retry::comes_alone(const input_queue& from, const packet& next) const
{
    return is_last_try(next) || from.retries().is_due_alone();
}

bool node_retry::is_last_try(const packet& packet) const noexcept
{
    return access::tries(packet) != 0 && access::tries(packet) + 1 == of_.plan.retry.attempts;
}

void node_retry::retry_later(packet&& packet, const std::string& reason)
{
    begin_failure();
    for (comeback& each : comebacks_)
        each.window.handed_out(); // who has said retry() may hold others
    const std::size_t port = access::port(packet);
    const auto failures = static_cast<std::uint16_t>(access::tries(packet) + 1);
    access::set_tries(packet, failures);
    const auto wait =
        std::chrono::duration_cast<clock::duration>(wait_after(of_.plan.retry, failures) * jitter_);
    if (inputs_[port].retries().empty())
        of_.lane.owner().log(severity::warning, of_.plan.name,
                             "tries a packet again after failure " + std::to_string(failures) +
                                 " of at most " + std::to_string(of_.plan.retry.attempts) + ": " +
                                 reason);
    of_.counters.retries.add();
    of_.counters.retrying.failed(reason, failures, of_.plan.retry.attempts, wait);
    inputs_.give_no_more(); // what the port has still to give may be of the same key
    inputs_.retry_later(port, std::move(packet), failed_at_ + wait);
}

std::optional<scheduler::clock::time_point>
node_retry::gives_nothing_until(const input& port, const detail::wait& wait)
{
    const input_queue& from = inputs_[port.index()];
    if (wait.until == clock::time_point::max() || wait.purpose != detail::purpose::single ||
        wait.stop_at_request_end || from.exhausted())
        return std::nullopt;
    comeback& state = comebacks_[port.index()];
    const auto now = clock::now();
    const packet* const next = from.retries().due(now);
    return state.window.closed_until(now, wait.until,
                                     state.alone && inputs_.in_hand().has_watched(),
                                     next != nullptr && comes_alone(from, *next));
}

void node_retry::timed_out(const input& port) noexcept
{
    comeback& state = comebacks_[port.index()];
    state.alone = false;
    state.window.timed_out();
}

std::optional<detail::arrival> node_retry::refill(input& port, const detail::wait& wait)
{
    input_queue& from = inputs_[port.index()];
    comeback& state = comebacks_[port.index()];
    const bool by_request = wait.stop_at_request_end;
    const bool for_batch = wait.purpose == detail::purpose::batch_more;
    looked_at_ = clock::now();
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
    if (from.retries().holds_keys())
        from.set_aside([this](const edge_end& freed) { inputs_.tell_freed(freed); });
    const packet* next = from.retries().empty() ? nullptr : from.retries().due(looked_at_);
    if (by_request)
    {
        if (!state.in_request && next != nullptr && from.mid_request() && from.edges_exhausted())
        {
            from.end_last();
            return detail::arrival::request_end;
        }
        if (!state.in_request && (next == nullptr || from.mid_request()))
            return std::nullopt;
        if (next == nullptr ||
            (state.in_request &&
             (comes_alone(from, *next) || from.retries().due_request() != state.request)))
        {
            state.in_request = false;
            return detail::arrival::request_end;
        }
        state.in_request = true;
        state.request = from.retries().due_request();
        state.alone = comes_alone(from, *next);
    }
    else
    {
        state.in_request = false;
        if (next == nullptr)
            return std::nullopt;
        if (comes_alone(from, *next) && for_batch)
            return std::nullopt;
        state.alone = comes_alone(from, *next);
    }
    from.next_retry(port);
    inputs_.open(from, port);
    if (state.alone)
    {
        last_alone_ = access::receive(from.span().front());
        inputs_.in_hand().watch(from.span().front());
    }
    else
        state.window.handed_out();
    return detail::arrival::packets;
}

void node_retry::start_anew()
{
    comebacks_.assign(comebacks_.size(), {});
}

} // namespace penstock::host
