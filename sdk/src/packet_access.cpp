// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/packet_access.hpp>

#include "packet_body.hpp"

#include <utility>

namespace penstock::detail
{

namespace
{

std::uint64_t bytes_of(const json::value& value) noexcept
{
    constexpr std::uint64_t bytes_of_a_scalar = 8;
    std::uint64_t bytes = bytes_of_a_scalar;
    if (const json::string* text = value.if_string())
        bytes += text->size();
    else if (const json::array* list = value.if_array())
        for (const json::value& each : *list)
            bytes += bytes_of(each);
    else if (const json::object* object = value.if_object())
        for (const auto& [name, each] : *object)
            bytes += name.size() + bytes_of(each);
    return bytes;
}

std::uint64_t bytes_of(const json::object& object) noexcept
{
    std::uint64_t bytes = 0;
    for (const auto& [name, value] : object)
        bytes += name.size() + bytes_of(value);
    return bytes;
}

} // namespace

std::uint64_t packet_access::size_of(const packet& p) noexcept
{
    return p.data().size() + bytes_of(p.fields()) + bytes_of(p.meta());
}

std::uint32_t packet_access::parent_receive(const packet& p) noexcept
{
    return p.body_->parent_receive;
}

void packet_access::attach(packet& p, lineage& receipts) noexcept
{
    enter_lane(*p.body_);
    receipts.retain();
    p.lineage_ = &receipts;
}

lineage* packet_access::detach(packet& p) noexcept
{
    return std::exchange(p.lineage_, nullptr);
}

packet packet_access::share(const packet& p) noexcept
{
    packet other{packet::nothing{}};
    other.flags_ = p.flags_;
    if (p.body_ == nullptr)
        return other;
    assert_lane(*p.body_, p.lineage_);
    other.body_ = p.body_;
    ++other.body_->references;
    other.lineage_ = p.lineage_;
    if (other.lineage_ != nullptr)
        other.lineage_->retain();
    other.receive_ = p.receive_;
    other.port_ = p.port_;
    return other;
}

bool packet_access::is_unique(const packet& p) noexcept
{
    return p.body_->references == 1 && p.body_->meta.is_unique();
}

void packet_access::set_id(packet& p, packet_id id) noexcept
{
    p.body_->id = id;
}

void packet_access::destroy(packet& p) noexcept
{
    if (p.body_ != nullptr)
        drop(std::exchange(p.body_, nullptr));
}

} // namespace penstock::detail
