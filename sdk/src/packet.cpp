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
    const std::uint32_t number = detail::packet_access::children(*this);
    const std::uint64_t ordinal = (std::uint64_t{port_} << 32) | number;
    child.body_->id = detail::packet_access::child_id(
        body_->id, runtime != nullptr ? runtime->node_key() : 0, ordinal);
    children_ = number + 1;
    child.body_->parent_receive = receive_ != 0 ? receive_ : body_->parent_receive;
    child.flags_ = flags_ & detail::packet_access::via_error;
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
        children_ |= detail::packet_access::without_heirs; // they do not carry these receipts
        if (lineage_ == nullptr)
            lineage_ = other.lineage_;
        else
            lineage_ = detail::join(*lineage_, *other.lineage_);
        other.lineage_ = nullptr;
    }
    // A packet that gathers a failed one counts as failed: a failure is never hidden.
    flags_ |= (other.flags_ & detail::packet_access::via_error) | detail::packet_access::joined;
    detail::drop(std::exchange(other.body_, nullptr));
}

void packet::release() noexcept
{
    if (lineage_ != nullptr)
    {
        if (auto* runtime = detail::current())
        {
            detail::assert_lane(*body_, lineage_);
            return runtime->hand_back(std::move(*this));
        }
        if (auto* runtime = detail::outside_of())
            return runtime->hand_back_outside(std::move(*this));
        // It is unknown how it ended, so its request stays pending.
        detail::assert_lane(*body_, lineage_);
        // Its body first: the request may go to another thread, which has a share of it.
        detail::lineage* const receipts = std::exchange(lineage_, nullptr);
        detail::drop(std::exchange(body_, nullptr));
        receipts->abandon();
        return receipts->release();
    }
    detail::drop(std::exchange(body_, nullptr));
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
