// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/state.hpp>

#include <penstock/detail/destruction.hpp>
#include <penstock/detail/packet_access.hpp>

#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace penstock
{

namespace
{

void require_running(const component& owner, const char* call)
{
    const detail::component_members& members = detail::component_access::members(owner);
    if (members.runtime == nullptr || !members.is_state_loaded)
        throw std::logic_error(std::string("state: ") + call +
                               " before run(); a running component was expected");
    if (detail::current() != members.runtime)
        throw std::logic_error(std::string("state: ") + call +
                               " from outside of its component's own fiber; a call from run() was "
                               "expected");
}

// The key that keeps the packet in order.
std::string key_of(const packet& packet)
{
    std::set<std::string> keys;
    if (const detail::lineage* const receipts = detail::packet_access::receipts(packet))
        receipts->keys([](void* all, std::string_view key)
                       { static_cast<std::set<std::string>*>(all)->emplace(key); },
                       &keys);
    if (keys.size() != 1)
        throw std::runtime_error(keys.empty()
                                     ? "state: the packet has no key; one with the meta that "
                                       "partition_by names was expected"
                                     : "state: the packet was joined from several keys; one was "
                                       "expected");
    return *keys.begin();
}

} // namespace

state::state(component& owner, json::value fallback) : owner_(owner), value_(std::move(fallback))
{
    detail::component_members& members = detail::component_access::members(owner);
    if (members.state != nullptr)
        throw std::invalid_argument("state: is a second one of its component; one was expected");
    members.state = this;
}

json::value& state::operator*()
{
    if (detail::destruction::current() == nullptr)
        require_running(owner_, "read");
    return value_;
}

void state::save()
{
    if (detail::is_late("state: saved"))
        return;
    require_running(owner_, "saved");
    detail::current()->save_state({}, value_);
}

/// The values of the keys that came last.
struct keyed_state::cache
{
    std::map<std::string, json::value, std::less<>> values;
    json::value late; // of a destructor
};

keyed_state::keyed_state(component& owner, json::value fallback)
    : owner_(owner), fallback_(std::move(fallback)), cache_(std::make_unique<cache>())
{
    detail::component_members& members = detail::component_access::members(owner);
    if (members.keyed_state != nullptr)
        throw std::invalid_argument("state: is a second one by key of its component; one was "
                                    "expected");
    members.keyed_state = this;
}

keyed_state::~keyed_state() = default;

json::value& keyed_state::of(const packet& packet)
{
    constexpr std::size_t most_values = 1000; // in memory
    if (detail::is_late("state: read by key"))
        return cache_->late = fallback_;
    require_running(owner_, "read");
    std::string key = key_of(packet);
    auto& values = cache_->values;
    if (const auto found = values.find(key); found != values.end())
        return found->second;
    json::value kept = detail::current()->load_state(key).value_or(fallback_);
    if (values.size() == most_values)
        values.clear(); // they are on disk
    return values.insert_or_assign(std::move(key), std::move(kept)).first->second;
}

void keyed_state::save(const packet& packet)
{
    if (detail::is_late("state: saved by key"))
        return;
    json::value& value = of(packet);
    detail::current()->save_state(key_of(packet), value);
}

std::string data_directory()
{
    const detail::runtime* const runtime = detail::current();
    if (runtime == nullptr)
        throw std::logic_error("data_directory: called from outside of a component's own fiber; a "
                               "call from start() or run() was expected");
    std::string folder = runtime->data_directory();
    if (folder.empty())
        throw std::runtime_error("there is no data directory; a host that has one was expected");
    return folder;
}

namespace detail
{

void component_access::load_state(component& c, runtime& from)
{
    component_members& members = *c.members_;
    if (members.state != nullptr)
        if (std::optional<json::value> kept = from.load_state({}))
            members.state->value_ = *std::move(kept);
    members.is_state_loaded = true;
}

} // namespace detail
} // namespace penstock
