// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "text_members.hpp"

#include "../json/json_scan.hpp"
#include "../json/member_walk.hpp"
#include "../json/unescape.hpp"
#include "text_value.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

namespace penstock::detail
{

namespace
{

// Of text that is not in use, so many bytes may stay, or as many as are in use.
constexpr std::size_t most_unused = 4096;

// What names that come later find room in, without a copy of the text.
constexpr std::size_t room_for_names = 128;

constexpr std::size_t most_bytes = std::numeric_limits<std::int32_t>::max();

// Compares the first characters of texts of one size.
bool begins_alike(std::string_view a, std::string_view b) noexcept
{
    return b.empty() || *a.data() == *b.data();
}

// A bit that names have in common that are equal, and few others.
std::uint64_t bit_of(std::string_view name) noexcept
{
    const auto last = name.empty() ? 0U : static_cast<unsigned char>(name.back());
    return std::uint64_t{1} << ((name.size() + 7 * last) % 64);
}

// What stands before the name of a member, and between name and value.
constexpr std::string_view before_name = ",\"";
constexpr std::string_view before_value = "\":";

} // namespace

text_members::reading text_members::read(std::string_view object)
{
    if (object.size() > most_bytes)
        return reading::too_many;
    text_.reserve(object.size() + room_for_names);
    text_ = object;
    const auto part_of = [&](std::string_view text)
    {
        return text_part{static_cast<std::uint32_t>(text.data() - object.data()),
                         static_cast<std::uint32_t>(text.size())};
    };
    std::uint64_t bits = 0; // of the names so far: to look for each took 400 instructions an object
    member_walk walk(object);
    while (walk.next())
    {
        if (walk.is_spaced())
            return reading::spaced;
        std::size_t at = members_.size();
        text_member made{.name = part_of(walk.key()), .is_plain = !walk.key_has_escapes()};
        if (made.is_plain)
        {
            const std::uint64_t bit = bit_of(walk.key());
            if ((bits & bit) != 0)
                at = index_of(walk.key());
            bits |= bit;
        }
        else
        {
            const json::string name = unescaped(walk.key());
            at = index_of(name);
            bits |= bit_of(name);
            if (!has_room_for(name.size()))
                return reading::too_many;
            if (at == members_.size())
                made.name = add(name);
        }
        if (at == most)
            return reading::too_many;
        if (at == members_.size())
            members_.push_back(made);
        text_member& to = members_[at];
        if (to.value != nullptr)
            delete std::exchange(to.value, nullptr);
        to.text = {};
        if (walk.has_object() && repeats_key(walk.value()))
            to.value = new json::value(value_of_text(walk.value()));
        else
            to.text = part_of(walk.value());
        to.is_in_place =
            to.text.size != 0 && to.text.at == to.name.at + to.name.size + before_value.size();
    }
    return reading::done;
}

text_members::text_members(const text_members& other)
{
    text_.reserve(other.text_.size() + room_for_names);
    text_ = other.text_;
    members_.reserve(other.members_.size() + 1);
    try
    {
        for (const text_member& each : other.members_)
        {
            // A value beside its text may be made at this moment, on another thread.
            json::value* const value = each.text.size == 0 ? new json::value(*each.value) : nullptr;
            members_.push_back({each.name, each.text, each.is_plain, each.is_in_place, value});
        }
    }
    catch (...)
    {
        clear();
        throw;
    }
}

text_members::~text_members()
{
    clear();
}

void text_members::clear() noexcept
{
    for (const text_member& each : members_)
        delete each.value;
}

std::size_t text_members::index_of(std::string_view name) const noexcept
{
    // Few names have size and first character in common: to call memcmp() for each, and to go by
    // iterators that check themselves, took 75 instructions a look, and this takes 45.
    const std::string_view text = text_;
    const text_member* const begin = members_.data();
    const text_member* const end = begin + members_.size();
    const text_member* at = begin;
    while (at != end && (at->name.size != name.size() || !begins_alike(at->name.of(text), name) ||
                         at->name.of(text) != name))
        ++at;
    return static_cast<std::size_t>(at - begin);
}

void text_members::make_room()
{
    text_.reserve(2 * room_for_names); // the meta of most requests
}

bool text_members::put(std::string_view name, std::string_view text)
{
    const std::size_t at = index_of(name);
    const std::size_t more = before_name.size() + name.size() + before_value.size() + text.size();
    if (at == most || !has_room_for(more))
        return false;
    recycled_string former; // of which name and text may be parts
    if (text_.capacity() - text_.size() < more)
    {
        recycled_string grown;
        grown.reserve(2 * text_.size() + more);
        grown += text_;
        former = std::exchange(text_, std::move(grown));
    }
    // From here on memory runs out before anything is changed.
    if (at == members_.size())
        members_.push_back({.is_plain = is_plain(name)});
    text_member& to = members_[at];
    std::size_t end = text_.size();
    text_.resize(end + more); // as members stand in an object: runs of them are copied at once
    const auto copy = [&](std::string_view part)
    {
        const text_part copied{static_cast<std::uint32_t>(end),
                               static_cast<std::uint32_t>(part.size())};
        end += part.copy(text_.data() + end, part.size());
        return copied;
    };
    copy(before_name);
    to.name = copy(name);
    copy(before_value);
    to.text = copy(text);
    to.is_in_place = to.is_plain;
    delete std::exchange(to.value, nullptr);
    tidy();
    return true;
}

bool text_members::rename(std::string_view from, std::string_view to)
{
    if (!has_room_for(to.size()))
        return false;
    const std::size_t source = index_of(from);
    const std::size_t target = index_of(to);
    if (source == target)
        return true;
    text_member moved = members_[source];
    moved.is_in_place = false;
    if (target == members_.size())
    {
        moved.is_plain = is_plain(to); // which may be a part of the text, which moves
        moved.name = add(to);
        members_.push_back(moved);
    }
    else
    {
        moved.name = members_[target].name;
        moved.is_plain = members_[target].is_plain;
        delete std::exchange(members_[target], moved).value;
    }
    members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(source));
    tidy();
    return true;
}

void text_members::erase(std::size_t n)
{
    delete members_[n].value;
    members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(n));
    tidy();
}

text_part text_members::add(std::string_view text)
{
    const text_part added{static_cast<std::uint32_t>(text_.size()),
                          static_cast<std::uint32_t>(text.size())};
    text_ += text;
    return added;
}

// Null if there are as many as stay text.
text_member* text_members::find_or_add(std::string_view name)
{
    const std::size_t at = index_of(name);
    if (at == members_.size())
    {
        if (at == most || !has_room_for(name.size()))
            return nullptr;
        const bool plain = is_plain(name); // it may be a part of the text, which moves
        members_.push_back({.name = add(name), .is_plain = plain});
    }
    return &members_[at];
}

bool text_members::has_room_for(std::size_t bytes) const noexcept
{
    return bytes <= most_bytes - text_.size();
}

// Lets go of text that no field has any more, if it is much.
void text_members::tidy()
{
    if (text_.size() <= most_unused)
        return;
    std::size_t used = 0;
    for (const text_member& each : members_)
        used += each.name.size + each.text.size;
    if (text_.size() <= used + std::max(used, most_unused))
        return;
    recycled_string kept;
    kept.reserve(used + members_.size() * (before_name.size() + before_value.size()) +
                 room_for_names);
    for (const text_member& each : members_)
        kept.append(before_name)
            .append(each.name.of(text_))
            .append(before_value)
            .append(each.text.of(text_));
    text_ = std::move(kept);
    std::size_t at = 0;
    for (text_member& each : members_)
    {
        each.name.at = static_cast<std::uint32_t>(at += before_name.size());
        each.text.at = static_cast<std::uint32_t>(at += each.name.size + before_value.size());
        each.is_in_place = each.is_plain && each.text.size != 0;
        at += each.text.size;
    }
}

} // namespace penstock::detail
