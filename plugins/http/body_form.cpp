// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "body_form.hpp"

#include "../curl/packet_text.hpp"

#include <utility>

namespace http_package
{
namespace
{

namespace json = penstock::json;

json::value fill_value(const json::value& form, const penstock::packet& from)
{
    if (form.is_string())
    {
        const curl::packet_text text(form.get_string());
        if (const std::string* place = text.only_place())
        {
            const json::value* found = curl::find_place(from, *place);
            return found == nullptr ? json::value() : *found;
        }
        return json::value(std::string_view(text.fill(from)));
    }
    if (const json::array* list = form.if_array())
    {
        json::array filled;
        filled.reserve(list->size());
        for (const json::value& each : *list)
            filled.push_back(fill_value(each, from));
        return filled;
    }
    if (const json::object* object = form.if_object())
    {
        json::object filled;
        for (const auto& [name, value] : *object)
            filled[name] = fill_value(value, from);
        return filled;
    }
    return form;
}

// Throws for a text with a place that is none.
void check_value(const json::value& form)
{
    if (form.is_string())
        (void)curl::packet_text(form.get_string());
    else if (const json::array* list = form.if_array())
        for (const json::value& each : *list)
            check_value(each);
    else if (const json::object* object = form.if_object())
        for (const auto& member : *object)
            check_value(member.value());
}

} // namespace

body_form::body_form(json::value form) : form_(std::move(form))
{
    check_value(form_);
}

std::string body_form::fill(const penstock::packet& from) const
{
    std::string text;
    if (form_.is_null())
        from.write_fields(text);
    else if (form_.is_string())
        text = curl::packet_text(form_.get_string()).fill(from);
    else
        penstock::write_json(fill_value(form_, from), text);
    return text;
}

} // namespace http_package
