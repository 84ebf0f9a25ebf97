// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "answer.hpp"

#include "../packets/clipped.hpp"
#include "../packets/one_line.hpp"

#include <penstock/json.hpp>

#include <optional>
#include <stdexcept>

namespace solr_package
{

namespace
{

namespace json = penstock::json;

constexpr std::size_t longest_reason = 2'000; // bytes; Solr repeats what it was sent

const json::object* object_in(const json::object* of, std::string_view name)
{
    const json::value* const found = of == nullptr ? nullptr : of->if_contains(name);
    return found == nullptr ? nullptr : found->if_object();
}

std::string text_in(const json::object* of, std::string_view name)
{
    const json::value* const found = of == nullptr ? nullptr : of->if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

std::string clean(const std::string& text)
{
    return packets::one_line(std::string(packets::clipped(text, longest_reason)));
}

// The message of the error that an answer is, if it is one of Solr.
std::optional<std::string> message_of(std::string_view body)
{
    try
    {
        const json::value answer = penstock::parse_json(body);
        const json::object* const error = object_in(answer.if_object(), "error");
        if (error == nullptr)
            return std::nullopt;
        const std::string message = text_in(error, "msg");
        if (!message.empty())
            return message;
        const std::string trace = text_in(error, "trace");
        return trace.substr(0, trace.find('\n'));
    }
    catch (const penstock::json_error&)
    {
        return std::nullopt;
    }
}

} // namespace

std::map<std::string, std::string> read_answer(std::string_view body)
{
    const json::value answer = penstock::parse_json(body);
    const json::object* const header = object_in(answer.if_object(), "responseHeader");
    if (header == nullptr)
        throw std::runtime_error("there is no responseHeader");
    if (const json::value* const status = header->if_contains("status");
        object_in(answer.if_object(), "error") != nullptr || (status != nullptr && *status != 0))
        throw std::runtime_error("it is an error: " +
                                 clean(message_of(body).value_or(std::string())));
    std::map<std::string, std::string> errors;
    const json::value* const list = header->if_contains("errors");
    if (list == nullptr || !list->is_array())
        return errors;
    for (const json::value& each : list->get_array())
        if (const json::object* const error = each.if_object())
            errors[text_in(error, "id")] = clean(text_in(error, "message"));
    return errors;
}

bool is_error_of_solr(std::string_view body)
{
    return message_of(body).has_value();
}

std::string reason_of_answer(unsigned status, std::string_view body)
{
    const std::string text =
        clean(message_of(body).value_or(std::string(packets::clipped(body, 200))));
    return "status " + std::to_string(status) + (text.empty() ? "" : ": " + text);
}

} // namespace solr_package
