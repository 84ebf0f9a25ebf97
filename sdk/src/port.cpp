// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/port.hpp>

#include "deadline.hpp"
#include "name.hpp"

#include <penstock/component.hpp>
#include <penstock/detail/destruction.hpp>
#include <penstock/detail/packet_access.hpp>
#include <penstock/parameter.hpp>

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

namespace penstock
{

namespace
{

constexpr std::size_t most_ports = std::numeric_limits<std::uint16_t>::max();

// The storage of a batch that was sent on is that of the thread's next one: to have it from malloc()
// and to give it back took 10 instructions a packet.
thread_local std::vector<packet> spare;
constexpr std::size_t most_spare = 1024; // packets

[[noreturn]] void refuse(std::string_view kind, const std::string& name, std::string_view why)
{
    throw std::invalid_argument(std::string(kind) + " \"" + name + "\": " + std::string(why));
}

// Gives the reason why a component cannot have this output too; empty when it can.
std::string_view problem_of_output(const std::vector<output*>& others, const std::string& name)
{
    if (!detail::is_name(name))
        return "is no name of a port; [a-z][a-z0-9_]* was expected";
    if (name == "error")
        return "names the port that every node has; another name was expected";
    if (std::any_of(others.begin(), others.end(),
                    [&](const output* other) { return other->name() == name; }))
        return "names an output twice; another name was expected";
    if (others.size() == most_ports)
        return "is one output too many; at most 65535 were expected";
    return {};
}

// Refuses what nobody carries out: a port works in run() alone, in the fiber of its component.
[[noreturn]] void refuse_call(std::string_view kind, const std::string& name, std::string_view call,
                              const detail::runtime* runtime)
{
    throw std::logic_error(
        std::string(kind) + " \"" + name + "\": " + std::string(call) +
        (runtime == nullptr ? " outside of run(); a running component was expected"
         : detail::outside_of() != nullptr
             ? " inside blocking; a call from run() was expected"
             : " outside of its component's own fiber; a call from run() was expected"));
}

} // namespace

input::input(component& owner, std::string_view name, presence presence, std::string_view help)
    : port(std::string(name), std::string(help)), presence_(presence)
{
    std::vector<input*>& inputs = detail::component_access::members(owner).inputs;
    if (!detail::is_name(name))
        refuse("input", this->name(), "is no name of a port; [a-z][a-z0-9_]* was expected");
    if (std::any_of(inputs.begin(), inputs.end(),
                    [&](const input* other) { return other->name() == name; }))
        refuse("input", this->name(), "names an input twice; another name was expected");
    if (inputs.size() == most_ports)
        refuse("input", this->name(), "is one input too many; at most 65535 were expected");
    index_ = static_cast<std::uint16_t>(inputs.size());
    inputs.push_back(this);
}

received input::receive_until(std::chrono::steady_clock::time_point deadline)
{
    if (next_ == end_)
    {
        const detail::arrival why = refill({.until = deadline});
        if (why != detail::arrival::packets)
            return received(why);
    }
    return received(take());
}

batch input::receive_some(std::size_t count, std::chrono::milliseconds window, std::uint64_t bytes)
{
    if (next_ == end_ &&
        refill({.purpose = detail::purpose::batch_begin}) != detail::arrival::packets)
        return batch(false);
    batch some(true);
    some.swap(spare);
    count = std::max<std::size_t>(count, 1);
    std::uint64_t taken = 0;
    const auto is_full = [&] { return some.size() >= count || (bytes != 0 && taken >= bytes); };
    const auto take_span = [&]
    {
        const std::size_t size =
            std::min(count - some.size(), static_cast<std::size_t>(end_ - next_));
        if (some.size() + size > some.capacity())
            some.reserve(std::max(some.size() + size, std::min(count, 2 * some.size())));
        if (bytes == 0)
        {
            // One by one, they took 40 instructions each.
            some.insert(some.end(), std::move_iterator(next_), std::move_iterator(next_ + size));
            next_ += size;
            return;
        }
        for (std::size_t i = 0; i < size && !is_full(); ++i)
        {
            some.push_back(take());
            taken += detail::packet_access::size_of(some.back());
        }
    };
    take_span();
    if (is_full())
        return some;
    const std::chrono::steady_clock::time_point deadline =
        detail::deadline_after(runtime_->now(), window);
    while (!is_full() &&
           (next_ != end_ || refill({.until = deadline, .purpose = detail::purpose::batch_more}) ==
                                 detail::arrival::packets))
        take_span();
    return some;
}

std::span<packet> input::receive_span(std::size_t count)
{
    if (next_ == end_ &&
        refill({.purpose = detail::purpose::batch_begin}) != detail::arrival::packets)
        return {};
    const auto there = static_cast<std::size_t>(end_ - next_);
    lent_ = {next_, std::clamp<std::size_t>(count, 1, there)};
    next_ += lent_.size();
    // Every receive is a refill then, which ends the loan.
    rest_ = static_cast<std::size_t>(end_ - next_);
    end_ = next_;
    return lent_;
}

void input::end_loan() noexcept
{
    end_ += std::exchange(rest_, 0);
    const std::span<packet> lent = std::exchange(lent_, {});
    // As a rule all were moved from: to find that out is most of what this takes. In the loop that
    // lets go of them it took 0.2 ns a packet more; by a pointer that others use too, 0.9 ns.
    const auto left =
        std::find_if_not(lent.begin(), lent.end(),
                         [](const packet& each) { return detail::packet_access::is_none(each); });
    for (packet& each : std::span<packet>(left, lent.end()))
        const packet gone = std::move(each);
}

void input::refuse_while_lent() const
{
    if (!std::all_of(lent_.begin(), lent_.end(),
                     [](const packet& each) { return detail::packet_access::is_none(each); }))
        throw std::logic_error("input \"" + name() +
                               "\": blocking work, or a state's, while packets are left where "
                               "receive_span() lent them; that each was moved was expected");
}

batch input::receive_request()
{
    batch request(true);
    for (;;)
    {
        if (next_ == end_)
        {
            const detail::arrival why = refill({.stop_at_request_end = true});
            if (why == detail::arrival::request_end)
                return request;
            if (why != detail::arrival::packets)
                return request.empty() ? batch(false) : std::move(request);
        }
        request.push_back(take());
    }
}

detail::arrival input::refill(const detail::wait& wait)
{
    if (runtime_ == nullptr || detail::current() != runtime_) [[unlikely]]
    {
        if (detail::is_late("input \"" + name() + "\": receives"))
            return detail::arrival::closed;
        refuse_call("input", name(), "receives", runtime_);
    }
    detail::port_access::end_loan(*this);
    return next_ != end_ ? detail::arrival::packets : runtime_->refill(*this, wait);
}

output::output(component& owner, std::string_view name, std::string_view help)
    : port(std::string(name), std::string(help))
{
    std::vector<output*>& outputs = detail::component_access::members(owner).outputs;
    if (const std::string_view wrong = problem_of_output(outputs, this->name()); !wrong.empty())
        refuse("output", this->name(), wrong);
    index_ = static_cast<std::uint16_t>(outputs.size());
    outputs.push_back(this);
}

void output::refuse_none() const
{
    const std::string what = "output \"" + name() + "\": sends a packet that was moved from";
    if (!detail::is_late(what))
        throw std::logic_error(what + "; one in hand was expected");
}

void output::send(batch&& some)
{
    send(std::span<packet>(some));
    some.clear();
    if (spare.capacity() < some.capacity() && some.capacity() <= most_spare)
        spare.swap(some);
}

void output::send(std::span<packet> some)
{
    packet* next = some.data();
    packet* const end = next + some.size();
    while (next != end)
    {
        if (detail::packet_access::is_none(*next))
        {
            ++next;
            continue;
        }
        if (next_ == end_)
            make_room(); // and at least this one goes there
        packet* slot = next_;
        for (packet* const last = next + std::min(end - next, end_ - slot); next != last; ++next)
            if (!detail::packet_access::is_none(*next)) [[likely]]
                std::construct_at(slot++, std::move(*next));
        next_ = slot;
    }
}

void output::make_room()
{
    if (runtime_ == nullptr || detail::current() != runtime_) [[unlikely]]
    {
        if (detail::destruction* const now = detail::destruction::current())
            return now->make_room(*this);
        refuse_call("output", name(), "sends", runtime_);
    }
    runtime_->make_room(*this);
}

struct output_family::state
{
    component& owner;
    std::optional<parameter<std::vector<std::string>>> names;    // of the ports, or
    std::optional<parameter<std::vector<json::object>>> objects; // what names them, by
    std::string member;                                          // this member
    std::vector<std::unique_ptr<output>> outputs;

    const parameter_base& declared() const
    {
        return names ? static_cast<const parameter_base&>(*names) : *objects;
    }

    std::vector<std::string> port_names() const
    {
        if (names)
            return **names;
        std::vector<std::string> list;
        for (const json::object& each : **objects)
            list.emplace_back(std::string_view(each.at(member).as_string()));
        return list;
    }
};

output_family::output_family(component& owner, std::string_view name,
                             std::vector<std::string> fallback, std::string_view help)
    : state_(new state{owner, {}, {}, {}, {}})
{
    state_->names.emplace(owner, name, std::move(fallback), help);
    detail::component_access::members(owner).families.push_back(this);
}

output_family::output_family(component& owner, std::string_view name, members each,
                             std::string_view port, std::string_view help)
    : state_(new state{owner, {}, {}, std::string(port), {}})
{
    state_->objects.emplace(owner, name, no_default, help, std::move(each));
    detail::component_access::members(owner).families.push_back(this);
}

output_family::~output_family() = default;

const std::string& output_family::name() const noexcept
{
    return state_->declared().name();
}

std::size_t output_family::size() const noexcept
{
    return state_->outputs.size();
}

output& output_family::operator[](std::size_t n)
{
    return *state_->outputs[n];
}

output* output_family::find(std::string_view name)
{
    for (const std::unique_ptr<output>& each : state_->outputs)
        if (each->name() == name)
            return each.get();
    return nullptr;
}

const std::vector<json::object>& output_family::items() const noexcept
{
    static const std::vector<json::object> none;
    return state_->objects ? **state_->objects : none;
}

void output_family::make_outputs()
{
    std::vector<output*>& outputs = detail::component_access::members(state_->owner).outputs;
    for (const std::string& name : state_->port_names())
    {
        if (const std::string_view wrong = problem_of_output(outputs, name); !wrong.empty())
            throw parameter_error('"' + name + "\" " + std::string(wrong));
        auto made = std::unique_ptr<output>(new output(name, state_->declared().help()));
        made->index_ = static_cast<std::uint16_t>(outputs.size());
        outputs.push_back(made.get());
        state_->outputs.push_back(std::move(made));
    }
}

} // namespace penstock
