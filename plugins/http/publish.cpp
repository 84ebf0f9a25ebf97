// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "body_form.hpp"
#include "components.hpp"
#include "outage_rules.hpp"
#include "request_head.hpp"
#include "server_answer.hpp"

#include "../curl/client.hpp"
#include "../curl/server_access.hpp"
#include "../curl/url.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
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

constexpr std::size_t longest_answer = 4096; // what is kept of one, for a reason

/// What one packet has to be sent.
struct delivery
{
    std::size_t place; ///< in the batch
    penstock::packet_id packet;
    std::string url;
    std::vector<std::string> headers;
    std::string body;

    [[nodiscard]] bool goes_with(const delivery& other) const
    {
        return url == other.url && headers == other.headers;
    }
};

class publish final : public penstock::publisher
{
public:
    publish() : publisher({.count = 64, .bytes = penstock::byte_count{5 << 20}, .wait = 0ms}) {}

private:
    penstock::parameter<std::string> url{
        *this, "url", penstock::no_default,
        "Where to send. {{/meta/NAME}}, {{/fields/NAME}} and {{NAME}}, which is meta or else a "
        "field, "
        "stand for what a packet has there. Where packets name the host, addresses that are not "
        "public are refused.",
        penstock::example{"https://example.org/hooks/{{/meta/route}}"}};
    penstock::parameter<std::string> method{*this, "method", "POST", "The method of the requests.",
                                            penstock::choices{"POST", "PUT", "PATCH", "DELETE"}};
    penstock::parameter<json::object> headers{
        *this, "headers", json::object(),
        "Header fields: a text for each name, with places as in url.",
        penstock::example{json::object{{"X-Kind", "{{kind}}"}}}};
    penstock::parameter<json::value> body{
        *this, "body", json::value(),
        "The body: a text with places as in url, or JSON in which a text that is one place becomes "
        "the value that is there, or null. If null, the packet's fields as JSON; its data if it "
        "has "
        "no fields.",
        penstock::example{json::object{{"text", "New: {{title}}"}, {"tags", "{{tags}}"}}}};
    penstock::parameter<std::string> format{
        *this, "format", "single",
        "What a request has: a single packet, or the packets of a batch that go to one URL with "
        "the "
        "same header fields, each on a line or all in a list of JSON.",
        penstock::choices{"single", "lines", "list"}};
    penstock::parameter<std::vector<std::string>> allow_hosts{
        *this,
        "allow_hosts",
        {},
        "Hosts that packets may name though their addresses are not public.",
        penstock::example{json::array{"hooks.internal"}}};
    outage_rules outages_{*this};
    curl::server_access access_{
        *this, {"token", "Bearer", "A token to send as Authorization: Bearer."}, 30s};

    penstock::counter requests{*this, "requests", "Requests that were answered."};
    penstock::histogram seconds{*this, "request_seconds", "How long a request took."};

    void check(penstock::problems& found) const override
    {
        if (const std::string wrong = request_head::problem_of_url(*url); !wrong.empty())
            found.add(url, wrong);
        if (const std::string wrong = request_head::problem_of_headers(*headers); !wrong.empty())
            found.add(headers, wrong);
        check_body(found);
        access_.check(found);
        if (access_.logs_in() && request_head::part_named_by_packets(*url) == named_part::host)
            found.add(url, "would have packets name who gets the credentials; a host was expected");
    }

    void check_body(penstock::problems& found) const
    {
        try
        {
            const body_form form(*body);
            if (*format == "list" && !form.is_json())
                found.add(body, "is no JSON, of which a list is made; JSON was expected");
        }
        catch (const std::invalid_argument& error)
        {
            found.add(body, error.what());
        }
    }

    void start() override
    {
        head_ = request_head(*url, *headers);
        form_ = body_form(*body);
        named_ = request_head::part_named_by_packets(*url);
        outages_.start(access_.logs_in() || head_.has("authorization"), named_);
        curl::settings how = access_.make_settings();
        how.answer_bytes = longest_answer;
        how.cuts_answers = true;
        client_ = std::make_unique<curl::client>(std::move(how));
    }

    // What a request would change is not known here: HEAD changes nothing, and is asked only to see
    // whether the credentials are good.
    void connect() override
    {
        if (named_ == named_part::host)
            return;
        const bool is_one_url = named_ == named_part::nothing;
        const curl::answer told =
            client_->send({.method = "HEAD",
                           .url = is_one_url ? *url : curl::origin_of(*url) + "/",
                           .headers = access_.headers(),
                           .connect_only = !access_.logs_in()});
        if (told.status == 401 || (told.status == 403 && is_one_url))
            throw penstock::unavailable(reason_of(*url, told), told.retry_after);
    }

    void write(penstock::batch& items) override
    {
        const std::vector<delivery> deliveries = deliveries_of(items);
        std::span<const delivery> left(deliveries);
        while (!left.empty())
        {
            std::size_t count = 1;
            while (*format != "single" && count < left.size() &&
                   left[count].goes_with(left.front()))
                ++count;
            send(left.first(count));
            left = left.subspan(count);
        }
    }

    std::vector<delivery> deliveries_of(const penstock::batch& items)
    {
        std::vector<delivery> deliveries;
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            const bool is_empty = items[i].field_count() == 0 && items[i].data().empty();
            if (is_empty && !form_.is_given() && *method != "DELETE")
            {
                drop(i);
                continue;
            }
            try
            {
                deliveries.push_back(delivery_of(items[i], i));
            }
            catch (const std::invalid_argument& error)
            {
                fail(i, error.what());
            }
        }
        return deliveries;
    }

    delivery delivery_of(const penstock::packet& item, std::size_t place) const
    {
        delivery made{place, item.id(), head_.url(item), head_.headers(item), {}};
        std::string_view type = form_.is_json() ? "application/json" : "text/plain; charset=utf-8";
        const bool has_data = !form_.is_given() && item.field_count() == 0;
        if (has_data && *format != "single")
            throw std::invalid_argument("there are no fields; some were expected");
        if (has_data)
        {
            made.body = item.data().view();
            type = item.meta_text("mimetype").value_or("application/octet-stream");
            if (std::ranges::any_of(type, [](char c) { return c <= ' ' || c > '~'; }))
                type = "application/octet-stream";
        }
        else
        {
            made.body = form_.fill(item);
            if (*format == "lines" && made.body.find_first_of("\r\n") != std::string::npos)
                throw std::invalid_argument("body: has several lines; one was expected");
        }
        if (*format == "list")
            type = "application/json";
        else if (*format == "lines" && form_.is_json())
            type = "application/x-ndjson";
        if (!head_.has("content-type") && !made.body.empty())
            made.headers.push_back("Content-Type: " + std::string(type));
        // Whoever remembers it does a request that is repeated but once.
        if (*format == "single" && item.id() != penstock::packet_id{} &&
            !head_.has("idempotency-key"))
            made.headers.push_back("Idempotency-Key: " + item.id().text());
        return made;
    }

    [[nodiscard]] std::string body_of(std::span<const delivery> part) const
    {
        if (*format == "single")
            return part.front().body;
        std::string text = *format == "list" ? "[" : "";
        for (const delivery& each : part)
        {
            text += each.body;
            text += *format == "list" ? (&each == &part.back() ? "]" : ",") : "\n";
        }
        return text;
    }

    // What is refused is sent in halves, down to the packet that is to blame.
    void send(std::span<const delivery> part)
    {
        const delivery& first = part.front();
        std::optional<penstock::unavailable> why; // it was not done
        verdict said = verdict::fails;
        try
        {
            const curl::answer told = ask(part);
            if (told.status < 200 || told.status >= 300)
            {
                why.emplace(reason_of(first.url, told), told.retry_after);
                said = outages_.of_answer(told.status, first.packet);
            }
        }
        catch (const curl::no_answer& error)
        {
            why.emplace(error);
            said = outages_.of_no_answer(first.packet);
        }
        catch (const penstock::unavailable& error)
        {
            why.emplace(error);
            said = outages_.of_no_connection();
        }
        catch (const curl::refused_address& error)
        {
            return fail_all(part, error.what());
        }
        catch (const std::invalid_argument& error) // what was filled in made it no URL
        {
            return fail_all(part, error.what());
        }
        if (why)
            return follow(said, part, *why);
        for (const delivery& each : part)
            deliver(each.place);
    }

    void follow(verdict said, std::span<const delivery> part, const penstock::unavailable& why)
    {
        if (said == verdict::waits)
            throw penstock::unavailable(why);
        if (said == verdict::fails)
            return refuse(part, why.what());
        for (const delivery& each : part)
            retry(each.place, why.what());
    }

    void refuse(std::span<const delivery> part, const std::string& why)
    {
        if (part.size() == 1)
            return fail(part.front().place, why);
        send(part.first(part.size() / 2));
        send(part.subspan(part.size() / 2));
    }

    curl::answer ask(std::span<const delivery> part)
    {
        const std::string text = body_of(part);
        std::vector<std::string> fields = part.front().headers;
        for (std::string& each : access_.headers())
            fields.push_back(std::move(each));
        const std::string host = curl::host_of(part.front().url);
        const bool is_allowed = named_ != named_part::host ||
                                std::ranges::find(*allow_hosts, host) != allow_hosts->end();
        const auto begin = std::chrono::steady_clock::now();
        curl::answer told = client_->send({.method = *method,
                                           .url = part.front().url,
                                           .headers = std::move(fields),
                                           .body = text,
                                           .public_only = !is_allowed});
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
        seconds.observe(spent.count());
        requests.add();
        return told;
    }

    void fail_all(std::span<const delivery> part, const std::string& why)
    {
        for (const delivery& each : part)
            fail(each.place, why);
    }

    std::unique_ptr<curl::client> client_;
    request_head head_;
    body_form form_;
    named_part named_ = named_part::nothing;
};

} // namespace

extern constinit const penstock::component_entry publish_entry =
    penstock::component_of<publish>("publish", penstock::category::publisher,
                                    "Sends packets to a server by requests of HTTP, as webhooks.");

} // namespace http_package
