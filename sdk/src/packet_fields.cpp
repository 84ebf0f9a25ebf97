// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "fields/text_value.hpp"
#include "packet_body.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

namespace penstock
{

namespace
{

// Where a change is followed by another look at a name, the values that fields() made are released
// and kept until then: a component may give a name that is a part of them.

// Whether a field is there and multi-valued.
bool has_list(const detail::packet_body& body, std::string_view field) noexcept
{
    return body.fields.is_list(field) && !body.is_one_list(field);
}

// The list of a multi-valued field; null for one value.
const json::array* list_of(const detail::packet_body& body, std::string_view field)
{
    return has_list(body, field) ? &body.fields.find(field)->get_array() : nullptr;
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

// Marks a field as one value though it is a list, or not.
void mark(detail::packet_body& body, std::string_view field, bool one_list)
{
    if (one_list || body.one_list)
        body.mark_one_list(field, one_list);
}

// Puts one value, which may be a list, or a list of values into a field.
void put(detail::packet_body& body, std::string_view field, json::value&& value, bool one_list)
{
    mark(body, field, one_list);
    body.fields.put(field, std::move(value));
}

// Moves the meta of a field to another, whose own is dropped.
void move_meta(detail::packet_body& body, std::string_view from, std::string_view to)
{
    if (auto* const meta = body.field_meta->if_contains(from))
        body.set_field_meta(to, std::move(meta->get_object()));
    else
        body.erase_field_meta(to);
    body.erase_field_meta(from);
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

const json::value* packet::find(std::string_view field) const
{
    return body_->fields.find(field);
}

std::optional<std::string_view> packet::find_text(std::string_view field) const
{
    return body_->fields.text(field);
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
    if (meta == keep_meta::no)
        body.erase_field_meta(field);
    const bool is_list = value.is_array();
    put(body, field, std::move(value), is_list);
}

void packet::set_values(std::string_view field, json::array values, keep_meta meta)
{
    auto& body = own();
    if (meta == keep_meta::no)
        body.erase_field_meta(field);
    put(body, field, std::move(values), false);
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
    if (!body.fields.contains(field))
        set(field, std::move(value));
    else if (has_list(body, field))
        body.fields.change(field).get_array().push_back(std::move(value));
    else
    {
        const std::string name(field); // may be a part of the value that is moved
        json::array both;
        both.reserve(2);
        both.push_back(std::move(body.fields.change(name)));
        both.push_back(std::move(value));
        put(body, name, std::move(both), false);
    }
}

void packet::extend(std::string_view field, json::array values)
{
    const std::string name(field); // may be a part of the value that is there
    for (auto& value : values)
        append(name, std::move(value));
}

bool packet::erase(std::string_view field)
{
    if (!has(field))
        return false;
    auto& body = own();
    body.mark_one_list(field, false);
    body.erase_field_meta(field);
    body.fields.erase(field);
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
    auto& values = own().fields.change(field).get_array();
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
        own().fields.change(field).get_array()[*at] = std::move(value);
    return true;
}

bool packet::is_multivalued(std::string_view field) const noexcept
{
    return has_list(*body_, field);
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
    for (const auto& name : body_->fields.names())
        names.emplace_back(name);
    std::sort(names.begin(), names.end());
    return names;
}

const json::object& packet::fields() const
{
    return body_->fields.all();
}

void packet::set_fields(json::object fields)
{
    auto& body = own();
    body.fields.assign(std::move(fields));
    body.one_list.reset();
    body.field_meta.reset();
}

void packet::set_text_fields(const json_text& object)
{
    if (object.kind() != json::kind::object)
        throw std::invalid_argument(
            "set_text_fields: the text is no object; an object was expected");
    auto& body = own();
    const std::string_view text = object.text().view();
    if (!body.fields.assign_text(text))
        body.fields.assign(std::move(parse_json(text, detail::checked_text).get_object()));
    body.one_list.reset();
    body.field_meta.reset();
}

void packet::write_fields(std::string& out) const
{
    body_->fields.write(out);
}

std::size_t packet::field_count() const noexcept
{
    return body_->fields.size();
}

bool packet::rename(std::string_view from, std::string_view to)
{
    if (!has(from))
        return false;
    if (from == to)
        return true;
    auto& body = own();
    mark(body, to, body.is_one_list(from));
    body.mark_one_list(from, false);
    if (body.field_meta)
        move_meta(body, from, to);
    body.fields.rename(from, to);
    return true;
}

bool packet::copy(std::string_view from, std::string_view to)
{
    if (!has(from))
        return false;
    if (from == to)
        return true;
    auto& body = own();
    mark(body, to, body.is_one_list(from));
    if (body.field_meta)
    {
        if (const auto* meta = body.field_meta->if_contains(from))
            body.set_field_meta(to, meta->get_object());
        else
            body.erase_field_meta(to);
    }
    body.fields.copy(from, to);
    return true;
}

void packet::merge(const packet& other, keep_meta meta)
{
    const auto& theirs = *other.body_;
    if (body_ == &theirs)
        return;
    auto& body = own();
    if (body.fields.size() == 0)
    {
        body.fields = detail::field_store(theirs.fields);
        if (theirs.one_list)
            body.one_list = std::make_unique<detail::name_set>(*theirs.one_list);
    }
    else
    {
        for (const std::string_view field : theirs.fields.names())
        {
            mark(body, field, theirs.is_one_list(field));
            body.fields.put_of(theirs.fields, field);
        }
    }
    if (meta == keep_meta::no)
        return;
    for (const std::string_view name : theirs.meta.read().names())
        body.meta.write().put_of(theirs.meta.read(), name);
    if (theirs.field_meta)
    {
        for (const auto& member : *theirs.field_meta)
            body.set_field_meta(member.key(), member.value().get_object());
    }
}

} // namespace penstock
