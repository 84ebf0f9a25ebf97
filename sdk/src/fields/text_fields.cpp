// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "text_fields.hpp"

#include "../json/json_scan.hpp"
#include "made_once.hpp"
#include "text_value.hpp"
#include "value_bytes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace penstock::detail
{

namespace
{

// Texts up to this size are short.
constexpr std::size_t longest_short = 64;

// Whether JSON has a text as it is between quotes, and in few bytes.
bool is_short(std::string_view text) noexcept
{
    return text.size() <= longest_short && is_plain(text);
}

} // namespace

std::unique_ptr<text_fields> text_fields::none()
{
    std::unique_ptr<text_fields> made(new text_fields);
    made->members_.make_room();
    return made;
}

std::unique_ptr<text_fields> text_fields::of(std::string_view object)
{
    using reading = text_members::reading;
    std::unique_ptr<text_fields> made(new text_fields);
    reading how = made->members_.read(object);
    if (how == reading::spaced)
    {
        made.reset(new text_fields);
        how = made->members_.read(without_spaces(object));
    }
    if (how == reading::too_many)
        return nullptr;
    made->members_.tidy();
    return made;
}

text_fields::~text_fields()
{
    delete all_;
}

const json::value* text_fields::find(std::string_view name) const
{
    const std::size_t at = members_.index_of(name);
    return at != members_.size() ? &value_of(members_[at]) : nullptr;
}

const json::value& text_fields::value_of(const text_member& of) const
{
    if (const json::object* const values = if_made(of.value) == nullptr ? if_made(all_) : nullptr)
        return values->at(name_of(of));
    return make_once(of.value, [&] { return value_of_text(json_of(of)); });
}

std::optional<std::string_view> text_fields::text(std::string_view name) const
{
    const std::size_t at = members_.index_of(name);
    if (at == members_.size())
        return std::nullopt;
    const std::string_view text = json_of(members_[at]);
    if (text.starts_with('"') && text.find('\\') == std::string_view::npos)
        return text.substr(1, text.size() - 2);
    if (!text.empty() && text.front() != '"')
        return std::nullopt;
    const json::value& value = value_of(members_[at]);
    if (!value.is_string())
        return std::nullopt;
    return value.get_string();
}

bool text_fields::is_list(std::string_view name) const noexcept
{
    const std::size_t at = members_.index_of(name);
    if (at == members_.size())
        return false;
    const text_member& of = members_[at];
    return of.text.size != 0 ? json_of(of).front() == '[' : of.value->is_array();
}

json::value& text_fields::change(std::string_view name)
{
    text_member& of = members_[members_.index_of(name)];
    const json::value& asked = value_of(of);
    if (of.value == nullptr)
        of.value = new json::value(asked);
    forget_all();
    of.text = {};
    of.is_in_place = false;
    members_.tidy();
    return *of.value;
}

bool text_fields::put(std::string_view name, std::string_view text)
{
    if (!is_short(text))
        return put_value(name, json::value(text));
    std::array<char, longest_short + 2> quoted;
    quoted.front() = '"';
    *std::ranges::copy(text, quoted.begin() + 1).out = '"';
    return put_json(name, {quoted.data(), text.size() + 2});
}

bool text_fields::put(std::string_view name, json::value&& value)
{
    if (value.is_string() && is_short(value.get_string()))
        return put(name, std::string_view(value.get_string()));
    if (const std::int64_t* const number = value.if_int64())
    {
        std::array<char, 20> digits; // with a sign
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr;
        return put_json(name, {digits.data(), end});
    }
    return put_value(name, std::move(value));
}

bool text_fields::put_value(std::string_view name, json::value&& value)
{
    auto kept = std::make_unique<json::value>(std::move(value));
    text_member* const to = members_.find_or_add(name);
    if (to == nullptr)
    {
        value = std::move(*kept);
        return false;
    }
    delete std::exchange(to->value, kept.release());
    to->text = {};
    to->is_in_place = false;
    forget_all();
    members_.tidy();
    return true;
}

bool text_fields::put_json(std::string_view name, std::string_view text)
{
    if (!members_.put(name, text))
        return false;
    forget_all();
    return true;
}

bool text_fields::rename(std::string_view from, std::string_view to)
{
    if (!members_.rename(from, to))
        return false;
    forget_all();
    return true;
}

bool text_fields::copy(std::string_view from, std::string_view to)
{
    const std::size_t source = members_.index_of(from);
    std::unique_ptr<json::value> value;
    if (members_[source].text.size == 0)
        value = std::make_unique<json::value>(*members_[source].value);
    text_member* const target = members_.find_or_add(to);
    if (target == nullptr)
        return false;
    target->text = members_[source].text;
    target->is_in_place = false;
    delete std::exchange(target->value, value.release());
    forget_all();
    members_.tidy();
    return true;
}

void text_fields::erase(std::string_view name)
{
    members_.erase(members_.index_of(name));
    forget_all();
}

std::vector<std::string_view> text_fields::names() const
{
    std::vector<std::string_view> names;
    names.reserve(members_.size());
    for (const text_member& each : members_)
        names.push_back(name_of(each));
    return names;
}

const json::object& text_fields::all() const
{
    return make_once(all_, [this] { return values(); });
}

json::value text_fields::copy_of(std::string_view name) const
{
    const text_member& of = members_[members_.index_of(name)];
    const json::value* const made = if_made(of.value);
    return made != nullptr ? *made : value_of_text(json_of(of));
}

json::object text_fields::values() const
{
    json::object values;
    values.reserve(members_.size());
    for (const text_member& each : members_)
    {
        const json::value* const value = if_made(each.value);
        values.emplace(name_of(each), value != nullptr ? *value : value_of_text(json_of(each)));
    }
    return values;
}

void text_fields::write(std::string& out) const
{
    write_members({members_.begin(), members_.end()}, members_.text(), out);
}

std::uint64_t text_fields::bytes() const noexcept
{
    std::uint64_t bytes = members_.text().size();
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

} // namespace penstock::detail
