// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "export_answer.hpp"
#include "gzip.hpp"
#include "json_form.hpp"
#include "protobuf_writer.hpp"
#include "records.hpp"

#include "../curl/client.hpp"
#include "../curl/server_access.hpp"
#include "../curl/url.hpp"
#include "../packets/clipped.hpp"
#include "../packets/data_alone.hpp"
#include "../packets/one_line.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otlp_package
{
namespace
{

using namespace std::chrono_literals;

constexpr std::size_t longest_reason = 2'000; // bytes

/// An item of a batch that can be sent.
struct sendable
{
    std::size_t place;
    signal of;
    json::object fields;
};

class send final : public penstock::publisher
{
public:
    send() : publisher({.count = 1000, .bytes = penstock::byte_count{2 << 20}, .wait = 200ms}) {}

private:
    penstock::parameter<std::string> url{
        *this, "url", penstock::no_default,
        "The server's address, without v1/logs, v1/traces and v1/metrics.",
        penstock::example{"http://localhost:4318"}};
    penstock::parameter<std::string> signal_of_all{
        *this, "signal", "meta",
        "What packets are: logs, traces, metrics; or what their meta otlp says, and logs if it "
        "says "
        "nothing.",
        penstock::choices{"meta", "logs", "traces", "metrics"}};
    penstock::parameter<std::string> format{*this, "format", "protobuf", "The form of requests.",
                                            penstock::choices{"protobuf", "json"}};
    penstock::parameter<std::string> compression{*this, "compression", "gzip",
                                                 "How requests are packed.",
                                                 penstock::choices{"gzip", "none"}};
    curl::server_access access_{
        *this, {"token", "Bearer", "The token to log in with, instead of a user."}, 10s};

    penstock::counter records{*this, "records", "Records that the server took."};
    penstock::histogram seconds{*this, "request_seconds", "How long a request took."};

    void check(penstock::problems& found) const override
    {
        std::string wrong = curl::problem_of_url(*url);
        if (wrong.empty() && url->find_first_of("?#") != std::string::npos)
            wrong = "has a query; the address alone was expected";
        if (!wrong.empty())
            found.add(url, wrong);
        access_.check(found);
    }

    void start() override
    {
        address_ = *url;
        while (address_.ends_with('/'))
            address_.pop_back();
        as_ = *format == "json" ? encoding::json : encoding::protobuf;
        headers_ = {"Content-Type: " + std::string(media_type_of(as_))};
        if (*compression == "gzip")
            headers_.emplace_back("Content-Encoding: gzip");
        for (std::string& each : access_.headers())
            headers_.push_back(std::move(each));
        client_ = std::make_unique<curl::client>(access_.make_settings());
    }

    void connect() override
    {
        (void)client_->send({.url = address_ + "/v1/logs", .connect_only = true});
    }

    void write(penstock::batch& items) override
    {
        std::vector<sendable> good;
        for (std::size_t i = 0; i < items.size(); ++i)
            if (auto made = sendable_of(i, items[i]))
                good.push_back(std::move(*made));
        for (const signal of : {signal::logs, signal::traces, signal::metrics})
        {
            std::vector<const sendable*> part;
            for (const sendable& each : good)
                if (each.of == of)
                    part.push_back(&each);
            if (!part.empty())
                send_all(of, part);
        }
    }

    // A record that cannot be written fails alone.
    std::optional<sendable> sendable_of(std::size_t place, const penstock::packet& item)
    {
        if (item.field_count() == 0)
        {
            if (packets::is_data_alone(item))
                fail(place, packets::needs_fields);
            else
                drop(place);
            return std::nullopt;
        }
        try
        {
            sendable made{place, signal_of_item(item), item.fields()};
            (void)body_of(made.of, {&made, 1});
            return made;
        }
        catch (const std::invalid_argument& error)
        {
            fail(place, error.what());
            return std::nullopt;
        }
    }

    [[nodiscard]] signal signal_of_item(const penstock::packet& item) const
    {
        if (*signal_of_all != "meta")
            return *signal_of(*signal_of_all);
        const json::value* told = item.find_meta("otlp");
        if (told == nullptr)
            return signal::logs;
        const auto found = told->is_string() ? signal_of(told->get_string()) : std::nullopt;
        if (!found)
            throw std::invalid_argument(
                "meta otlp: is no signal; logs, traces or metrics was expected");
        return *found;
    }

    [[nodiscard]] std::string body_of(signal of, std::span<const sendable> part) const
    {
        std::vector<json::object> list;
        for (const sendable& each : part)
            list.push_back(each.fields);
        return body_of(of, std::move(list));
    }

    [[nodiscard]] std::string body_of(signal of, std::vector<json::object>&& list) const
    {
        const json::object request = request_of(of, std::move(list));
        return as_ == encoding::json ? penstock::write_json(json::value(
                                           write_json_form(request_message(of), request)))
                                     : write_protobuf(request_message(of), request);
    }

    // What is refused as a whole is sent in halves, down to the packet that is to blame.
    void send_all(signal of, std::span<const sendable* const> part)
    {
        std::vector<json::object> list;
        for (const sendable* each : part)
            list.push_back(each->fields);
        const std::string body = penstock::blocking(
            [&]
            {
                std::string text = body_of(of, std::move(list));
                return *compression == "gzip" ? packed(text) : text;
            });
        const auto begin = std::chrono::steady_clock::now();
        const curl::answer told =
            client_->send({.method = "POST",
                           .url = address_ + "/v1/" + std::string(name_of(of)),
                           .headers = headers_,
                           .body = body});
        seconds.observe(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        if (told.status >= 200 && told.status < 300)
            return settle(of, part, told);
        if (told.status != 400 && told.status != 413)
            throw penstock::unavailable(curl::origin_of(address_) + ": " + reason_of(told),
                                        told.retry_after);
        if (part.size() == 1)
            return fail(part.front()->place, reason_of(told));
        send_all(of, part.first(part.size() / 2));
        send_all(of, part.subspan(part.size() / 2));
    }

    // The server does not say which records it has rejected.
    void settle(signal of, std::span<const sendable* const> part, const curl::answer& told)
    {
        export_answer answer;
        try
        {
            answer = read_answer(of, as_, told.body);
        }
        catch (const std::invalid_argument& error) // whoever that is, it is no server of OTLP
        {
            throw penstock::unavailable(curl::origin_of(address_) +
                                        ": the answer is none of OTLP: " + error.what());
        }
        const std::string why = "the server rejected " + std::to_string(answer.rejected) + " of " +
                                std::to_string(part.size()) + " records: " + clip(answer.message);
        for (const sendable* each : part)
        {
            if (answer.rejected > 0)
            {
                fail(each->place, why);
                continue;
            }
            records.add();
            deliver(each->place);
        }
        if (answer.rejected <= 0 && !answer.message.empty())
            log(penstock::severity::warning, "the server warns: " + clip(answer.message));
    }

    static std::string clip(const std::string& text)
    {
        return packets::one_line(std::string(packets::clipped(text, longest_reason)));
    }

    [[nodiscard]] std::string reason_of(const curl::answer& told) const
    {
        const std::string text = read_refusal(as_, told.body);
        return "status " + std::to_string(told.status) + (text.empty() ? "" : ": " + clip(text));
    }

    std::unique_ptr<curl::client> client_;
    std::string address_;
    std::vector<std::string> headers_;
    encoding as_ = encoding::protobuf;
};

} // namespace

extern constinit const penstock::component_entry publish_entry = penstock::component_of<send>(
    "publish", penstock::category::publisher,
    "Sends packets as logs, traces or metrics of OpenTelemetry, by OTLP over HTTP.");

} // namespace otlp_package
