// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/whole_answer.hpp"

#include <cstdint>
#include <string_view>

namespace penstock::host
{

namespace
{

constexpr std::int64_t first_status = 200; // those before it end no request
constexpr std::int64_t last_status = 599;
constexpr unsigned usual_status = 200;
constexpr unsigned wrong_status = 500;

unsigned status_of(const packet& packet)
{
    const json::value* said = packet.find_meta("status");
    if (said == nullptr)
        return usual_status;
    const std::int64_t* number = said->if_int64();
    const bool fits = number != nullptr && *number >= first_status && *number <= last_status;
    return fits ? static_cast<unsigned>(*number) : wrong_status;
}

whole_answer begun_by(const packet& packet)
{
    whole_answer made;
    made.status = status_of(packet);
    const json::value* type = packet.find_meta("mimetype");
    if (type != nullptr && type->is_string())
        made.mimetype = type->get_string();
    return made;
}

} // namespace

void add_to(std::optional<whole_answer>& answer, const packet& packet)
{
    if (!answer)
        answer = begun_by(packet);
    const std::string_view data = packet.data().view();
    if (answer->is_too_long || data.size() > whole_answer::longest - answer->body.size())
    {
        answer->is_too_long = true;
        answer->body = {}; // and its memory
        return;
    }
    answer->body += data;
}

} // namespace penstock::host
