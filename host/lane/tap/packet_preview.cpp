// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/tap/packet_preview.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/json.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::size_t punctuation = 4; // quotes, a colon, a comma
constexpr std::size_t scalar = 8;
constexpr std::size_t most_receipts = 16; // a packet that gathered others may carry a thousand

// Copies values for as long as there is room for them.
class copier
{
public:
    explicit copier(std::size_t room) : room_(room) {}

    // Whether something did not fit.
    [[nodiscard]] bool has_cut() const noexcept { return has_cut_; }

    [[nodiscard]] bool take(std::size_t bytes) noexcept
    {
        has_cut_ = has_cut_ || bytes > room_;
        room_ -= has_cut_ ? room_ : bytes;
        return !has_cut_;
    }

    [[nodiscard]] std::string_view text(std::string_view from) noexcept
    {
        const std::size_t room = room_;
        if (take(from.size()))
            return from;
        from = from.substr(0, std::min(room, from.size()));
        while (!from.empty() && (static_cast<unsigned char>(from.back()) & 0x80U) != 0)
            from.remove_suffix(1); // perhaps not a whole character
        return from;
    }

    [[nodiscard]] json::value value(const json::value& from)
    {
        if (const auto* text_of = from.if_string())
            return take(punctuation) ? json::value(text(*text_of)) : json::value("");
        if (const auto* list = from.if_array())
            return array(*list);
        if (const auto* members = from.if_object())
            return object(*members);
        return take(scalar) ? from : json::value(nullptr);
    }

    [[nodiscard]] json::array array(const json::array& from)
    {
        json::array made;
        for (const json::value& each : from)
        {
            if (!take(1))
                break;
            made.push_back(value(each));
        }
        return made;
    }

    [[nodiscard]] json::object object(const json::object& from)
    {
        json::object made;
        for (const auto& member : from)
        {
            if (!take(member.key().size() + punctuation))
                break;
            made.emplace(member.key(), value(member.value()));
        }
        return made;
    }

private:
    std::size_t room_;
    bool has_cut_ = false;
};

void copy_fields(const packet& whole, copier& copies, packet& part)
{
    for (const auto& field : whole.fields())
    {
        if (!copies.take(field.key().size() + punctuation))
            return;
        const auto* list = field.value().if_array();
        if (list != nullptr && whole.is_multivalued(field.key()))
            part.set_values(field.key(), copies.array(*list));
        else
            part.set(field.key(), copies.value(field.value()));
        for (const auto& meta : copies.object(whole.field_meta(field.key())))
            part.set_field_meta(field.key(), meta.key(), json::value(meta.value()));
    }
}

void note_receipt(void* context, std::string_view receipt)
{
    auto& noted = *static_cast<std::vector<std::string>*>(context);
    if (noted.size() < most_receipts)
        noted.emplace_back(receipt);
}

} // namespace

packet_preview make_preview(const packet& whole, std::size_t most)
{
    copier copies(most);
    packet part;
    detail::packet_access::set_id(part, whole.id());
    for (const auto& meta : copies.object(whole.meta()))
        part.set_meta(meta.key(), json::value(meta.value()));
    copy_fields(whole, copies, part);
    const std::string_view data = whole.data().view();
    const std::string_view shown = copies.text(data);
    packet_preview made;
    made.truncated = copies.has_cut();
    if (made.truncated && !shown.empty())
        part.set_data(bytes(std::string(shown)));
    write_json(to_json(made.truncated ? part : whole), made.json);
    made.size = made.json.size() + data.size() - shown.size();
    if (const detail::lineage* from = detail::packet_access::receipts(whole))
        from->receipts(note_receipt, &made.receipts);
    return made;
}

} // namespace penstock::host
