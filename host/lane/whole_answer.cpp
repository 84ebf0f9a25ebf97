// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/whole_answer.hpp"

#include <algorithm>
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

whole_answer begun_by(const packet& packet, const std::shared_ptr<byte_budget>& room)
{
    whole_answer made;
    made.share = share_of(room);
    made.most = std::min(whole_answer::longest, room->most());
    made.status = status_of(packet);
    made.mimetype = packet.meta_text("mimetype").value_or(std::string_view());
    return made;
}

} // namespace

void add_to(std::optional<whole_answer>& answer, const packet& packet,
            const std::shared_ptr<byte_budget>& room)
{
    if (!answer)
        answer = begun_by(packet, room);
    if (answer->is_too_long || answer->has_no_room)
        return;
    const std::string_view data = packet.data().view();
    if (data.size() > answer->most - answer->body.size())
        answer->is_too_long = true;
    else if (!answer->share->grow(data.size()))
        answer->has_no_room = true;
    else
    {
        answer->body += data;
        return;
    }
    answer->body = {}; // and its memory
    answer->share.reset();
}

} // namespace penstock::host
