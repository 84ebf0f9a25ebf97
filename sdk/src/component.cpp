// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/component.hpp>

#include "moved_from.hpp"

#include <penstock/detail/destruction.hpp>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace penstock
{

namespace
{

detail::runtime& required_runtime(const char* call)
{
    detail::runtime* const runtime = detail::current();
    if (runtime == nullptr)
        throw std::logic_error(std::string(call) + ": called from outside of a component's own "
                                                   "fiber; a call from run() was expected");
    return *runtime;
}

// Returns whether a destructor ends a packet that was moved from, or one of a component that never
// ran.
bool ends_nothing(const packet& given, component& owner, const char* verb) noexcept
{
    const bool is_nothing = detail::packet_access::is_none(given) ||
                            detail::component_access::members(owner).runtime == nullptr;
    return is_nothing && detail::is_late(verb);
}

// A packet that a destructor fails counts as destroyed there: to fail one suspends.
bool is_let_go(packet& given, const char* verb) noexcept
{
    if (!detail::is_late(verb))
        return false;
    given = detail::packet_access::none();
    return true;
}

// The runtime that is to end a packet of the component.
detail::runtime& ending(const packet& packet, component& owner, const char* verb)
{
    detail::runtime* const runtime = detail::component_access::members(owner).runtime;
    if (runtime == nullptr)
        throw std::logic_error(std::string(verb) +
                               ": called before run(); a running component was expected");
    if (detail::current() != runtime)
        throw std::logic_error(std::string(verb) +
                               (detail::outside_of() != nullptr
                                    ? ": called inside blocking; a call from run() was expected"
                                    : ": called from outside of a component's own fiber; "
                                      "a call from run() was expected"));
    detail::refuse_moved_from(packet, verb);
    return *runtime;
}

} // namespace

component::component() : members_(std::make_unique<detail::component_members>()) {}

component::~component() = default;

void component::deliver(packet&& packet)
{
    if (!ends_nothing(packet, *this, "deliver: called"))
        ending(packet, *this, "deliver").deliver(std::move(packet));
}

void component::drop(packet&& packet)
{
    if (!ends_nothing(packet, *this, "drop: called"))
        ending(packet, *this, "drop").drop(std::move(packet));
}

void component::fail(packet&& packet, std::string reason)
{
    if (!is_let_go(packet, "fail: called"))
        ending(packet, *this, "fail").fail(std::move(packet), std::move(reason));
}

void component::retry(packet&& packet, std::string reason)
{
    if (!is_let_go(packet, "retry: called"))
        ending(packet, *this, "retry").retry(std::move(packet), std::move(reason));
}

accepts::accepts(component& owner, std::initializer_list<std::string_view> types, triggers triggers)
{
    detail::component_members& members = detail::component_access::members(owner);
    members.accepts.insert(members.accepts.end(), types.begin(), types.end());
    members.takes_triggers = members.takes_triggers || triggers == triggers::taken;
}

accepts::accepts(component& owner, std::initializer_list<std::string_view> types,
                 const parameter<std::vector<std::string>>& further, triggers triggers)
    : accepts(owner, types, triggers)
{
    detail::component_access::members(owner).further_types.push_back(&further);
}

singleton::singleton(component& owner)
{
    detail::component_access::members(owner).singleton = true;
}

whole_replies::whole_replies(component& owner, const parameter<bool>& when)
{
    detail::component_access::members(owner).whole_replies = &when;
}

replicated_deliveries::replicated_deliveries(component& owner, const parameter<bool>& when)
{
    detail::component_access::members(owner).replicated_deliveries = &when;
}

void reply(const packet& packet)
{
    if (detail::is_late("reply: called"))
        return;
    detail::runtime& runtime = required_runtime("reply");
    detail::refuse_moved_from(packet, "reply");
    runtime.reply(packet);
}

void log(severity level, std::string_view text) noexcept
{
    detail::runtime* runtime = detail::current();
    if (runtime == nullptr)
        runtime = detail::outside_of();
    if (runtime != nullptr)
    {
        runtime->log(level, text);
        return;
    }
    constexpr std::array<const char*, 4> names{"debug", "information", "warning", "error"};
    // One call, so that lines of several threads do not mix.
    std::fprintf(stderr, "%s: %.*s\n", names[static_cast<std::size_t>(level)],
                 static_cast<int>(text.size()), text.data());
}

namespace detail
{

void component_access::connect(component& c, runtime& runtime) noexcept
{
    c.members_->runtime = &runtime;
}

void component_access::open_ports(component& c) noexcept
{
    component_members& members = *c.members_;
    for (input* each : members.inputs)
        port_access::connect(*each, *members.runtime);
    for (output* each : members.outputs)
        port_access::connect(*each, *members.runtime);
}

void component_access::close_ports(component& c) noexcept
{
    component_members& members = *c.members_;
    for (input* each : members.inputs)
    {
        port_access::forget_loan(*each);
        port_access::disconnect(*each);
    }
    for (output* each : members.outputs)
        port_access::disconnect(*each);
}

void component_access::disconnect(component& c) noexcept
{
    close_ports(c);
    c.members_->runtime = nullptr;
}

} // namespace detail
} // namespace penstock
