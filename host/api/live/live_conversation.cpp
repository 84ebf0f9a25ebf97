// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/live/live_conversation.hpp"

#include "host/base/problem.hpp"
#include "host/base/timestamp.hpp"
#include "host/store/revision.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <stdexcept>
#include <utility>
#include <vector>

namespace penstock::host::api
{

namespace
{

constexpr std::size_t usual_rate = 20;
constexpr std::size_t usual_bytes = 4096;

std::string_view name_of(severity level)
{
    constexpr std::array<std::string_view, 4> names{"debug", "information", "warning", "error"};
    return names[static_cast<std::size_t>(level)];
}

// The text of a message `packet`, around JSON that is written already.
std::string packet_message(const std::string& edge, std::uint64_t number,
                           const packet_preview& shown)
{
    json::object head{{"type", "packet"},
                      {"edge", edge},
                      {"seq", number},
                      {"ts", timestamp_ms(std::chrono::system_clock::now())},
                      {"size", shown.size},
                      {"receipts", json::array(shown.receipts.begin(), shown.receipts.end())}};
    if (shown.truncated)
        head["truncated"] = true;
    std::string text;
    write_json(head, text);
    text.pop_back();
    return text.append(R"(,"packet":)").append(shown.json).append("}");
}

std::size_t number_in(const json::object& wish, std::string_view name, std::size_t usual,
                      std::size_t most)
{
    const json::value* given = wish.if_contains(name);
    if (given == nullptr)
        return std::min(usual, most);
    const bool fits = given->is_int64() && given->get_int64() > 0 &&
                      static_cast<std::size_t>(given->get_int64()) <= most;
    if (!fits)
        throw std::invalid_argument(std::string(name) + ": no such number; 1 to " +
                                    std::to_string(most) + " was expected");
    return static_cast<std::size_t>(given->get_int64());
}

std::string text_in(const json::object& wish, std::string_view name)
{
    const json::value* given = wish.if_contains(name);
    if (given == nullptr || !given->is_string())
        throw std::invalid_argument(std::string(name) + ": missing; a text was expected");
    return std::string(given->get_string());
}

} // namespace

live_conversation::live_conversation(const live_surroundings& around, const api_limits& bounds,
                                     std::string graph, const token_hash& token)
    : around_(around), bounds_(bounds), graph_(std::move(graph)), token_(token)
{
}

void live_conversation::opened(std::shared_ptr<http::websocket> client)
{
    client_ = std::move(client);
    around_.feed.add(shared_from_this());
    if (around_.log != nullptr)
        around_.log->add(graph_, weak_from_this());
}

void live_conversation::closed() noexcept
{
    around_.feed.remove(this);
    taps over;
    {
        const std::lock_guard lock(mutex_);
        over.swap(taps_);
    }
    for (const auto& [edge, viewer] : over)
    {
        viewer->close();
        around_.places->give_back(graph_, edge);
    }
}

void live_conversation::heard(severity level, std::string_view node, std::string_view text) noexcept
{
    try
    {
        json::object line{{"type", "log"},
                          {"level", name_of(level)},
                          {"message", text},
                          {"ts", timestamp_ms(std::chrono::system_clock::now())}};
        if (!node.empty())
            line["node"] = node;
        static_cast<void>(say(line));
    }
    catch (const std::exception&)
    {
        // No memory: the log itself has the line.
    }
}

void live_conversation::received(std::string_view text)
{
    try
    {
        const json::value wish = parse_json(text);
        if (!wish.is_object())
            throw std::invalid_argument("message: not an object; expected one with a type");
        obey(wish.get_object());
    }
    catch (const std::exception& wrong)
    {
        complain(wrong.what());
    }
}

void live_conversation::obey(const json::object& wish)
{
    const std::string type = text_in(wish, "type");
    if (type == "tap")
        add_tap(text_in(wish, "edge"), wish);
    else if (type == "untap")
        remove_tap(text_in(wish, "edge"));
    else
        throw std::invalid_argument("type: unknown; tap or untap was expected");
}

void live_conversation::add_tap(const std::string& edge, const json::object& wish)
{
    const tap::settings with{number_in(wish, "rate", usual_rate, bounds_.tap_rate),
                             number_in(wish, "max_bytes", usual_bytes, bounds_.tap_bytes),
                             around_.budget};
    remove_tap(edge);
    const auto running = around_.graphs.running(graph_);
    if (running == nullptr)
        return; // the next message says so
    auto viewer =
        std::make_shared<tap>(with, [edge, client = client_,
                                     number = std::uint64_t{0}](const packet_preview& shown) mutable
                              { return client->send(packet_message(edge, ++number, shown)); });
    {
        const std::lock_guard lock(mutex_);
        if (taps_.size() >= bounds_.taps)
            throw std::invalid_argument("edge: too many taps; at most " +
                                        std::to_string(bounds_.taps) + " were expected");
        around_.places->take(graph_, edge);
        taps_.emplace(edge, viewer);
    }
    if (running->add_tap(edge, viewer))
        return static_cast<void>(say({{"type", "tapped"}, {"edge", edge}}));
    remove_tap(edge);
    throw std::invalid_argument("edge: the graph that runs has no " + quote(edge) +
                                "; one as in read.out>write.in was expected");
}

void live_conversation::remove_tap(const std::string& edge) noexcept
{
    std::shared_ptr<tap> over;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = taps_.find(edge); found != taps_.end())
        {
            over = std::move(found->second);
            taps_.erase(found);
        }
    }
    if (over == nullptr)
        return;
    over->close();
    around_.places->give_back(graph_, edge);
}

void live_conversation::tell(std::chrono::steady_clock::time_point now) noexcept
{
    try
    {
        tell_all(now);
    }
    catch (const std::exception&) // no memory; all of it is told the next time
    {
        shown_.reset();
    }
}

void live_conversation::tell_all(std::chrono::steady_clock::time_point now)
{
    if (around_.authentication != nullptr &&
        !around_.authentication->still_allows(token_, scope::read))
    {
        complain("the token does not count any more");
        client_->close(http::close_code::policy, "no valid token");
        return;
    }
    const auto kept = around_.graphs.find(graph_);
    if (!kept)
    {
        complain("there is no graph " + quote(graph_) + " any more");
        client_->close(http::close_code::policy, "no such graph");
        return;
    }
    const json::object counted = kept->running->stats();
    tell_state(*kept, counted.at("lanes").as_array().size());
    if (!say(stats_.next(counted, now)))
        stats_.tell_all();
    tell_dropped();
}

void live_conversation::tell_state(const kept_graph& kept, std::size_t lanes)
{
    shown_state now{kept.running->state(), kept.deployed, lanes};
    if (shown_ && *shown_ == now)
        return;
    const json::value deployed =
        kept.deployed ? json::value(revision(write_graph(*kept.deployed))) : json::value(nullptr);
    if (!say({{"type", "state"},
              {"state", name_of(now.state)},
              {"revision", deployed},
              {"lanes", lanes}}))
        return; // the next time, then
    shown_ = std::move(now);
    stats_.tell_all();
}

void live_conversation::tell_dropped()
{
    std::vector<std::pair<std::string, std::uint64_t>> dropped;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [edge, viewer] : taps_)
            if (const std::uint64_t count = viewer->take_dropped(); count != 0)
                dropped.emplace_back(edge, count);
    }
    for (const auto& [edge, count] : dropped)
        static_cast<void>(say({{"type", "tap_dropped"}, {"edge", edge}, {"n", count}}));
}

void live_conversation::complain(std::string_view what)
{
    static_cast<void>(say({{"type", "problem"}, {"detail", what}}));
}

bool live_conversation::say(const json::object& message)
{
    std::string text;
    write_json(message, text);
    return client_->send(std::move(text));
}

} // namespace penstock::host::api
