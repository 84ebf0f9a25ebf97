// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "key_hash.hpp"
#include "seen_keys.hpp"
#include "wall_clock.hpp"

#include "../packets/order_to_delete.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace route_package
{
namespace
{

namespace json = penstock::json;

// The state is saved once for as many packets, before they go on.
constexpr std::size_t at_once = 1024;
constexpr std::chrono::milliseconds wait_for_others{1};

class dedup final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out", "The first packet of each key within the window."};
    penstock::parameter<std::vector<std::string>> key{
        *this,
        "key",
        {},
        "What duplicates have in common: all of these, each as /fields/NAME or /meta/NAME. A "
        "packet that has none of them is no duplicate. If empty, all fields, and the data.",
        penstock::example{json::array{"/meta/id"}}};
    penstock::parameter<std::chrono::milliseconds> window{
        *this, "window", std::chrono::hours(1), "How long a key is remembered after it came first.",
        penstock::range{1, 1e12}};
    penstock::parameter<std::uint32_t> keys{
        *this, "keys", 10'000,
        "The most keys that are remembered; the oldest are forgotten first. They are saved with "
        "each batch of packets, 64 bytes for each key.",
        penstock::range{1, 1'000'000}};
    penstock::counter duplicates{*this, "duplicates", "Packets that were dropped."};
    penstock::state kept{*this, json::object{}};

    void check(penstock::problems& found) const override
    {
        for (const std::string& each : *key)
            if (!name_in(each))
                found.add(key, "has \"" + each + "\"; /fields/NAME or /meta/NAME was expected");
    }

    static std::optional<std::string_view> name_in(std::string_view place)
    {
        for (const std::string_view where : {"/fields/", "/meta/"})
            if (place.starts_with(where) && place.size() > where.size())
                return place.substr(where.size());
        return std::nullopt;
    }

    void run() override
    {
        seen_keys seen(window->count(), *keys);
        const wall_clock clock;
        load(seen);
        while (penstock::batch packets = in.receive_some(at_once, wait_for_others))
        {
            std::vector<bool> is_duplicate(packets.size());
            bool has_changed = false;
            for (std::size_t n = 0; n < packets.size(); ++n)
            {
                const std::optional<std::uint64_t> hash = hash_of_key(packets[n]);
                if (hash && packets::is_order_to_delete(packets[n]))
                    seen.forget(*hash); // so that it may come again
                else if (hash)
                    is_duplicate[n] = seen.is_duplicate(*hash, packets[n].id(), clock.now());
                has_changed = has_changed || (hash && !is_duplicate[n]);
            }
            if (has_changed)
            {
                (*kept).as_object()["seen"] = seen.text();
                kept.save();
            }
            for (std::size_t n = 0; n < packets.size(); ++n)
                end(std::move(packets[n]), is_duplicate[n]);
        }
    }

    void end(penstock::packet packet, bool is_duplicate)
    {
        if (!is_duplicate)
            return out.send(std::move(packet));
        duplicates.add(1);
        drop(std::move(packet));
    }

    // The state has the secret of its hashes as well.
    void load(seen_keys& seen)
    {
        json::object& state = (*kept).as_object();
        if (!state.contains("low") || !state.contains("high"))
        {
            std::random_device random;
            const auto word = [&] { return (std::uint64_t{random()} << 32) | random(); };
            state = {{"low", word()}, {"high", word()}};
        }
        secret_ = {state.at("low").to_number<std::uint64_t>(),
                   state.at("high").to_number<std::uint64_t>()};
        if (const json::value* text = state.if_contains("seen"))
            seen.read(std::string_view(text->as_string()));
    }

    // None for a packet that equals no other.
    [[nodiscard]] std::optional<std::uint64_t> hash_of_key(const penstock::packet& packet)
    {
        text_.clear();
        bool has_any = false;
        try
        {
            if (key->empty())
            {
                has_any = packet.field_count() != 0 || !packet.data().empty();
                for (const std::string& name : packet.names())
                    add(name, packet.find(name));
                text_ += '\0'; // which is in no JSON
                text_ += packet.data().view();
            }
            for (const std::string& each : *key)
            {
                const std::string_view name = *name_in(each);
                const json::value* value =
                    each.starts_with("/meta/") ? packet.find_meta(name) : packet.find(name);
                has_any = has_any || value != nullptr;
                add(each, value);
            }
        }
        catch (const std::invalid_argument&) // a number that JSON cannot hold equals no other
        {
            return std::nullopt;
        }
        return has_any ? std::optional(hash_of(text_, secret_)) : std::nullopt;
    }

    void add(std::string_view name, const json::value* value)
    {
        penstock::write_json(json::value(name), text_);
        if (value != nullptr)
            penstock::write_json(*value, text_);
        text_ += '\n';
    }

    hash_key secret_;
    std::string text_; // of a key
};

} // namespace

extern constinit const penstock::component_entry dedup_entry = penstock::component_of<dedup>(
    "dedup", penstock::category::filter,
    "Drops packets whose key has come before, within a window of time.");

} // namespace route_package
