// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/packet.hpp>

#include "base64.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/detail/utf8.hpp>

#include <charconv>
#include <stdexcept>
#include <unordered_set>

namespace penstock
{

namespace
{

// A list as one value is written [[…]], which a list of values that has a single one, a list, would
// be too; the fields of which the latter is true are named in "multivalued".
bool looks_like_one_list(const json::value& form)
{
    const auto* list = form.if_array();
    return list != nullptr && list->size() == 1 && list->front().is_array();
}

void write_fields(const packet& from, json::object& form)
{
    json::object fields;
    json::array multivalued;
    for (const auto& field : from.fields())
    {
        const auto& value = field.value();
        if (value.is_array() && !from.is_multivalued(field.key()))
            fields.emplace(field.key(), json::array{value});
        else
        {
            if (looks_like_one_list(value))
                multivalued.emplace_back(field.key());
            fields.emplace(field.key(), value);
        }
    }
    form.emplace("fields", std::move(fields));
    if (!multivalued.empty())
        form.emplace("multivalued", std::move(multivalued));
}

void write_field_meta(const packet& from, json::object& form)
{
    json::object all;
    for (const auto& field : from.fields())
    {
        const auto& meta = from.field_meta(field.key());
        if (!meta.empty())
            all.emplace(field.key(), meta);
    }
    if (!all.empty())
        form.emplace("field_meta", std::move(all));
}

void write_data(std::string_view data, json::object& form)
{
    if (data.empty())
        return;
    if (detail::is_utf8(data))
        form.emplace("data", data);
    else
    {
        form.emplace("data", detail::to_base64(data));
        form.emplace("data_encoding", "base64");
    }
}

[[noreturn]] void refuse(std::string_view where, std::string_view what)
{
    throw std::invalid_argument(std::string(where) + ": " + std::string(what));
}

const json::object& object_at(std::string_view where, const json::value& value)
{
    if (!value.is_object())
        refuse(where, "not an object; expected an object");
    return value.get_object();
}

std::string_view text_at(std::string_view where, const json::value& value)
{
    if (!value.is_string())
        refuse(where, "not a text; expected a text");
    return value.get_string();
}

std::unordered_set<std::string_view> names_in(const json::value* list)
{
    std::unordered_set<std::string_view> names;
    if (list == nullptr)
        return names;
    if (!list->is_array())
        refuse("/multivalued", "not a list; expected a list of field names");
    for (const auto& name : list->get_array())
        names.insert(text_at("/multivalued", name));
    return names;
}

void read_fields(packet& to, const json::object& fields, const json::value* multivalued)
{
    const auto names = names_in(multivalued);
    for (const auto& field : fields)
    {
        if (const auto* list = field.value().if_array())
        {
            if (looks_like_one_list(field.value()) && !names.contains(field.key()))
                to.set(field.key(), json::value(list->front()));
            else
                to.set_values(field.key(), *list);
        }
        else
            to.set(field.key(), json::value(field.value()));
    }
}

void read_field_meta(packet& to, const json::object& all)
{
    for (const auto& field : all)
    {
        const std::string where = "/field_meta/" + std::string(field.key());
        for (const auto& member : object_at(where, field.value()))
        {
            if (!to.set_field_meta(field.key(), member.key(), json::value(member.value())))
                refuse(where, "no such field; expected meta of a field of the packet");
        }
    }
}

bytes read_data(std::string_view text, const json::value* encoding)
{
    if (encoding == nullptr)
        return bytes(std::string(text));
    if (text_at("/data_encoding", *encoding) != "base64")
        refuse("/data_encoding", "unknown encoding; expected \"base64\"");
    auto data = detail::from_base64(text);
    if (!data)
        refuse("/data", "not base64; expected whole groups of four characters of RFC 4648");
    return bytes(std::move(*data));
}

packet_id read_id(std::string_view text)
{
    packet_id id;
    const auto half = [&](std::size_t start, std::uint64_t& word)
    {
        const char* end = text.data() + start + 16;
        return std::from_chars(text.data() + start, end, word, 16).ptr == end;
    };
    if (text.size() != 32 || !half(0, id.high) || !half(16, id.low))
        refuse("/id", "not an id; expected 32 hexadecimal digits");
    return id;
}

} // namespace

json::object to_json(const packet& packet)
{
    json::object form;
    if (packet.field_count() != 0)
        write_fields(packet, form);
    if (!packet.meta().empty())
        form.emplace("meta", packet.meta());
    write_field_meta(packet, form);
    write_data(packet.data().view(), form);
    if (packet.id() != packet_id{})
        form.emplace("id", packet.id().text());
    return form;
}

packet packet_from_json(const json::object& form)
{
    packet made;
    if (const auto* fields = form.if_contains("fields"))
        read_fields(made, object_at("/fields", *fields), form.if_contains("multivalued"));
    for (const auto& part : form)
    {
        const std::string_view name = part.key();
        if (name == "meta")
        {
            for (const auto& member : object_at("/meta", part.value()))
                made.set_meta(member.key(), json::value(member.value()));
        }
        else if (name == "field_meta")
            read_field_meta(made, object_at("/field_meta", part.value()));
        else if (name == "data")
            made.set_data(
                read_data(text_at("/data", part.value()), form.if_contains("data_encoding")));
        else if (name == "id")
            detail::packet_access::set_id(made, read_id(text_at("/id", part.value())));
        else if (name != "fields" && name != "multivalued" && name != "data_encoding")
            refuse("/" + std::string(name),
                   "unknown part; expected fields, meta, field_meta, data or id");
    }
    return made;
}

} // namespace penstock
