// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "open_deliveries.hpp"

#include <penstock/json_text.hpp>

#include <algorithm>
#include <utility>

namespace amqp_package
{

namespace json = penstock::json;

open_deliveries::open_deliveries(std::string instance) : instance_(std::move(instance)) {}

// What has ended before the last connection was opened and did not come by it was acknowledged, or
// another has it.
void open_deliveries::reconnect()
{
    deliveries_.clear();
    for (auto& [position, each] : under_way_)
        each.tags.clear();
    std::erase_if(ended_, [](const auto& each) { return !each.second; });
    for (auto& [position, is_new] : ended_)
        is_new = false;
}

open_deliveries::arrival open_deliveries::arrive(std::uint64_t tag, const std::string& message_id,
                                                 std::uint64_t content)
{
    arrival came{position_of(message_id, content), knowledge::nothing};
    const std::string key = penstock::write_json(came.position);
    deliveries_.push_back({tag});
    if (const auto known = ended_.find(key); known != ended_.end())
    {
        came.before = known->second ? knowledge::just_ended : knowledge::ended;
        ended_.erase(known);
        end_delivery(tag);
        return came;
    }
    const auto [place, is_new] = under_way_.try_emplace(key, message{.content = content});
    message& of = place->second;
    if (!of.tags.empty())
        came.before = knowledge::copy;
    else if (!is_new)
        came.before = of.is_refused ? knowledge::refused : knowledge::under_way;
    of.tags.push_back(tag);
    return came;
}

// A message of the same id and another content is another one.
json::value open_deliveries::position_of(const std::string& message_id, std::uint64_t content)
{
    if (message_id.empty())
        return json::array{json::string(instance_), ++nameless_};
    json::value position = json::string(message_id);
    const std::string plain = penstock::write_json(position);
    if (const auto same = under_way_.find(plain);
        same != under_way_.end() && same->second.content == content)
        return position;
    const std::string numbered = '[' + plain + ',';
    for (auto each = under_way_.lower_bound(numbered);
         each != under_way_.end() && each->first.starts_with(numbered); ++each)
        if (each->second.content == content)
            return penstock::parse_json(each->first);
    for (std::uint64_t number = 2; under_way_.contains(penstock::write_json(position)); ++number)
        position = json::array{json::string(message_id), number};
    return position;
}

void open_deliveries::refuse(const json::value& position)
{
    under_way_.at(penstock::write_json(position)).is_refused = true;
}

void open_deliveries::end(const json::value& position)
{
    const std::string key = penstock::write_json(position);
    const auto ended = under_way_.find(key);
    if (ended != under_way_.end() && !ended->second.tags.empty())
        std::ranges::for_each(ended->second.tags, [this](std::uint64_t tag) { end_delivery(tag); });
    else if (position.is_string() || position.as_array().front() != json::value(instance_))
        ended_.emplace(key, true);
    if (ended != under_way_.end())
        under_way_.erase(ended);
}

void open_deliveries::end_delivery(std::uint64_t tag)
{
    const auto found = std::ranges::lower_bound(deliveries_, tag, {}, &delivery::tag);
    if (found != deliveries_.end() && found->tag == tag)
        found->has_ended = true;
}

std::optional<std::uint64_t> open_deliveries::take_ended()
{
    std::optional<std::uint64_t> last;
    for (; !deliveries_.empty() && deliveries_.front().has_ended; deliveries_.pop_front())
        last = deliveries_.front().tag;
    return last;
}

} // namespace amqp_package
