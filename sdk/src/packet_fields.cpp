// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "packet_body.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace penstock
{

namespace
{

// The list of a multi-valued field; null for one value.
const json::array* list_of(const detail::packet_body& body, std::string_view field) noexcept
{
    const auto* value = body.fields.if_contains(field);
    const auto* list = value != nullptr ? value->if_array() : nullptr;
    return list != nullptr && !body.is_one_list(field) ? list : nullptr;
}

// Where a signed index points in a list of that size, if it does.
std::optional<std::size_t> position(std::size_t size, std::ptrdiff_t index) noexcept
{
    const auto count = static_cast<std::ptrdiff_t>(size);
    if (index < 0)
        index += count;
    if (index < 0 || index >= count)
        return std::nullopt;
    return static_cast<std::size_t>(index);
}

// Puts one value, which may be a list, or a list of values into a field.
void put(detail::packet_body& body, std::string_view field, json::value&& value, bool one_list)
{
    if (one_list || body.one_list)
        body.mark_one_list(field, one_list);
    body.fields.insert_or_assign(field, std::move(value));
}

std::string quoted(std::string_view field)
{
    return "field \"" + std::string(field) + "\"";
}

} // namespace

bool packet::has(std::string_view field) const noexcept
{
    return body_->fields.contains(field);
}

const json::value* packet::find(std::string_view field) const noexcept
{
    return body_->fields.if_contains(field);
}

json::value packet::get(std::string_view field, json::value fallback) const
{
    const auto* value = find(field);
    return value != nullptr ? *value : std::move(fallback);
}

std::string packet::text(std::string_view field) const
{
    const auto* value = find(field);
    if (value == nullptr)
        throw field_error(quoted(field) + ": absent; expected text");
    if (!value->is_string())
        throw field_error(quoted(field) + ": " + std::string(json::to_string(value->kind())) +
                          "; expected text");
    return std::string(value->get_string());
}

std::string packet::text(std::string_view field, std::string_view fallback) const
{
    const auto* value = find(field);
    return std::string(
        value != nullptr && value->is_string() ? std::string_view(value->get_string()) : fallback);
}

void packet::set(std::string_view field, json::value value, keep_meta meta)
{
    auto& body = own();
    const bool is_list = value.is_array();
    put(body, field, std::move(value), is_list);
    if (meta == keep_meta::no)
        body.erase_field_meta(field);
}

void packet::set_values(std::string_view field, json::array values, keep_meta meta)
{
    auto& body = own();
    put(body, field, std::move(values), false);
    if (meta == keep_meta::no)
        body.erase_field_meta(field);
}

bool packet::add(std::string_view field, json::value value)
{
    if (has(field))
        return false;
    set(field, std::move(value));
    return true;
}

void packet::append(std::string_view field, json::value value)
{
    auto& body = own();
    auto* there = body.fields.if_contains(field);
    if (there == nullptr)
        set(field, std::move(value));
    else if (list_of(body, field) != nullptr)
        there->get_array().push_back(std::move(value));
    else
    {
        json::array both;
        both.reserve(2);
        both.push_back(std::move(*there));
        both.push_back(std::move(value));
        put(body, field, std::move(both), false);
    }
}

void packet::extend(std::string_view field, json::array values)
{
    for (auto& value : values)
        append(field, std::move(value));
}

bool packet::erase(std::string_view field)
{
    if (!has(field))
        return false;
    auto& body = own();
    body.mark_one_list(field, false);
    body.erase_field_meta(field);
    body.fields.stable_erase(field);
    return true;
}

bool packet::remove(std::string_view field, std::ptrdiff_t index)
{
    const auto* list = list_of(*body_, field);
    const auto at = position(list != nullptr ? list->size() : has(field), index);
    if (!at)
        return false;
    if (list == nullptr || list->size() == 1)
        return erase(field);
    auto& values = own().fields.at(field).get_array();
    values.erase(values.begin() + *at);
    return true;
}

bool packet::replace(std::string_view field, json::value value, std::ptrdiff_t index)
{
    const auto* list = list_of(*body_, field);
    const auto at = position(list != nullptr ? list->size() : has(field), index);
    if (!at)
        return false;
    if (list == nullptr)
        set(field, std::move(value));
    else
        own().fields.at(field).get_array()[*at] = std::move(value);
    return true;
}

bool packet::is_multivalued(std::string_view field) const noexcept
{
    return list_of(*body_, field) != nullptr;
}

json::array packet::values(std::string_view field) const
{
    if (const auto* list = list_of(*body_, field))
        return *list;
    json::array one;
    if (const auto* value = find(field))
        one.push_back(*value);
    return one;
}

std::vector<std::string> packet::names() const
{
    std::vector<std::string> names;
    names.reserve(body_->fields.size());
    for (const auto& field : body_->fields)
        names.emplace_back(field.key());
    std::sort(names.begin(), names.end());
    return names;
}

const json::object& packet::fields() const noexcept
{
    return body_->fields;
}

void packet::set_fields(json::object fields)
{
    auto& body = own();
    body.fields = std::move(fields);
    body.one_list.reset();
    body.field_meta.reset();
}

bool packet::rename(std::string_view from, std::string_view to)
{
    if (!copy(from, to))
        return false;
    if (from != to)
        erase(from);
    return true;
}

bool packet::copy(std::string_view from, std::string_view to)
{
    if (!has(from))
        return false;
    if (from == to)
        return true;
    auto& body = own();
    put(body, to, json::value(body.fields.at(from)), body.is_one_list(from));
    if (body.field_meta)
    {
        if (const auto* meta = body.field_meta->if_contains(from))
            body.set_field_meta(to, meta->get_object());
        else
            body.erase_field_meta(to);
    }
    return true;
}

void packet::merge(const packet& other, keep_meta meta)
{
    const auto& theirs = *other.body_;
    if (body_ == &theirs)
        return;
    auto& body = own();
    for (const auto& field : theirs.fields)
        put(body, field.key(), json::value(field.value()), theirs.is_one_list(field.key()));
    if (meta == keep_meta::no)
        return;
    for (const auto& member : theirs.meta.read())
        body.meta.write().insert_or_assign(member.key(), member.value());
    if (theirs.field_meta)
    {
        for (const auto& member : *theirs.field_meta)
            body.set_field_meta(member.key(), member.value().get_object());
    }
}

} // namespace penstock
