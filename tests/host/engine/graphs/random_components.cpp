// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graphs/random_components.hpp"

#include "tests/host/engine/graphs/graph_model.hpp"
#include "tests/host/engine/graphs/random_mergers.hpp"
#include "tests/host/engine/graphs/random_packets.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

namespace
{

using namespace std::chrono_literals;

constexpr std::size_t most_of_a_batch = 7;
constexpr std::size_t most_of_a_window = 5;
constexpr std::size_t most_of_a_large_window = 10'000; // more than there are
constexpr auto batch_wait = 1ms;
constexpr std::size_t asks_a_wait = 16; // of one who polls

} // namespace

void random_part::ask() const
{
    const std::string& file = accidents_.away;
    if (record_->is_away(number_, node_.away) || (!file.empty() && std::filesystem::exists(file)))
        throw unavailable("away for now");
}

std::uint64_t random_part::received(const packet& what) const
{
    const std::string& file = accidents_.crash;
    if (!file.empty() && std::filesystem::remove(file))
        std::raise(SIGSEGV);
    return record_->received(number_, number_in(what, "value"));
}

void random_part::delivered(const packet& what) const
{
    record_->delivered({number_, number_in(what, "request"), number_in(what, "value")});
}

void random_adapter::run()
{
    while (auto packet = in.receive())
    {
        ask();
        std::istringstream wanted{std::string(packet->data().view())};
        std::size_t request = 0;
        std::size_t count = 0;
        wanted >> request >> count;
        for (std::size_t n = 0; n < count; ++n)
        {
            auto child = packet->derive();
            child.set("request", std::to_string(request));
            out.send(with_value(std::move(child), first_value(request, n)));
        }
    }
}

void random_worker::run()
{
    switch (node_.waits)
    {
    case receiving::one:
        while (auto packet = in.receive())
            work_on(std::move(*packet), received(*packet));
        return;
    case receiving::until:
        for (std::size_t n = 0;; ++n)
        {
            const bool polls = node_.salt % 3 == 0 && n % asks_a_wait != 0;
            auto got =
                in.receive_until(std::chrono::steady_clock::now() + (polls ? 0ms : batch_wait));
            if (got.closed())
                return;
            if (got)
                work_on(std::move(*got), received(*got));
        }
    case receiving::some:
        while (auto batch = in.receive_some(most_of_a_batch, batch_wait))
            work_on(std::move(batch));
        return;
    case receiving::requests:
        while (auto batch = in.receive_request())
            work_on(std::move(batch));
    }
}

void random_worker::work_on(batch&& packets)
{
    std::vector<std::uint64_t> tries;
    for (const packet& each : packets)
        tries.push_back(received(each));
    for (std::size_t i = 0; i < packets.size(); ++i)
        work_on(std::move(packets[i]), tries[i]);
}

void random_worker::work_on(packet&& taken, std::uint64_t try_number)
{
    packet held = std::move(taken);
    ask();
    const std::uint64_t value = number_in(held, "value");
    const bool chosen = is_chosen(node_, value);
    switch (node_.does)
    {
    case act::drop:
        if (chosen)
            return drop(std::move(held));
        break;
    case act::fail:
    case act::deliver_or_fail:
        if (chosen)
            return fail(std::move(held), "chosen");
        break;
    case act::raise:
    case act::deliver_or_raise:
        if (chosen && throws_at(try_number, value))
            throw std::runtime_error("chosen");
        break;
    case act::expand:
        for (std::size_t k = 0; k < children_of(node_, value); ++k)
            out.send(child_of(held, mixed(value, k)));
        return;
    case act::copy:
        for (std::size_t k = 0; k < children_of(node_, value); ++k)
            out.send(with_value(held.clone(), mixed(value, k)));
        return;
    case act::raise_after_send:
        out.send(child_of(held, mixed(value, 0)));
        if (chosen)
            throw std::runtime_error("chosen");
        return;
    case act::block:
        if (chosen)
            blocking([] {});
        break;
    case act::pass:
        if (chosen) // a child that is joined back ends in its parent
            held.join(held.derive());
        break;
    case act::join_back:
        if (chosen)
            return join_back(std::move(held), value);
        break;
    default: break;
    }
    if (!is_publisher(node_.does))
        return out.send(std::move(held));
    delivered(held);
    deliver(std::move(held));
}

void random_worker::join_back(packet&& held, std::uint64_t value)
{
    packet child = held.derive();
    switch (joined_back_of(node_, value))
    {
    case joined_back::let_go: return held.join(std::move(child));
    case joined_back::dropped: held.join(std::move(child)); return drop(std::move(held));
    case joined_back::swapped: child.join(std::move(held)); return drop(std::move(child));
    case joined_back::replaced:
        held.join(std::move(child));
        return out.send(child_of(held, mixed(value, 0)));
    }
}

// What it sends here counts as destroyed; some were moved from, if it was cancelled while it sent.
random_window::~random_window()
{
    for (packet& each : kept_)
        if (in.receive() || node_.salt % 3 == 0)
            fail(std::move(each), "in a destructor");
        else
            out.send(std::move(each));
}

void random_window::run()
{
    std::vector<packet> on_stack;
    std::vector<packet>& window = node_.salt % 2 == 0 ? kept_ : on_stack;
    const std::size_t most = node_.salt / 2 % 4 == 0 ? most_of_a_large_window : most_of_a_window;
    for (;;)
    {
        auto got = in.receive_until(std::chrono::steady_clock::now() + batch_wait);
        if (got)
        {
            const std::uint64_t value = number_in(*got, "value");
            received(*got);
            if (node_.does == act::window_raise && is_chosen(node_, value))
                throw std::runtime_error("chosen");
            window.push_back(std::move(*got));
        }
        if (window.size() == most || (!got && !window.empty()))
            send(window);
        if (got.closed())
            return;
    }
}

void random_window::send(std::vector<packet>& window)
{
    ask();
    for (packet& each : window)
        out.send(std::move(each));
    window.clear();
}

void random_group::run()
{
    while (batch packets = in.receive_request())
    {
        if (!packets.empty())
            ask();
        sort_by_value(packets);
        for (std::size_t i = 0; i < packets.size(); i += packets_of_a_group)
        {
            packet first = std::move(packets[i]);
            for (std::size_t k = i + 1; k < std::min(packets.size(), i + packets_of_a_group); ++k)
                first = joined(std::move(first), std::move(packets[k]));
            out.send(std::move(first));
        }
    }
}

random_publisher::random_publisher() : publisher({.count = most_of_a_batch, .wait = batch_wait}) {}

void random_publisher::write(batch& items)
{
    std::vector<std::uint64_t> tries;
    for (const packet& each : items)
        tries.push_back(received(each));
    std::vector<std::size_t> unmarked;
    bool throws = false;
    for (std::size_t i = 0; i < items.size(); ++i)
    {
        ask();
        const std::uint64_t value = number_in(items[i], "value");
        if (is_chosen(node_, value) && mark_chosen(i, value, tries[i], throws))
            continue;
        if (value % 2 == 0)
        {
            delivered(items[i]);
            deliver(i);
        }
        else
            unmarked.push_back(i);
    }
    if (throws)
        throw std::runtime_error("chosen");
    for (const std::size_t i : unmarked)
        delivered(items[i]);
}

bool random_publisher::mark_chosen(std::size_t item, std::uint64_t value, std::uint64_t try_number,
                                   bool& throws)
{
    const chosen_end how = chosen_end_of(node_, value);
    if (how == chosen_end::fail)
        fail(item, "chosen");
    else if (how == chosen_end::drop)
        drop(item);
    else if (!throws_at(try_number, value))
        return false;
    else if (how == chosen_end::retry)
        retry(item, "chosen");
    else
        throws = true;
    return true;
}

namespace
{

template <class T>
std::unique_ptr<component> made(std::size_t number, const random_node& node, graph_record& record)
{
    auto part = std::make_unique<T>();
    part->be(number, node, record);
    return part;
}

} // namespace

std::unique_ptr<component> make_random_component(std::size_t number, const random_node& node,
                                                 graph_record& record)
{
    switch (node.does)
    {
    case act::adapt: return made<random_adapter>(number, node, record);
    case act::window:
    case act::window_raise: return made<random_window>(number, node, record);
    case act::group: return made<random_group>(number, node, record);
    case act::join: return made<random_join>(number, node, record);
    case act::zip: return made<random_zip>(number, node, record);
    case act::poll: return made<random_poller>(number, node, record);
    case act::publish: return made<random_publisher>(number, node, record);
    default: return made<random_worker>(number, node, record);
    }
}

} // namespace penstock::host::tests
