// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/raw_answer.hpp"

#include "host/api/data/acknowledgement.hpp"
#include "host/net/characters.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <string_view>

namespace penstock::host::api
{

namespace
{

// The page of the editor is of the same origin, so what a component answers stands in a sandbox,
// which has an origin of its own: it runs no script and calls nothing.
constexpr std::string_view page_policy =
    "sandbox allow-forms; default-src 'none'; style-src 'unsafe-inline'";

constexpr std::string_view usual_type = "application/octet-stream";
constexpr std::string_view text_type = "text/plain; charset=utf-8";

// The editor runs scripts of its own origin: none of them may come from here.
bool is_script(std::string_view type)
{
    std::string lower(type.substr(0, type.find(';')));
    std::ranges::transform(lower, lower.begin(), http::lower);
    constexpr std::array<std::string_view, 4> names{"javascript", "ecmascript", "jscript",
                                                    "livescript"};
    return std::ranges::any_of(names, [&](std::string_view each)
                               { return lower.find(each) != std::string::npos; });
}

std::string_view type_of(const whole_answer& answer)
{
    if (answer.mimetype.empty())
        return usual_type;
    if (is_script(answer.mimetype))
        return text_type;
    return answer.mimetype;
}

// What a GET asked for can be asked for again; data was processed, and would be once more.
http::response without_room(const receipt& of, bool is_page)
{
    const std::string why = "the answer that the graph made has no room: others that wait for "
                            "their clients take the memory for answers of graph \"" +
                            of.graph() + "\" (pending_memory)";
    return is_page ? http::response::unavailable(why, 1)
                   : http::response::problem(500, {}, why + "; the request was processed",
                                             "/receipts/" + of.id().text());
}

http::response raw_answer(const receipt& of, bool is_page)
{
    const whole_answer& answer = *of.whole();
    if (answer.is_too_long)
        return http::response::problem(500, {},
                                       "the answer that the graph made is over its limit of " +
                                           std::to_string(answer.most) + " bytes");
    if (answer.has_no_room)
        return without_room(of, is_page);
    http::response made;
    made.status = answer.status;
    made.body = answer.body;
    made.share = answer.share;
    made.headers.add("Content-Type", type_of(answer));
    made.headers.add("Content-Security-Policy", page_policy);
    made.headers.add("X-Content-Type-Options", "nosniff");
    return made;
}

http::response unanswered(const receipt& of)
{
    const receipt_result& result = of.result();
    if (result.dead_count != 0)
    {
        std::string why = "no answer was made, and packets became dead letters: " +
                          std::to_string(result.dead_count);
        if (!result.dead.empty())
            if (const json::value* reason = result.dead.front().if_contains("reason");
                reason != nullptr && reason->is_string())
                why += "; the first: " + std::string(reason->get_string());
        return http::response::problem(500, {}, why, "/receipts/" + of.id().text());
    }
    http::response made;
    made.status = 204;
    return made;
}

} // namespace

// A component may have replied a number that JSON cannot hold.
http::response processed_answer(const receipt& of, acknowledgement promised, bool is_page) noexcept
{
    try
    {
        if (of.whole())
            return raw_answer(of, is_page);
        return is_page ? unanswered(of) : processed(of, promised);
    }
    catch (const std::exception& error)
    {
        return http::response::problem(500, {},
                                       std::string("processed, but the receipt cannot be "
                                                   "written: ") +
                                           error.what());
    }
}

bool is_visit_of_page(const http::request& head) noexcept
{
    return head.method == "GET" && head.headers.value("Sec-Fetch-Mode") == "navigate" &&
           head.headers.value("Sec-Fetch-Dest") == "document";
}

} // namespace penstock::host::api
