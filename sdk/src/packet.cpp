// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/packet.hpp>

#include "joined_lineage.hpp"
#include "moved_from.hpp"
#include "packet_body.hpp"

#include <penstock/detail/destruction.hpp>
#include <penstock/detail/packet_access.hpp>
#include <penstock/detail/runtime.hpp>

#include <memory>
#include <stdexcept>
#include <utility>

namespace penstock
{

using access = detail::packet_access;

packet::packet() : body_(new detail::packet_body) {}

packet::packet(json::object fields) : packet()
{
    body_->fields.assign(std::move(fields));
}

packet_id packet::id() const noexcept
{
    return body_->id;
}

packet packet::derive() const
{
    if (body_ == nullptr) [[unlikely]]
    {
        if (detail::is_late("derive: called for a packet that was moved from"))
            return packet{nothing{}};
        detail::refuse_moved_from(*this, "derive");
    }
    const auto* runtime = detail::current();
    if (runtime == nullptr && detail::outside_of() != nullptr)
        throw std::logic_error("derive: called inside blocking; a call from run() was expected");
    detail::assert_lane(*body_, lineage_);
    packet child{nothing{}};
    child.body_ = new detail::packet_body(body_->meta);
    detail::stay_in_lane(*child.body_, *body_);
    // The port is part of the ordinal: copies of one packet may come in by two ports of one node.
    const std::uint32_t number = access::children(*this);
    const std::uint64_t ordinal = (std::uint64_t{access::port(*this)} << 32) | number;
    child.body_->id = detail::packet_access::child_id(
        body_->id, runtime != nullptr ? runtime->node_key() : 0, ordinal);
    const std::uint32_t receive = access::receive(*this);
    numbers_ = (std::uint64_t{number + 1} << access::children_shift) | receive;
    child.body_->parent_receive = receive != 0 ? receive : body_->parent_receive;
    child.marks_ = marks_ & access::via_error;
    child.lineage_ = lineage_;
    if (lineage_ != nullptr)
        lineage_->retain();
    return child;
}

packet packet::clone(keep_meta meta) const
{
    if (body_ == nullptr && detail::is_late("clone: called for a packet that was moved from"))
        return packet{nothing{}};
    detail::refuse_moved_from(*this, "clone");
    // Until its content is complete the child has no receipts: a throw here ends nothing.
    auto content = std::make_unique<detail::packet_body>(
        meta == keep_meta::yes ? body_->meta : detail::shared_meta{});
    content->copy_content(*body_, meta);

    packet child = derive();
    content->id = child.body_->id;
    content->parent_receive = child.body_->parent_receive;
    detail::stay_in_lane(*content, *body_);
    detail::drop(std::exchange(child.body_, content.release()));
    return child;
}

void packet::join(packet&& other)
{
    if ((body_ == nullptr || other.body_ == nullptr) &&
        detail::is_late("join: called for a packet that was moved from"))
        return;
    detail::refuse_moved_from(*this, "join");
    detail::refuse_moved_from(other, "join");
    if (this == &other)
        throw std::logic_error("join: a packet is given to itself; another was expected");
    detail::assert_lane(*body_, lineage_);
    detail::assert_lane(*other.body_, other.lineage_);
    if (auto* runtime = detail::current())
        runtime->consumed(other);
    if (other.lineage_ != nullptr)
    {
        detail::stay_in_lane(*body_, *other.body_);
        // They do not carry these receipts.
        numbers_ |= std::uint64_t{access::without_heirs} << access::children_shift;
        if (lineage_ == nullptr)
            lineage_ = other.lineage_;
        else
            lineage_ = detail::join(*lineage_, *other.lineage_);
        other.lineage_ = nullptr;
    }
    // A packet that gathers a failed one counts as failed: a failure is never hidden.
    marks_ |= (other.marks_ & access::via_error) | access::joined;
    detail::drop(std::exchange(other.body_, nullptr));
}

void packet::release(detail::packet_body* body, detail::lineage* lineage, std::uint64_t numbers,
                     std::uint32_t marks) noexcept
{
    if (lineage == nullptr)
        return detail::drop(body);
    auto* const runtime = detail::current();
    auto* const outside = detail::outside_of();
    if (runtime == nullptr && outside == nullptr)
    {
        // It is unknown how it ended, so its request stays pending.
        detail::assert_lane(*body, lineage);
        detail::drop(body); // first: the request may go to another thread, which has a share of it
        lineage->abandon();
        return lineage->release();
    }
    packet unsaid{nothing{}};
    unsaid.body_ = body;
    unsaid.lineage_ = lineage;
    unsaid.numbers_ = numbers;
    unsaid.marks_ = marks;
    if (runtime != nullptr)
    {
        detail::assert_lane(*body, lineage);
        runtime->hand_back(std::move(unsaid));
    }
    else
        outside->hand_back_outside(std::move(unsaid));
    access::destroy(unsaid); // if it was not taken
}

detail::packet_body& packet::own()
{
    if (body_->references > 1) [[unlikely]]
        copy_body();
    return *body_;
}

void packet::copy_body()
{
    auto* copy = new detail::packet_body(*body_);
    detail::stay_in_lane(*copy, *body_);
    --body_->references;
    body_ = copy;
}

const bytes& packet::data() const noexcept
{
    return body_->data;
}

void packet::set_data(bytes data)
{
    own().data = std::move(data);
}

void packet::clear_data()
{
    if (!body_->data.empty())
        own().data = {};
}

bool operator==(const packet& a, const packet& b)
{
    const auto equal = [](const auto& x, const auto& y) { return x && y ? *x == *y : !x && !y; };
    const auto& one = *a.body_;
    const auto& two = *b.body_;
    return &one == &two || (one.fields == two.fields && equal(one.one_list, two.one_list) &&
                            one.meta.read() == two.meta.read() &&
                            equal(one.field_meta, two.field_meta) && one.data == two.data);
}

} // namespace penstock
