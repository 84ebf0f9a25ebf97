// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "held_messages.hpp"

#include <penstock/json_text.hpp>

#include <algorithm>
#include <utility>

namespace mqtt_package
{

namespace json = penstock::json;

// What did not come by the last connection, and had ended, does not come any more.
void held_messages::reconnect(bool was_kept)
{
    std::erase_if(messages_,
                  [](const auto& each) { return !each.second.is_here && each.second.has_ended; });
    here_ = 0;
    for (auto& [key, each] : messages_)
    {
        each.is_here = false;
        each.is_expected = !each.has_ended;
        if (!was_kept)
            each.identifier = 0;
    }
}

bool held_messages::is_same(const message& known, const std::string& key, const std::string& id,
                            int identifier, std::uint64_t content) const
{
    if (known.is_here || known.content != content || known.has_id == id.empty())
        return false;
    if (id.empty())
        return identifier != 0 && known.identifier == identifier;
    const std::string plain = penstock::write_json(json::string(id));
    return key == plain || key.starts_with('[' + plain + ',');
}

// The packet identifier and the hash are the same when the broker gives a message out again, also
// after a crash.
json::value held_messages::first_position(const std::string& id, int identifier,
                                          std::uint64_t content)
{
    if (!id.empty())
        return json::string(id);
    if (identifier != 0)
        return json::array{identifier, content};
    return json::array{json::string(instance_), ++nameless_};
}

held_messages::arrival held_messages::arrive(const std::string& id, int identifier,
                                             std::uint64_t content)
{
    ++here_;
    const auto known =
        std::ranges::find_if(messages_, [&](const auto& each)
                             { return is_same(each.second, each.first, id, identifier, content); });
    if (known != messages_.end())
    {
        known->second.is_here = true;
        known->second.identifier = identifier;
        return {penstock::parse_json(known->first),
                std::exchange(known->second.is_expected, false)};
    }
    const json::value first = first_position(id, identifier, content);
    json::value position = first;
    for (std::uint64_t number = 2; messages_.contains(penstock::write_json(position)); ++number)
        position = json::array{first, number};
    messages_[penstock::write_json(position)] = {identifier, content, !id.empty(), true};
    return {std::move(position), true};
}

void held_messages::end(const json::value& position)
{
    if (const auto found = messages_.find(penstock::write_json(position)); found != messages_.end())
        found->second.has_ended = true;
}

bool held_messages::have_ended() const
{
    return here_ != 0 &&
           std::ranges::all_of(messages_, [](const auto& each)
                               { return !each.second.is_here || each.second.has_ended; });
}

void held_messages::forget()
{
    std::erase_if(messages_, [](const auto& each) { return each.second.is_here; });
    here_ = 0;
}

} // namespace mqtt_package
