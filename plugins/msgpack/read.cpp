// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "parts.hpp"
#include "token.hpp"
#include "value.hpp"

#include "../reading/bad_parts.hpp"
#include "../reading/media_types.hpp"
#include "../reading/numbering.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace msgpack_package
{
namespace
{

namespace json = penstock::json;

class read final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Bodies, as they came."};
    penstock::output out{*this, "out", "One packet for each map."};
    penstock::parameter<bool> events{
        *this, "events", true,
        "Whether a list of a time and a map is one event, as Fluentd and Fluent Bit write it: the "
        "map becomes the fields, and the time meta time, in RFC 3339."};
    penstock::parameter<std::string> binaries{
        *this, "binary", "refuse",
        "What becomes of bytes where a text may stand: a failed document, or a text.",
        penstock::choices{"refuse", "text"}};
    penstock::parameter<std::string> invalid{
        *this, "invalid", "refuse",
        "What becomes of bytes in a text that are no UTF-8: a failed document, or U+FFFD in their "
        "place.",
        penstock::choices{"refuse", "replace"}};
    penstock::parameter<std::vector<std::string>> further_types{
        *this, "types", {}, "Further media types to read, as in application/x-chunk."};
    penstock::parameter<std::int64_t> depth{
        *this, "depth", 64, "How deep a document may be nested.", penstock::range{1, 1024}};
    penstock::parameter<std::int64_t> members{
        *this, "members", 65'536, "The most members of a map.", penstock::range{1, 1'000'000}};
    penstock::parameter<penstock::byte_count> memory{
        *this, "memory", penstock::byte_count{256 << 20},
        "About how much memory the values of one document may take."};
    penstock::parameter<std::int64_t> bad_documents{
        *this, "bad_documents", 10'000,
        "How many bad documents of a body become a dead letter each. Those beyond become one "
        "together.",
        penstock::range{0, 1e9}};
    penstock::accepts types{
        *this,
        {"application/msgpack", "application/x-msgpack", "application/vnd.msgpack"},
        further_types};

    void check(penstock::problems& found) const override
    {
        reading::check_media_types(found, further_types);
    }

    void start() override
    {
        options_ = {.depth = static_cast<std::size_t>(*depth),
                    .members = static_cast<std::size_t>(*members),
                    .memory = static_cast<std::size_t>(*memory),
                    .invalid = *invalid == "replace" ? penstock::invalid_text::replace
                                                     : penstock::invalid_text::refuse};
    }

    void run() override
    {
        while (auto packet = in.receive())
            read_body(std::move(*packet));
    }

    void read_body(penstock::packet body)
    {
        const penstock::bytes data = body.data();
        parts rest(data.view(), *events);
        auto current = rest.next();
        auto following = rest.next();
        if (!current)
            return drop(std::move(body));

        reading::numbering documents(body);
        reading::bad_parts bad(static_cast<std::size_t>(*bad_documents), data.size(), {});
        const bool is_only = !following;
        const auto next = [&] { return is_only ? std::move(body) : documents.next(body); };
        for (; current; current = std::exchange(following, rest.next()))
            read_part(next, data, *current, bad);
        if (!bad.is_any_kept())
            return;
        body.set_data(penstock::bytes(bad.take_text()));
        fail(std::move(body), bad.take_reason());
    }

    // A part that fails takes its own bytes along, so that it can be replayed alone.
    template <class Next>
    void read_part(const Next& next, const penstock::bytes& body, const part& read,
                   reading::bad_parts& bad)
    {
        json::object fields;
        json::object metadata;
        std::string wrong = read.wrong;
        if (wrong.empty())
        {
            wrong = read_map(read, read.map, fields);
            if (wrong.empty() && !read.metadata.empty())
                wrong = read_map(read, read.metadata, metadata);
        }
        if (!wrong.empty())
        {
            std::string reason = read.where + wrong;
            if (bad.keep(read.bytes, reason))
                return;
            penstock::packet packet = next();
            packet.set_data(body.slice(read.offset, read.bytes.size()));
            return fail(std::move(packet), std::move(reason));
        }
        penstock::packet packet = next();
        packet.set_fields(std::move(fields));
        packet.clear_data();
        if (read.time)
            packet.set_meta("time", rfc3339(*read.time));
        if (!metadata.empty())
            packet.set_meta("metadata", std::move(metadata));
        out.send(std::move(packet));
    }

    // Returns what is wrong with a map of a part.
    std::string read_map(const part& of, std::string_view map, json::object& to)
    {
        try
        {
            to = std::move(
                read_value(map, options_, *binaries == "text" ? binary::as_text : binary::refuse)
                    .get_object());
            return {};
        }
        catch (const msgpack_error& error)
        {
            const auto before = static_cast<std::size_t>(map.data() - of.bytes.data());
            return ", byte " + std::to_string(before + error.offset()) + ": " + error.what();
        }
    }

    penstock::json_options options_;
};

} // namespace

extern constinit const penstock::component_entry read_entry = penstock::component_of<read>(
    "read", penstock::category::adapter,
    "Reads MessagePack bodies: maps and lists of maps, one behind the other, and the events of "
    "Fluentd and Fluent Bit.");

} // namespace msgpack_package
