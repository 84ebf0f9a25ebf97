// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "fields/field_store.hpp"

#include <penstock/detail/recycled.hpp>
#include <penstock/packet.hpp>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#ifdef PENSTOCK_ASSERTS_LANES
#include <thread>
#endif

namespace penstock::detail
{

using name_set = std::set<std::string, std::less<>>;

/// The count of packets that share meta; parents and children do until one of them writes. [one
/// lane]
class shared_meta
{
public:
    shared_meta() = default;

    shared_meta(const shared_meta& other) noexcept : counted_(other.counted_)
    {
        if (counted_ != nullptr)
            ++counted_->references;
    }

    shared_meta& operator=(const shared_meta&) = delete;

    ~shared_meta() { clear(); }

    [[nodiscard]] const field_store& read() const noexcept;
    [[nodiscard]] field_store& write();

    void clear() noexcept
    {
        if (counted_ != nullptr && --counted_->references == 0)
            delete counted_;
        counted_ = nullptr;
    }

    [[nodiscard]] bool is_unique() const noexcept
    {
        return counted_ == nullptr || counted_->references == 1;
    }

private:
    struct counted final : recycled
    {
        counted() = default;
        explicit counted(const field_store& copied) : content(copied) {}

        field_store content;
        std::uint32_t references = 1;
    };

    counted* counted_ = nullptr;
};

/// What the handles of a packet and its fan-out copies share. [one lane]
struct packet_body final : recycled
{
    packet_body() = default;

    explicit packet_body(const shared_meta& inherited) : meta(inherited) {}

    packet_body(const packet_body& other);
    packet_body& operator=(const packet_body&) = delete;

    /// Copies what belongs to the fields, and the data; not the id, not the packet's meta.
    void copy_content(const packet_body& other, keep_meta with_field_meta);

    [[nodiscard]] bool is_one_list(std::string_view field) const noexcept
    {
        return one_list && one_list->contains(field);
    }

    void mark_one_list(std::string_view field, bool is_one);

    void set_field_meta(std::string_view field, json::object meta);
    bool erase_field_meta(std::string_view field);

    std::uint32_t references = 1; // not atomic: a body never leaves its lane while it is shared

    /// Of a packet made in a node: see packet_access::parent_receive().
    std::uint32_t parent_receive = 0;
    packet_id id;
    field_store fields;
    shared_meta meta;

    // Both are rare. No field meta is empty, no set is: equal packets have equal parts.
    std::unique_ptr<json::object> field_meta;
    std::unique_ptr<name_set> one_list; // fields whose array is one value, not a list of values

    bytes data;

#ifdef PENSTOCK_ASSERTS_LANES
    std::thread::id lane; // where it was given its receipts; packages never see this layout
#endif
};

/// Makes this thread the lane of a body that is given receipts. Nothing unless debugging.
inline void enter_lane([[maybe_unused]] packet_body& body) noexcept
{
#ifdef PENSTOCK_ASSERTS_LANES
    body.lane = std::this_thread::get_id();
#endif
}

/// Assigns a child to the lane of its parent. Does nothing in release builds.
inline void stay_in_lane([[maybe_unused]] packet_body& child,
                         [[maybe_unused]] const packet_body& parent) noexcept
{
#ifdef PENSTOCK_ASSERTS_LANES
    child.lane = parent.lane;
#endif
}

/// Ends the program, with a word, unless this thread is the lane of a body with receipts. Nothing
/// unless debugging.
#ifdef PENSTOCK_ASSERTS_LANES
void assert_lane(const packet_body& body, const lineage* receipts) noexcept;
#else
inline void assert_lane(const packet_body& /*body*/, const lineage* /*receipts*/) noexcept {}
#endif

inline void drop(packet_body* body) noexcept
{
    if (--body->references == 0)
        delete body;
}

inline const json::object& no_members() noexcept
{
    static const json::object none;
    return none;
}

} // namespace penstock::detail
