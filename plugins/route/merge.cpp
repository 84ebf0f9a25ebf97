// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
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

// Pairs by key and within one request. Pairs by place would join strangers as soon as one of the
// branches drops or multiplies packets, and a key alone would have to wait for a partner that may
// never come; the end of a request tells that none will.
class merge final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Packets that are merged into."};
    penstock::input in2{*this, "in2", penstock::required,
                        "Their partners, whose fields and meta win."};
    penstock::output out{*this, "out", "The merged packets; those without a partner as they are."};
    penstock::parameter<std::string> key{
        *this, "key", "",
        "What partners have in common: /fields/NAME or /meta/NAME. If empty, partners are copies "
        "of one packet that took different ways. Of several with one key, the first is merged "
        "with the first, the second with the second."};

    void check(penstock::problems& found) const override
    {
        if (!key->empty() && name_in(*key).empty())
            found.add(key, "is \"" + *key + "\"; /fields/NAME or /meta/NAME was expected");
    }

    void start() override { name_ = name_in(*key); }

    static std::string_view name_in(std::string_view key)
    {
        for (const std::string_view where : {"/fields/", "/meta/"})
            if (key.starts_with(where))
                return key.substr(where.size());
        return {};
    }

    void run() override
    {
        for (;;)
        {
            penstock::batch first = in.receive_request();
            penstock::batch second = in2.receive_request();
            if (!first && !second)
                return;
            send_merged(first, second);
        }
    }

    // What came by `in`, each with its partner, in order; then partners that were not asked for.
    void send_merged(penstock::batch& first, penstock::batch& second)
    {
        std::map<std::string, std::deque<std::size_t>> waiting; // places in second
        for (std::size_t n = 0; n < second.size(); ++n)
            if (const auto common = key_of(second[n]))
                waiting[*common].push_back(n);

        std::vector<bool> merged(second.size(), false);
        for (penstock::packet& packet : first)
        {
            const auto common = key_of(packet);
            const auto partners = common ? waiting.find(*common) : waiting.end();
            if (partners != waiting.end() && !partners->second.empty())
            {
                const std::size_t n = partners->second.front();
                partners->second.pop_front();
                merged[n] = true;
                packet.merge(second[n], penstock::keep_meta::yes);
                packet.join(std::move(second[n]));
            }
            out.send(std::move(packet));
        }
        for (std::size_t n = 0; n < second.size(); ++n)
            if (!merged[n])
                out.send(std::move(second[n]));
    }

    std::optional<std::string> key_of(const penstock::packet& packet) const
    {
        if (name_.empty())
            return packet.id().text();
        const json::value* value =
            key->starts_with("/meta/") ? packet.find_meta(name_) : packet.find(name_);
        if (value == nullptr || value->is_null())
            return std::nullopt;
        try
        {
            return penstock::write_json(*value);
        }
        catch (const std::invalid_argument&) // a number that JSON cannot hold equals no other
        {
            return std::nullopt;
        }
    }

    std::string name_; // of the field or meta; empty if packets are known by their ids
};

} // namespace

extern constinit const penstock::component_entry merge_entry = penstock::component_of<merge>(
    "merge", penstock::category::op,
    "Merges the packets of two inputs that belong together, request by request.");

} // namespace route_package
