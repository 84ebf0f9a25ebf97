// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "seen_keys.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace route_package
{
namespace
{

constexpr std::size_t digits = 16;             // of a number
constexpr std::size_t entry_size = 4 * digits; // key, id, time

void append(penstock::json::string& text, std::uint64_t number)
{
    std::array<char, digits> written{};
    written.fill('0');
    for (std::size_t n = digits; number > 0; number /= 16)
        written[--n] = "0123456789abcdef"[number % 16];
    text.append(std::string_view(written.data(), written.size()));
}

std::uint64_t number_at(std::string_view text, std::size_t at)
{
    std::uint64_t number = 0;
    const char* const end = text.data() + at + digits;
    const auto [stop, error] = std::from_chars(text.data() + at, end, number, 16);
    if (error != std::errc() || stop != end)
        throw std::invalid_argument("the state is no list of keys that were seen");
    return number;
}

} // namespace

bool seen_keys::is_duplicate(std::uint64_t key, penstock::packet_id by, std::int64_t now)
{
    forget_oldest(now);
    const auto found = keys_.find(key);
    if (found != keys_.end())
        return by == penstock::packet_id() || found->second.packet != by;
    note(key, {by, now, ++count_});
    if (keys_.size() > most_)
        forget_oldest(now);
    return false;
}

void seen_keys::note(std::uint64_t key, const first& by)
{
    keys_.emplace(key, by);
    order_.push_back({key, by.number});
    if (order_.size() > 2 * keys_.size() + 1024) // most of them were forgotten
        std::erase_if(order_,
                      [this](const place& each)
                      {
                          const auto found = keys_.find(each.key);
                          return found == keys_.end() || found->second.number != each.number;
                      });
}

void seen_keys::forget_oldest(std::int64_t now)
{
    while (!order_.empty())
    {
        const auto found = keys_.find(order_.front().key);
        const bool is_there = found != keys_.end() && found->second.number == order_.front().number;
        if (is_there && keys_.size() <= most_ && now - found->second.time < window_)
            return;
        if (is_there)
            keys_.erase(found);
        order_.pop_front();
    }
}

penstock::json::string seen_keys::text() const
{
    penstock::json::string text;
    text.reserve(keys_.size() * entry_size);
    for (const place& each : order_)
    {
        const auto found = keys_.find(each.key);
        if (found == keys_.end() || found->second.number != each.number)
            continue;
        append(text, each.key);
        append(text, found->second.packet.high);
        append(text, found->second.packet.low);
        append(text, static_cast<std::uint64_t>(found->second.time));
    }
    return text;
}

void seen_keys::read(std::string_view text)
{
    keys_.clear();
    order_.clear();
    if (text.size() % entry_size != 0)
        throw std::invalid_argument("the state is no list of keys that were seen");
    for (std::size_t at = 0; at < text.size(); at += entry_size)
        note(number_at(text, at), {{number_at(text, at + digits), number_at(text, at + 2 * digits)},
                                   static_cast<std::int64_t>(number_at(text, at + 3 * digits)),
                                   ++count_});
}

} // namespace route_package
