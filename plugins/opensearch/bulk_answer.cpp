// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "bulk_answer.hpp"

#include "../packets/clipped.hpp"
#include "../packets/one_line.hpp"

#include <penstock/json.hpp>

#include <stdexcept>

namespace opensearch_package
{
namespace
{

namespace json = penstock::json;

constexpr std::size_t longest_reason = 2'000; // bytes; an engine repeats what it was sent

std::string_view text_in(const json::object& of, std::string_view name)
{
    const json::value* found = of.if_contains(name);
    return found != nullptr && found->is_string() ? std::string_view(found->get_string())
                                                  : std::string_view();
}

void add(std::string& text, std::string_view before, std::string_view more)
{
    if (!more.empty())
        text.append(text.empty() ? "" : before).append(more);
}

// `type: reason; caused by type: reason`.
std::string text_of_error(const json::value& error)
{
    if (error.is_string())
        return std::string(error.get_string());
    std::string text;
    std::string_view before;
    for (const json::value* each = &error; each != nullptr && each->is_object();
         each = each->get_object().if_contains("caused_by"))
    {
        const json::object& level = each->get_object();
        add(text, before, text_in(level, "type"));
        add(text, ": ", text_in(level, "reason"));
        before = "; caused by ";
    }
    return text;
}

std::string shortened(const std::string& text)
{
    if (text.size() <= longest_reason)
        return text;
    return std::string(packets::clipped(text, longest_reason)) + "…";
}

std::string with_status(unsigned status, const std::string& text)
{
    return "status " + std::to_string(status) +
           (text.empty() ? "" : ": " + packets::one_line(shortened(text)));
}

item_result read_item(const json::value& item)
{
    const json::object* actions = item.if_object();
    if (actions == nullptr || actions->size() != 1 || !actions->begin()->value().is_object())
        throw std::runtime_error("an item has no action");
    const json::object& told = actions->begin()->value().get_object();
    const json::value* status = told.if_contains("status");
    if (status == nullptr || !status->is_int64())
        throw std::runtime_error("an item has no status");
    const auto number = status->to_number<unsigned>();
    const json::value* error = told.if_contains("error");
    if (number >= 200 && number < 300 && error == nullptr)
        return {number, {}};
    return {number, with_status(number, error != nullptr ? text_of_error(*error)
                                                         : std::string(text_in(told, "result")))};
}

} // namespace

std::vector<item_result> read_bulk_answer(std::string_view body, std::size_t items)
{
    const json::value answer = penstock::parse_json(body);
    const json::object* object = answer.if_object();
    const json::value* list = object == nullptr ? nullptr : object->if_contains("items");
    if (list == nullptr || !list->is_array())
        throw std::runtime_error("there are no items");
    if (list->get_array().size() != items)
        throw std::runtime_error("there are " + std::to_string(list->get_array().size()) +
                                 " items; " + std::to_string(items) + " were expected");
    std::vector<item_result> results;
    results.reserve(items);
    for (const json::value& each : list->get_array())
        results.push_back(read_item(each));
    return results;
}

std::string reason_of_answer(unsigned status, std::string_view body)
{
    std::string text;
    try
    {
        const json::value answer = penstock::parse_json(body);
        if (const json::object* object = answer.if_object())
        {
            if (const json::value* error = object->if_contains("error"))
                text = text_of_error(*error);
            if (text.empty())
                text = text_in(*object, "detail"); // RFC 9457
        }
    }
    catch (const penstock::json_error&)
    {
        text = packets::clipped(body, 200);
    }
    return with_status(status, text);
}

} // namespace opensearch_package
