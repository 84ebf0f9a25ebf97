// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/net/problem_answer.hpp"

#include <penstock/json.hpp>

#include <algorithm>

namespace penstock::host::http
{

std::string answer_text(const response& answer)
{
    std::string text =
        std::to_string(answer.status) + " " + std::string(reason_phrase(answer.status));
    try
    {
        const json::value body = parse_json(answer.body);
        if (const json::object* parts = body.if_object())
            for (const std::string_view part : {"where", "detail"})
                if (const json::value* said = parts->if_contains(part); said && said->is_string())
                    text.append(": ").append(said->get_string());
    }
    catch (const json_error&) // not every answer is JSON; the status must do
    {
    }
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

} // namespace penstock::host::http
