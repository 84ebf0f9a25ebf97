// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/packet_access.hpp>

#include "packet_body.hpp"

#include <utility>

namespace penstock::detail
{

std::uint64_t packet_access::size_of(const packet& p) noexcept
{
    return p.data().size() + p.body_->fields.bytes() + p.body_->meta.read().bytes();
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
    if (p.body_ == nullptr)
        return other;
    assert_lane(*p.body_, p.lineage_);
    other.body_ = p.body_;
    ++other.body_->references;
    other.lineage_ = p.lineage_;
    if (other.lineage_ != nullptr)
        other.lineage_->retain();
    other.numbers_ = receive(p);
    other.marks_ = p.marks_;
    return other;
}

bool packet_access::is_unique(const packet& p) noexcept
{
    return p.body_->references == 1 && p.body_->meta.is_unique();
}

void packet_access::begin_text_meta(packet& p)
{
    p.own().meta.write().begin_text();
}

void packet_access::write_meta(const packet& p, std::string& out)
{
    p.body_->meta.read().write(out);
}

void packet_access::set_port(packet& p, std::uint16_t input) noexcept
{
    p.marks_ = (p.marks_ & ~port_mask) | input;
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
