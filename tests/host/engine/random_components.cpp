// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/random_components.hpp"

#include "tests/host/engine/graph_model.hpp"

#include <penstock/detail/packet_access.hpp>
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
constexpr auto batch_wait = 1ms;
constexpr std::size_t asks_a_wait = 16; // of one who polls

std::uint64_t number_in(const packet& from, std::string_view field)
{
    return std::stoull(from.text(field, "0"));
}

packet with_value(packet&& of, std::uint64_t value)
{
    of.set("value", std::to_string(value));
    return std::move(of);
}

packet child_of(const packet& parent, std::uint64_t value)
{
    packet child = parent.derive();
    child.set("request", parent.text("request"));
    return with_value(std::move(child), value);
}

// As the model sorts them.
void sort_by_value(batch& packets)
{
    const auto key = [](const packet& each)
    { return std::pair(number_in(each, "value"), each.find_meta("error_reason") != nullptr); };
    std::ranges::sort(packets, {}, key);
}

// Makes one packet of two; that one of them failed is seen by the next node that sorts.
packet joined(packet&& one, packet&& other)
{
    const std::uint64_t value = mixed(number_in(one, "value"), number_in(other, "value"));
    if (const auto* why = other.find_meta("error_reason"))
        one.set_meta("error_reason", json::value(*why));
    one.join(std::move(other));
    return with_value(std::move(one), value);
}

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
    default: break;
    }
    if (!is_publisher(node_.does))
        return out.send(std::move(held));
    delivered(held);
    deliver(std::move(held));
}

// What it sends here counts as destroyed.
random_window::~random_window()
{
    for (packet& each : kept_)
        if (!detail::packet_access::is_none(each)) // it was cancelled while it sent them
            out.send(std::move(each));
}

void random_window::run()
{
    std::vector<packet> on_stack;
    std::vector<packet>& window = node_.salt % 2 == 0 ? kept_ : on_stack;
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
        if (window.size() == most_of_a_window || (!got && !window.empty()))
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

void random_join::run()
{
    for (;;)
    {
        batch left = in.receive_request();
        batch right = in2.receive_request();
        if (!left && !right)
            return;
        if (!left.empty() || !right.empty())
            ask();
        sort_by_value(left);
        sort_by_value(right);
        for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i)
            if (i >= left.size())
                out.send(std::move(right[i]));
            else if (i >= right.size())
                out.send(std::move(left[i]));
            else
                out.send(joined(std::move(left[i]), std::move(right[i])));
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
    case act::publish: return made<random_publisher>(number, node, record);
    default: return made<random_worker>(number, node, record);
    }
}

} // namespace penstock::host::tests
