// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "packet_body.hpp"

#include <utility>

namespace penstock
{

const json::object& packet::meta() const
{
    return body_->meta.read().all();
}

const json::value* packet::find_meta(std::string_view name) const
{
    return body_->meta.read().find(name);
}

std::optional<std::string_view> packet::meta_text(std::string_view name) const
{
    return body_->meta.read().text(name);
}

json::value packet::meta(std::string_view name, json::value fallback) const
{
    const auto* value = find_meta(name);
    return value != nullptr ? *value : std::move(fallback);
}

bool packet::has_meta(std::string_view name) const noexcept
{
    return body_->meta.read().contains(name);
}

void packet::set_meta(std::string_view name, json::value value)
{
    own().meta.write().put(name, std::move(value));
}

void packet::put_meta(std::string_view name, std::string_view text)
{
    own().meta.write().put(name, text);
}

void packet::set_meta(json::object meta)
{
    own().meta.write().assign(std::move(meta));
}

bool packet::erase_meta(std::string_view name)
{
    if (!has_meta(name))
        return false;
    own().meta.write().erase(name);
    return true;
}

const json::object& packet::field_meta(std::string_view field) const noexcept
{
    const auto* meta = body_->field_meta ? body_->field_meta->if_contains(field) : nullptr;
    return meta != nullptr ? meta->get_object() : detail::no_members();
}

json::value packet::field_meta(std::string_view field, std::string_view name,
                               json::value fallback) const
{
    const auto* value = field_meta(field).if_contains(name);
    return value != nullptr ? *value : std::move(fallback);
}

bool packet::has_field_meta(std::string_view field, std::string_view name) const noexcept
{
    return field_meta(field).contains(name);
}

bool packet::set_field_meta(std::string_view field, std::string_view name, json::value value)
{
    if (!has(field))
        return false;
    auto& body = own();
    if (!body.field_meta || !body.field_meta->contains(field))
        body.set_field_meta(field, {});
    body.field_meta->at(field).get_object().insert_or_assign(name, std::move(value));
    return true;
}

bool packet::erase_field_meta(std::string_view field, std::string_view name)
{
    if (!has_field_meta(field, name))
        return false;
    auto& body = own();
    auto& meta = body.field_meta->at(field).get_object();
    meta.stable_erase(name);
    if (meta.empty())
        body.erase_field_meta(field);
    return true;
}

} // namespace penstock
