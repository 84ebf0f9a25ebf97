// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/intake.hpp"

#include "host/api/data/request_meta.hpp"
#include "host/lane/lane_ingress.hpp"
#include "host/net/characters.hpp"
#include "host/net/content/content_coding.hpp"
#include "host/net/content/file_type.hpp"
#include "host/net/content/multipart.hpp"

#include <penstock/bytes.hpp>
#include <penstock/charset.hpp>
#include <penstock/detail/utf8_charset.hpp>
#include <penstock/packet.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace penstock::host::api
{

namespace
{

// Up to here a body is unpacked and checked within a millisecond or two.
constexpr std::size_t short_body = 256 * http::limits::kib;
constexpr std::size_t short_packed_body = 4 * http::limits::kib;

// A body up to this size is copied, to memory that is recycled with its count, and leaves its own
// to the next one.
constexpr std::size_t longest_copied = detail::block_cache::largest - 64;

bool any_takes(const plan& graph, std::string_view media)
{
    return std::ranges::any_of(graph.nodes,
                               [&](const planned_node& each) { return takes(each, media); });
}

// Whether bytes are to be read as UTF-8.
bool is_utf8_named(std::string_view content, const std::string& charset)
{
    return penstock::detail::is_utf8_charset(
        charset_of(content, charset.empty() ? "utf-8" : charset));
}

http::refusal unsupported(const plan& graph, const std::string& what)
{
    const std::string types = accepted_types(graph);
    return {415, what + "; " +
                     (types.empty() ? "this graph takes no data at all" : types + " was expected")};
}

std::optional<http::refusal> object_to_json(bytes& content, json_options expected,
                                            const api_limits& bounds)
{
    expected.depth = std::min(expected.depth, bounds.json_depth);
    expected.members = std::min(expected.members, bounds.json_members);
    try
    {
        check_json(content, expected);
        return std::nullopt;
    }
    catch (const json_error& error)
    {
        return http::refusal(400, "line " + std::to_string(error.line()) + ", column " +
                                      std::to_string(error.column()) + ", byte offset " +
                                      std::to_string(error.offset()) + ": " + error.what());
    }
}

// Checks one body on its own, that of a request or of a part, as the adapters declare that take it:
// what one of them may read is let in. An empty part is for its adapter to judge, for it refuses no
// other; so is what is not in UTF-8, which the adapter decodes first.
std::optional<http::refusal> object_to(bytes& content, std::string_view media,
                                       const std::string& charset, const plan& graph,
                                       const api_limits& bounds)
{
    std::optional<http::refusal> refused;
    if (content.empty() || !is_utf8_named(content.view(), charset))
        return refused;
    for (const planned_node& each : graph.nodes)
    {
        if (!takes(each, media))
            continue;
        const auto expected = each.declared ? each.declared->json_body(media) : std::nullopt;
        if (!expected)
            return std::nullopt;
        refused = object_to_json(content, *expected, bounds);
        if (!refused)
            return refused;
    }
    return refused;
}

// The encoding that a media type names; empty if it names none, or what can be none.
std::string charset_in(const http::media_type& type)
{
    std::string name(type.parameter("charset").value_or(""));
    if (!http::is_token(name))
        name.clear();
    std::ranges::transform(name, name.begin(), http::lower);
    return name;
}

entry_packet make_packet(packet meta, std::string_view media, const std::string& charset,
                         bytes content, std::string_view filename)
{
    entry_packet made(std::move(meta), media);
    made.content.set_meta("mimetype", media);
    if (!charset.empty())
        made.content.set_meta("charset", charset);
    made.content.set_meta("contentlength", std::int64_t(content.size()));
    if (!filename.empty())
        made.content.set_meta("filename", filename);
    made.content.set_data(std::move(content));
    return made;
}

// A client that does not know a file's type says so, or says nothing; the name may tell.
std::string type_of(const http::part& upload)
{
    constexpr std::string_view unknown = "application/octet-stream";
    std::string type = upload.type ? upload.type->essence : std::string(unknown);
    if (type != unknown)
        return type;
    const std::string_view guessed = http::file_type(upload.filename);
    if (!guessed.empty())
        return std::string(guessed);
    return upload.type || !upload.filename.empty() ? type : "text/plain"; // RFC 7578, 4.4
}

// The content of a part of that body; nothing if it is not encoded as it says.
std::optional<bytes> content_of(const http::part& of,
                                const std::shared_ptr<const std::string>& body)
{
    if (of.encoding == http::transfer_encoding::identity)
        return bytes(body, of.content);
    auto decoded = http::decode_transfer(of.encoding, of.content);
    return decoded ? std::optional(bytes(*std::move(decoded))) : std::nullopt;
}

http::checked<entry_packets> read_parts(std::string body, const http::media_type& type,
                                        const packet& meta, const plan& graph,
                                        const api_limits& bounds)
{
    const auto owner = std::make_shared<const std::string>(std::move(body));
    const auto parts = http::parse_multipart(type, *owner, bounds);
    if (!parts)
        return parts.error();
    constexpr std::size_t own_meta = 128; // of a part, besides what all have and its file's name
    const std::size_t shared_meta = size_of_meta(meta) + own_meta;
    std::size_t all_meta = 0;
    entry_packets packets;
    packets.reserve(parts->size());
    std::size_t number = 0;
    for (const http::part& each : *parts)
    {
        const std::string place = "part " + std::to_string(++number) + ": ";
        if (each.is_file && each.filename.empty() && each.content.empty())
            continue; // a form whose sender chose no file
        all_meta += shared_meta + each.filename.size();
        if (all_meta > bounds.meta)
            return http::refusal(
                413, place + "the meta of the parts is over its limit; expected at most " +
                         std::to_string(bounds.meta) + " bytes for all of them");
        const std::string media = type_of(each);
        if (!any_takes(graph, media))
            return unsupported(graph, place + "no adapter of this graph accepts " + media);
        std::optional<bytes> content = content_of(each, owner);
        if (!content)
            return http::refusal(400, place + "not encoded as it says; what "
                                              "content-transfer-encoding names was expected");
        const std::string charset = each.type ? charset_in(*each.type) : std::string();
        if (const auto why = object_to(*content, media, charset, graph, bounds))
            return http::refusal(why->status(), place + why->why());
        packets.push_back(
            make_packet(meta.clone(), media, charset, *std::move(content), each.filename));
    }
    if (packets.empty())
        return http::refusal(400, "the body has no part with content");
    return packets;
}

} // namespace

std::string accepted_types(const plan& graph)
{
    std::vector<std::string_view> types;
    std::string list;
    for (const planned_node& node : graph.nodes)
    {
        for (const std::string& each : node.accepts)
        {
            if (std::ranges::find(types, each) != types.end())
                continue;
            types.push_back(each);
            list += list.empty() ? each : ", " + each;
        }
    }
    return list;
}

http::checked<http::media_type> read_type(const http::request& head, const plan& graph)
{
    const std::string_view coding = head.headers.value("Content-Encoding");
    if (!http::is_known_coding(coding))
        return http::refusal(415,
                             "content-encoding: not a coding that this host knows; gzip, deflate "
                             "or zstd was expected");
    const auto sent = head.headers.find("Content-Type");
    if (!sent)
        return unsupported(graph, "content-type: there is none");
    auto type = http::parse_media_type(*sent);
    if (!type)
        return unsupported(graph, "content-type: not a media type");
    return *std::move(type);
}

std::optional<http::refusal> object_to_type(const http::media_type& type, const plan& graph)
{
    const bool fits =
        http::is_multipart(type) ? !accepted_types(graph).empty() : any_takes(graph, type.essence);
    if (fits)
        return std::nullopt;
    return unsupported(graph, "no adapter of this graph accepts " + type.essence);
}

http::checked<entry_packets> read_packets(http::request& received, const http::media_type& type,
                                          packet meta, const plan& graph, const api_limits& bounds)
{
    if (received.body.empty())
        return http::refusal(400, "the body is empty");
    const auto coding = received.headers.value("Content-Encoding");
    bytes content;
    if (coding.empty() && !http::is_multipart(type) && received.body.size() <= longest_copied)
    {
        content = bytes::copy_of(received.body);
    }
    else
    {
        auto body = http::decode_content(coding, std::move(received.body), bounds);
        if (!body)
            return body.error();
        if (http::is_multipart(type))
            return read_parts(*std::move(body), type, meta, graph, bounds);
        if (body->empty())
            return http::refusal(400, "the body is empty");
        content = bytes(*std::move(body));
    }
    const std::string charset = charset_in(type);
    if (const auto why = object_to(content, type.essence, charset, graph, bounds))
        return *why;
    entry_packets packets;
    packets.push_back(make_packet(std::move(meta), type.essence, charset, std::move(content), {}));
    return packets;
}

bool is_slow(const http::request& asked)
{
    const std::size_t most =
        asked.headers.find("Content-Encoding") ? short_packed_body : short_body;
    return asked.body.size() > most || asked.headers.find("Idempotency-Key").has_value();
}

} // namespace penstock::host::api
