// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "answer_cache.hpp"
#include "body_form.hpp"
#include "components.hpp"
#include "outage_rules.hpp"
#include "request_head.hpp"
#include "server_answer.hpp"

#include "../curl/client.hpp"
#include "../curl/server_access.hpp"
#include "../curl/url.hpp"
#include "../packets/order_to_delete.hpp"
#include "../packets/place_problem.hpp"
#include "../reading/content_type.hpp"

#include <penstock/charset.hpp>
#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

constexpr std::string_view meta_prefix = "/meta/";
constexpr std::string_view field_prefix = "/fields/";

class fetch final : public penstock::transformer
{
    penstock::parameter<std::string> url{
        *this, "url", penstock::no_default,
        "What to ask for. {{/meta/NAME}}, {{/fields/NAME}} and {{NAME}}, which is meta or else a "
        "field, stand for what a packet has there. Where packets name the host, addresses that are "
        "not public are refused.",
        penstock::example{"https://example.org/books/{{isbn}}"}};
    penstock::parameter<std::string> method{*this, "method", "GET", "The method of the requests.",
                                            penstock::choices{"GET", "POST", "PUT"}};
    penstock::parameter<json::object> headers{
        *this, "headers", json::object(),
        "Header fields: a text for each name, with places as in url."};
    penstock::parameter<json::value> body{
        *this, "body", json::value(),
        "The body of POST and PUT: a text with places as in url, or JSON in which a text that is "
        "one place becomes the value that is there, or null. If null, the packet's fields as JSON.",
        penstock::example{json::object{{"input", "{{text}}"}}}};
    penstock::parameter<std::string> into{*this, "into", "answer",
                                          "Where the answer is put: a field, or /meta/NAME, or "
                                          "/data for its bytes with meta mimetype "
                                          "and charset. "
                                          "JSON becomes a value, other text a text.",
                                          penstock::example{"book"}};
    penstock::parameter<std::chrono::milliseconds> cache{
        *this, "cache", 0ms, "How long an answer is used again for the same request; 0: never.",
        penstock::range{0, 86'400'000}};
    penstock::parameter<penstock::byte_count> cache_bytes{
        *this, "cache_bytes", penstock::byte_count{16 << 20},
        "About how much memory the answers may take that are kept, on each lane."};
    penstock::parameter<penstock::byte_count> answer_bytes{
        *this, "answer_bytes", penstock::byte_count{16 << 20}, "The most bytes of an answer.",
        penstock::range{1, 1 << 30}};
    penstock::parameter<std::vector<std::string>> allow_hosts{
        *this,
        "allow_hosts",
        {},
        "Hosts that packets may name though their addresses are not public.",
        penstock::example{json::array{"books.internal"}}};
    outage_rules outages_{*this};
    curl::server_access access_{
        *this, {"token", "Bearer", "A token to send as Authorization: Bearer."}, 30s};

    penstock::counter requests{*this, "requests", "Requests that were answered."};
    penstock::counter hits{*this, "cache_hits", "Packets that an answer was kept for."};

    void check(penstock::problems& found) const override
    {
        if (const std::string wrong = request_head::problem_of_url(*url); !wrong.empty())
            found.add(url, wrong);
        if (const std::string wrong = request_head::problem_of_headers(*headers); !wrong.empty())
            found.add(headers, wrong);
        if (const std::string wrong = packets::problem_of_place(*into);
            *into != "/data" && !wrong.empty())
            found.add(into, wrong + ", or /data");
        try
        {
            (void)body_form(*body);
        }
        catch (const std::invalid_argument& error)
        {
            found.add(body, error.what());
        }
        access_.check(found);
        if (access_.logs_in() && request_head::part_named_by_packets(*url) == named_part::host)
            found.add(url, "would have packets name who gets the credentials; a host was expected");
    }

    void start() override
    {
        head_ = request_head(*url, *headers);
        form_ = body_form(*body);
        named_ = request_head::part_named_by_packets(*url);
        outages_.start(access_.logs_in() || head_.has("authorization"), named_);
        curl::settings how = access_.make_settings();
        how.answer_bytes = static_cast<std::size_t>(*answer_bytes);
        client_ = std::make_unique<curl::client>(std::move(how));
        kept_ = std::make_unique<answer_cache>(*cache, static_cast<std::size_t>(*cache_bytes));
    }

    void process(penstock::packet& packet) override
    {
        if (packets::is_order_to_delete(packet))
            return; // it needs no more
        std::string wrong;
        try
        {
            wrong = fetch_for(packet);
        }
        catch (const std::invalid_argument& error) // of a place that cannot be filled, or of a URL
        {
            wrong = error.what();
        }
        catch (const curl::refused_address& error)
        {
            wrong = error.what();
        }
        if (!wrong.empty())
            fail(std::move(packet), std::move(wrong));
    }

    // Returns why the packet fails; nothing if it does not.
    std::string fetch_for(penstock::packet& packet)
    {
        curl::request asked{.method = *method, .url = head_.url(packet)};
        asked.headers = head_.headers(packet);
        std::string text;
        if (*method != "GET")
        {
            text = form_.fill(packet);
            if (!head_.has("content-type"))
                asked.headers.push_back(form_.is_json()
                                            ? "Content-Type: application/json"
                                            : "Content-Type: text/plain; charset=utf-8");
        }
        asked.body = text;
        const std::string key = key_of(asked);
        if (const json::value* found = kept_->find(key))
        {
            hits.add();
            put(packet, found->at("type").as_string(), found->at("body").as_string());
            return {};
        }
        for (std::string& each : access_.headers())
            asked.headers.push_back(std::move(each));
        const std::string host = curl::host_of(asked.url);
        asked.public_only = named_ == named_part::host &&
                            std::ranges::find(*allow_hosts, host) == allow_hosts->end();
        curl::answer told;
        try
        {
            told = client_->send(asked);
        }
        catch (const curl::no_answer& error)
        {
            return follow(outages_.of_no_answer(packet.id()), error);
        }
        catch (const penstock::unavailable& error)
        {
            return follow(outages_.of_no_connection(), error);
        }
        requests.add();
        if (told.status < 200 || told.status >= 300)
            return follow(outages_.of_answer(told.status, packet.id()),
                          penstock::unavailable(reason_of(asked.url, told), told.retry_after));
        kept_->keep(key, json::object{{"type", told.type}, {"body", told.body}}, told.body.size());
        put(packet, told.type, told.body);
        return {};
    }

    static std::string key_of(const curl::request& asked)
    {
        std::string key = asked.url;
        for (const std::string& each : asked.headers)
            (key += '\n') += each;
        return (key += "\n\n").append(asked.body);
    }

    // Throws what has the packet wait, or be tried again; returns why it fails.
    static std::string follow(verdict said, const penstock::unavailable& why)
    {
        if (said == verdict::waits)
            throw penstock::unavailable(why);
        if (said == verdict::retries)
            throw std::runtime_error(why.what());
        return why.what();
    }

    void put(penstock::packet& packet, std::string_view type, std::string_view text) const
    {
        const ::reading::content_type told(type);
        if (*into == "/data")
        {
            packet.set_data(penstock::bytes(std::string(text)));
            if (!told.media.empty())
                packet.set_meta("mimetype", told.media);
            if (told.charset.empty())
                packet.erase_meta("charset"); // it is that of other data
            else
                packet.set_meta("charset", told.charset);
            return;
        }
        json::value value = value_of(told, text);
        const std::string_view name = *into;
        if (name.starts_with(meta_prefix))
            packet.set_meta(name.substr(meta_prefix.size()), std::move(value));
        else if (name.starts_with(field_prefix))
            packet.set(name.substr(field_prefix.size()), std::move(value));
        else
            packet.set(name, std::move(value));
    }

    static json::value value_of(const ::reading::content_type& type, std::string_view text)
    {
        const bool is_json = type.media == "application/json" || type.media.ends_with("+json");
        try
        {
            const std::string decoded = penstock::to_utf8(
                text, type.charset.empty() ? std::string_view("utf-8") : type.charset);
            return is_json ? penstock::parse_json(decoded) : json::value(decoded);
        }
        catch (const penstock::charset_error& error)
        {
            throw std::invalid_argument(std::string("the answer is no text: ") + error.what());
        }
        catch (const penstock::json_error& error)
        {
            throw std::invalid_argument(std::string("the answer is no JSON: ") + error.what());
        }
    }

    request_head head_;
    body_form form_;
    named_part named_ = named_part::nothing;
    std::unique_ptr<curl::client> client_;
    std::unique_ptr<answer_cache> kept_;
};

} // namespace

extern constinit const penstock::component_entry fetch_entry = penstock::component_of<fetch>(
    "fetch", penstock::category::transformer,
    "Asks a server about each packet by a request of HTTP, and keeps the answer in the packet.");

} // namespace http_package
