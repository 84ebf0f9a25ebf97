// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "json_form.hpp"

#include "values.hpp"

#include <stdexcept>

namespace otlp_package
{
namespace
{

// Boost's parser makes an int64 of what fits; so does this.
json::value signed_if_small(std::uint64_t number)
{
    if (number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return static_cast<std::int64_t>(number);
    return number;
}

json::value read_any(const json::value& from);

void read_pairs(json::object& to, const json::value& from)
{
    const json::array* list = from.if_array();
    if (list == nullptr)
        throw std::invalid_argument("attributes are no list; one of keys and values was expected");
    for (const json::value& each : *list)
    {
        const json::object* pair = each.if_object();
        const json::value* key = pair == nullptr ? nullptr : pair->if_contains("key");
        if (key == nullptr || !key->is_string())
            throw std::invalid_argument("an attribute has no key; a text was expected");
        if (to.size() >= most_attributes && !to.contains(key->get_string()))
            throw std::invalid_argument("there are more than " + std::to_string(most_attributes) +
                                        " attributes");
        const json::value* value = pair->if_contains("value");
        to[key->get_string()] = value == nullptr ? json::value() : read_any(*value);
    }
}

json::value read_list(const json::value& from)
{
    json::array made;
    const json::object* object = from.if_object();
    const json::value* values = object == nullptr ? nullptr : object->if_contains("values");
    if (values != nullptr && values->is_array())
        for (const json::value& each : values->get_array())
            made.push_back(read_any(each));
    return made;
}

json::value read_map(const json::value& from)
{
    json::object made;
    const json::object* object = from.if_object();
    if (const json::value* values = object == nullptr ? nullptr : object->if_contains("values"))
        read_pairs(made, *values);
    return made;
}

// AnyValue has one member of these.
json::value read_any(const json::value& from)
{
    if (from.is_null())
        return nullptr;
    const json::object* object = from.if_object();
    if (object == nullptr)
        throw std::invalid_argument(
            "a value is no object; one with a member as stringValue was expected");
    static constexpr field whole{3, "intValue", "intValue", kind::int64};
    static constexpr field real{4, "doubleValue", "doubleValue", kind::real};
    static constexpr field text{1, "stringValue", "stringValue", kind::text};
    if (const json::value* value = object->if_contains("stringValue"))
        return json::value(require_text(text, *value));
    if (const json::value* value = object->if_contains("boolValue"))
        return value->is_bool() && value->get_bool();
    if (const json::value* value = object->if_contains("intValue"))
        return require_integer<std::int64_t>(whole, *value);
    if (const json::value* value = object->if_contains("doubleValue"))
        return value->is_string() ? *value : json::value(require_real(real, *value));
    if (const json::value* value = object->if_contains("arrayValue"))
        return read_list(*value);
    if (const json::value* value = object->if_contains("kvlistValue"))
        return read_map(*value);
    if (const json::value* value = object->if_contains("bytesValue"))
        return json::value(require_text(text, *value));
    return nullptr;
}

json::value read_value(const field& as, const json::value& from)
{
    switch (as.kind)
    {
    case kind::text: return json::value(require_text(as, from));
    case kind::hex: return json::value(hex_of(require_hex(as, from)));
    case kind::boolean:
        if (!from.is_bool())
            refuse_value(as, "truth value");
        return from;
    case kind::uint32:
    case kind::fixed32: return static_cast<std::int64_t>(require_integer<std::uint32_t>(as, from));
    case kind::sint32: return static_cast<std::int64_t>(require_integer<std::int32_t>(as, from));
    case kind::int64:
    case kind::sfixed64:
    case kind::whole_part: return require_integer<std::int64_t>(as, from);
    case kind::uint64:
    case kind::fixed64: return signed_if_small(require_integer<std::uint64_t>(as, from));
    case kind::real:
    case kind::real_part: {
        const double number = require_real(as, from);
        return std::isfinite(number) ? json::value(number) : from;
    }
    case kind::nano_time: return json::value(rfc3339(require_integer<std::uint64_t>(as, from)));
    case kind::any: return read_any(from);
    case kind::attributes: {
        json::object made;
        read_pairs(made, from);
        return made;
    }
    case kind::nested: return read_json(*as.of, from);
    }
    return nullptr;
}

json::value write_any(const json::value& from)
{
    switch (from.kind())
    {
    case json::kind::null: return json::object();
    case json::kind::string: return json::object{{"stringValue", from}};
    case json::kind::bool_: return json::object{{"boolValue", from}};
    case json::kind::int64:
        return json::object{{"intValue", json::string(std::to_string(from.get_int64()))}};
    case json::kind::uint64:
    case json::kind::double_: return json::object{{"doubleValue", from.to_number<double>()}};
    case json::kind::array: {
        json::array values;
        for (const json::value& each : from.get_array())
            values.push_back(write_any(each));
        return json::object{{"arrayValue", json::object{{"values", std::move(values)}}}};
    }
    case json::kind::object: {
        json::array values;
        for (const auto& each : from.get_object())
            values.push_back(json::object{{"key", each.key()}, {"value", write_any(each.value())}});
        return json::object{{"kvlistValue", json::object{{"values", std::move(values)}}}};
    }
    }
    return nullptr;
}

json::value write_value(const field& as, const json::value& from)
{
    const auto digits = [](auto number) { return json::value(std::to_string(number)); };
    switch (as.kind)
    {
    case kind::nano_time: return digits(require_time(as, from));
    case kind::int64:
    case kind::sfixed64:
    case kind::whole_part: return digits(require_integer<std::int64_t>(as, from));
    case kind::uint64:
    case kind::fixed64: return digits(require_integer<std::uint64_t>(as, from));
    case kind::any: return write_any(from);
    case kind::attributes: {
        if (!from.is_object())
            refuse_value(as, "object");
        const json::value map = write_any(from);
        return map.at("kvlistValue").at("values");
    }
    case kind::nested:
        if (!from.is_object())
            refuse_value(as, "object");
        return write_json_form(*as.of, from.get_object());
    default: return read_value(as, from);
    }
}

} // namespace

json::object read_json(const message& as, const json::value& from)
{
    const json::object* object = from.if_object();
    if (object == nullptr)
        throw std::invalid_argument("a message is no object; one was expected");
    json::object made;
    for (const field& each : as.fields)
    {
        const json::value* value = object->if_contains(each.json);
        if (value == nullptr || value->is_null())
            continue;
        if (!each.is_list)
        {
            made[each.name] = read_value(each, *value);
            continue;
        }
        if (!value->is_array())
            refuse_value(each, "list");
        json::array list;
        for (const json::value& one : value->get_array())
            list.push_back(read_value(each, one));
        made[each.name] = std::move(list);
    }
    return made;
}

json::object write_json_form(const message& as, const json::object& from)
{
    json::object made;
    for (const field& each : as.fields)
    {
        const json::value* value = from.if_contains(each.name);
        if (value == nullptr || !is_meant(each, *value))
            continue;
        if (!each.is_list)
        {
            made[each.json] = write_value(each, *value);
            continue;
        }
        if (!value->is_array())
            refuse_value(each, "list");
        json::array list;
        for (const json::value& one : value->get_array())
            list.push_back(write_value(each, one));
        made[each.json] = std::move(list);
    }
    return made;
}

} // namespace otlp_package
