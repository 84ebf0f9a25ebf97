// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "text_fields.hpp"

#include "../json/json_scan.hpp"
#include "../json/member_walk.hpp"
#include "../json/unescape.hpp"
#include "made_once.hpp"
#include "text_value.hpp"
#include "value_bytes.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace penstock::detail
{

namespace
{

// Of text that is not in use, so many bytes may stay, or as many as are in use.
constexpr std::size_t most_unused = 4096;

// What names that come later find room in, without a copy of the text.
constexpr std::size_t room_for_names = 64;

// Whether JSON has a name as it is.
bool is_plain(std::string_view name) noexcept
{
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; });
}

} // namespace

std::unique_ptr<text_fields> text_fields::of(std::string_view object)
{
    if (object.size() > std::numeric_limits<std::int32_t>::max())
        return nullptr;
    std::unique_ptr<text_fields> made(new text_fields);
    reading how = made->read(object);
    if (how == reading::spaced)
    {
        made.reset(new text_fields);
        how = made->read(without_spaces(object));
    }
    if (how == reading::too_many)
        return nullptr;
    made->tidy();
    return made;
}

text_fields::reading text_fields::read(std::string_view object)
{
    constexpr std::size_t usual = 16;
    members_.reserve(usual);
    text_.reserve(object.size() + room_for_names);
    text_ = object;
    const auto part_of = [&](std::string_view text)
    {
        return text_part{static_cast<std::uint32_t>(text.data() - object.data()),
                         static_cast<std::uint32_t>(text.size())};
    };
    member_walk walk(object);
    while (walk.next())
    {
        if (walk.is_spaced())
            return reading::spaced;
        text_member* const to = find_or_read(walk.key(), part_of(walk.key()));
        if (to == nullptr)
            return reading::too_many;
        delete std::exchange(to->value, nullptr);
        to->text = {};
        if (walk.has_object() && repeats_key(walk.value()))
            to->value = new json::value(value_of_text(walk.value()));
        else
            to->text = part_of(walk.value());
    }
    return reading::done;
}

// Null if there are as many as stay text.
text_member* text_fields::find_or_read(std::string_view key, text_part of)
{
    if (key.find('\\') != std::string_view::npos)
        return find_or_add(unescaped(key));
    const std::size_t at = index_of(key);
    if (at == most)
        return nullptr;
    if (at == members_.size())
        members_.push_back({of, {}, true, nullptr});
    return &members_[at];
}

text_fields::text_fields(const text_fields& other)
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
            members_.push_back({each.name, each.text, each.is_plain, value});
        }
    }
    catch (...)
    {
        clear();
        throw;
    }
}

text_fields::~text_fields()
{
    clear();
}

void text_fields::clear() noexcept
{
    delete all_;
    for (const text_member& each : members_)
        delete each.value;
}

std::size_t text_fields::index_of(std::string_view name) const noexcept
{
    std::size_t n = 0;
    while (n < members_.size() && members_[n].name.of(text_) != name)
        ++n;
    return n;
}

const json::value* text_fields::find(std::string_view name) const
{
    const std::size_t at = index_of(name);
    return at != members_.size() ? &value_of(members_[at]) : nullptr;
}

const json::value& text_fields::value_of(const text_member& of) const
{
    if (const json::object* const values = if_made(of.value) == nullptr ? if_made(all_) : nullptr)
        return values->at(of.name.of(text_));
    return make_once(of.value, [&] { return value_of_text(of.text.of(text_)); });
}

bool text_fields::is_list(std::string_view name) const noexcept
{
    const std::size_t at = index_of(name);
    if (at == members_.size())
        return false;
    const text_member& of = members_[at];
    return of.text.size != 0 ? text_[of.text.at] == '[' : of.value->is_array();
}

json::value& text_fields::change(std::string_view name)
{
    text_member& of = members_[index_of(name)];
    const json::value& asked = value_of(of);
    if (of.value == nullptr)
        of.value = new json::value(asked);
    forget_all();
    of.text = {};
    tidy();
    return *of.value;
}

bool text_fields::put(std::string_view name, json::value&& value)
{
    auto kept = std::make_unique<json::value>(std::move(value));
    text_member* const to = find_or_add(name);
    if (to == nullptr)
    {
        value = std::move(*kept);
        return false;
    }
    delete std::exchange(to->value, kept.release());
    to->text = {};
    forget_all();
    tidy();
    return true;
}

bool text_fields::put_text(std::string_view name, std::string_view text)
{
    constexpr std::size_t most_bytes = std::numeric_limits<std::int32_t>::max();
    if (text_.size() + 2 * name.size() + text.size() > most_bytes)
        return false;
    text_member* const to = find_or_add(name);
    if (to == nullptr)
        return false;
    text_ += ",\""; // as it stood where it came from: runs of members are copied at once
    to->name = add(name);
    text_ += "\":";
    to->text = add(text);
    delete std::exchange(to->value, nullptr);
    forget_all();
    tidy();
    return true;
}

bool text_fields::copy(std::string_view from, std::string_view to)
{
    const std::size_t source = index_of(from);
    std::unique_ptr<json::value> value;
    if (members_[source].text.size == 0)
        value = std::make_unique<json::value>(*members_[source].value);
    text_member* const target = find_or_add(to);
    if (target == nullptr)
        return false;
    target->text = members_[source].text;
    delete std::exchange(target->value, value.release());
    forget_all();
    tidy();
    return true;
}

void text_fields::erase(std::string_view name)
{
    const std::size_t at = index_of(name);
    delete members_[at].value;
    members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(at));
    forget_all();
    tidy();
}

text_part text_fields::add(std::string_view text)
{
    const text_part added{static_cast<std::uint32_t>(text_.size()),
                          static_cast<std::uint32_t>(text.size())};
    text_ += text;
    return added;
}

// Null if there are as many as stay text.
text_member* text_fields::find_or_add(std::string_view name)
{
    const std::size_t at = index_of(name);
    if (at == members_.size())
    {
        if (at == most || name.size() > std::numeric_limits<std::int32_t>::max() - text_.size())
            return nullptr;
        const text_part added = add(name);
        text_member& made = members_.emplace_back();
        made.name = added;
        made.is_plain = is_plain(name);
    }
    return &members_[at];
}

std::vector<std::string_view> text_fields::names() const
{
    std::vector<std::string_view> names;
    names.reserve(members_.size());
    for (const text_member& each : members_)
        names.push_back(each.name.of(text_));
    return names;
}

const json::object& text_fields::all() const
{
    return make_once(all_, [this] { return values(); });
}

json::value text_fields::copy_of(std::string_view name) const
{
    const text_member& of = members_[index_of(name)];
    const json::value* const made = if_made(of.value);
    return made != nullptr ? *made : value_of_text(of.text.of(text_));
}

json::object text_fields::values() const
{
    json::object values;
    values.reserve(members_.size());
    for (const text_member& each : members_)
    {
        const json::value* const value = if_made(each.value);
        values.emplace(each.name.of(text_),
                       value != nullptr ? *value : value_of_text(each.text.of(text_)));
    }
    return values;
}

void text_fields::write(std::string& out) const
{
    write_members(members_, text_, out);
}

std::uint64_t text_fields::bytes() const noexcept
{
    std::uint64_t bytes = text_.size();
    for (const text_member& each : members_)
        if (const json::value* const value = if_made(each.value))
            bytes += bytes_of(*value);
    if (const json::object* const values = if_made(all_))
        bytes += bytes_of(*values);
    return bytes;
}

void text_fields::forget_all() noexcept
{
    delete std::exchange(all_, nullptr);
}

// Lets go of text that no field has any more, if it is much.
void text_fields::tidy()
{
    if (text_.size() <= most_unused)
        return;
    std::size_t used = 0;
    for (const text_member& each : members_)
        used += each.name.size + each.text.size;
    if (text_.size() <= used + std::max(used, most_unused))
        return;
    constexpr std::string_view opening = ",\"";
    constexpr std::string_view between = "\":";
    std::string kept;
    kept.reserve(used + members_.size() * (opening.size() + between.size()) + room_for_names);
    for (const text_member& each : members_)
        kept.append(opening)
            .append(each.name.of(text_))
            .append(between)
            .append(each.text.of(text_));
    text_ = std::move(kept);
    std::size_t at = 0;
    for (text_member& each : members_)
    {
        each.name.at = static_cast<std::uint32_t>(at += opening.size());
        each.text.at = static_cast<std::uint32_t>(at += each.name.size + between.size());
        at += each.text.size;
    }
}

} // namespace penstock::detail
