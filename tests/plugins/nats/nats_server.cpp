// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "nats_server.hpp"

#include <penstock/json.hpp>
#include <penstock/json_text.hpp>

#include <filesystem>
#include <memory>
#include <stdexcept>

#include <nats/nats.h>
#include <unistd.h>

namespace
{

using nats_connection = std::unique_ptr<natsConnection, void (*)(natsConnection*)>;
using nats_message = std::unique_ptr<natsMsg, void (*)(natsMsg*)>;

void require_nats(natsStatus status)
{
    if (status != NATS_OK)
        throw std::runtime_error(std::string("nats: ") + natsStatus_GetText(status));
}

nats_connection nats_connected(const std::string& url)
{
    natsConnection* made = nullptr;
    require_nats(natsConnection_ConnectTo(&made, url.c_str()));
    return {made, natsConnection_Destroy};
}

std::string nats_answer_of(natsConnection* by, const std::string& what, const std::string& question)
{
    natsMsg* found = nullptr;
    require_nats(natsConnection_RequestString(&found, by, what.c_str(), question.c_str(), 10'000));
    const nats_message answer(found, natsMsg_Destroy);
    return {natsMsg_GetData(found), static_cast<std::size_t>(natsMsg_GetDataLength(found))};
}

std::string decoded_base64(const std::string& text)
{
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string made;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char each : text)
    {
        const std::size_t value = letters.find(each);
        if (value == std::string_view::npos)
            break;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8)
            made += static_cast<char>(bits >> (count -= 8) & 0xff);
    }
    return made;
}

} // namespace

void nats_server::start()
{
    const std::string file = server_.write("conf", "listen: 127.0.0.1:" + std::to_string(port()) +
                                                       "\njetstream { store_dir: \"" +
                                                       server_.path("data") + "\" }\n" + more_);
    const auto is_ready = [this]
    {
        if (is_secure_ || more_.find("authorization") != std::string::npos)
            return server_.listens();
        try
        {
            return ask("INFO").find("\"error\"") == std::string::npos;
        }
        catch (const std::runtime_error&)
        {
            return false;
        }
    };
    const std::string place =
        std::filesystem::exists("/usr/sbin/nats-server") ? "/usr/sbin/" : "/usr/bin/";
    server_.start({place + "nats-server", "-c", file}, is_ready);
}

std::string nats_server::url() const
{
    return "nats://127.0.0.1:" + std::to_string(port());
}

void nats_server::secure(const std::string& certificate, const std::string& key)
{
    more_ += "tls { cert_file: \"" + server_.take_copy(certificate, "own.pem") +
             "\", key_file: \"" + server_.take_copy(key, "own.key") + "\" }\n";
    is_secure_ = true;
}

std::string nats_server::ask(const std::string& what, const std::string& question) const
{
    return nats_answer_of(nats_connected(url()).get(), "$JS.API." + what, question);
}

void nats_server::make_stream(const std::string& name, const std::string& more) const
{
    const std::string answer =
        ask("STREAM.CREATE." + name, R"({"name":")" + name + R"(","subjects":[")" + name +
                                         R"(",")" + name + R"(.*"],"storage":"file")" + more + "}");
    if (answer.find("\"error\"") != std::string::npos)
        throw std::runtime_error("nats: " + answer);
}

void nats_server::put(const std::vector<stream_text>& messages) const
{
    const nats_connection by = nats_connected(url());
    jsCtx* made = nullptr;
    require_nats(natsConnection_JetStream(&made, by.get(), nullptr));
    const std::unique_ptr<jsCtx, void (*)(jsCtx*)> stream(made, jsCtx_Destroy);
    for (const stream_text& each : messages)
    {
        natsMsg* fresh = nullptr;
        require_nats(natsMsg_Create(&fresh, each.subject.c_str(), nullptr, each.body.data(),
                                    static_cast<int>(each.body.size())));
        for (const auto& [name, value] : each.headers)
            require_nats(natsMsgHeader_Set(fresh, name.c_str(), value.c_str()));
        require_nats(js_PublishMsgAsync(made, &fresh, nullptr));
    }
    jsPubOptions options;
    require_nats(jsPubOptions_Init(&options));
    options.MaxWait = 30'000;
    require_nats(js_PublishAsyncComplete(made, &options));
}

void nats_server::put_numbers(const std::string& subject, int begin, int end) const
{
    std::vector<stream_text> all;
    for (int n = begin; n < end; ++n)
        all.push_back(
            {"{\"n\":" + std::to_string(n) + "}", subject, {{"Content-Type", "application/json"}}});
    put(all);
}

std::vector<stream_text> nats_server::messages(const std::string& stream) const
{
    const nats_connection by = nats_connected(url());
    const penstock::json::value state =
        penstock::parse_json(nats_answer_of(by.get(), "$JS.API.STREAM.INFO." + stream, {}))
            .at("state");
    std::vector<stream_text> found;
    for (auto n = state.at("first_seq").to_number<std::uint64_t>();
         n <= state.at("last_seq").to_number<std::uint64_t>(); ++n)
    {
        const penstock::json::value answer = penstock::parse_json(nats_answer_of(
            by.get(), "$JS.API.STREAM.MSG.GET." + stream, "{\"seq\":" + std::to_string(n) + "}"));
        if (answer.as_object().contains("error"))
            continue;
        const penstock::json::object& what = answer.at("message").as_object();
        stream_text& made = found.emplace_back();
        made.subject = what.at("subject").as_string();
        if (what.contains("data"))
            made.body = decoded_base64(std::string(what.at("data").as_string()));
        if (!what.contains("hdrs"))
            continue;
        const std::string lines = decoded_base64(std::string(what.at("hdrs").as_string()));
        for (std::size_t at = lines.find("\r\n") + 2; at < lines.size();)
        {
            const std::size_t line_end = lines.find("\r\n", at);
            const std::string line = lines.substr(at, line_end - at);
            if (const std::size_t colon = line.find(": "); colon != std::string::npos)
                made.headers[line.substr(0, colon)] = line.substr(colon + 2);
            at = line_end + 2;
        }
    }
    return found;
}

std::uint64_t nats_server::size(const std::string& stream) const
{
    return penstock::parse_json(ask("STREAM.INFO." + stream))
        .at("state")
        .at("messages")
        .to_number<std::uint64_t>();
}

std::uint64_t nats_server::open(const std::string& stream, const std::string& consumer) const
{
    const penstock::json::value about =
        penstock::parse_json(ask("CONSUMER.INFO." + stream + '.' + consumer));
    return about.at("num_ack_pending").to_number<std::uint64_t>() +
           about.at("num_pending").to_number<std::uint64_t>();
}

std::string nats_server::next(const std::string& stream, const std::string& consumer) const
{
    return ask("CONSUMER.MSG.NEXT." + stream + '.' + consumer,
               R"({"batch":1,"expires":100000000})");
}

void nats_server::take(const std::string& stream, const std::string& consumer, int count) const
{
    const nats_connection by = nats_connected(url());
    natsSubscription* made = nullptr;
    require_nats(natsConnection_SubscribeSync(&made, by.get(), "taken"));
    const std::unique_ptr<natsSubscription, void (*)(natsSubscription*)> taken(
        made, natsSubscription_Destroy);
    const std::string question = "{\"batch\":" + std::to_string(count) + "}";
    require_nats(natsConnection_PublishRequestString(
        by.get(), ("$JS.API.CONSUMER.MSG.NEXT." + stream + '.' + consumer).c_str(), "taken",
        question.c_str()));
    for (int i = 0; i < count; ++i)
    {
        natsMsg* found = nullptr;
        require_nats(natsSubscription_NextMsg(&found, made, 30'000));
        natsMsg_Destroy(found);
    }
}

nats_server& shared_nats_to_start()
{
    static nats_server one;
    return one;
}

nats_server& shared_nats()
{
    shared_nats_to_start().start();
    return shared_nats_to_start();
}

std::string fresh_nats_stream()
{
    static int last = 0;
    const std::string name = "stream-" + std::to_string(::getpid()) + '-' + std::to_string(++last);
    shared_nats().make_stream(name);
    return name;
}
