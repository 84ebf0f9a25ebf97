// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/streams_of_servers.hpp"

#include "tests/plugins/mqtt/mqtt_server.hpp"
#include "tests/plugins/nats/nats_server.hpp"
#include "tests/plugins/redis/redis_server.hpp"

#include <penstock/json.hpp>
#include <penstock/json_text.hpp>

#include <memory>

namespace streams_of_servers
{
namespace
{

constexpr int messages = 500;

std::string at(const std::string& url)
{
    return R"({"connect_timeout": "10s", "urls": [")" + url + "\"], ";
}

std::vector<std::string> entries_of_redis()
{
    std::vector<std::string> list;
    for (const auto& each : shared_redis().entries("written"))
    {
        penstock::json::object entry;
        for (const auto& [name, value] : each)
            entry[name] = value;
        list.push_back(penstock::write_json(entry));
    }
    return list;
}

// Its entries stay, and so do their ids.
void fill_redis()
{
    if (shared_redis().ask({"EXISTS", "read"}).front() == "0")
        shared_redis().put_numbers("read", 0, messages);
    (void)shared_redis().ask({"XGROUP", "DESTROY", "read", "samples"});
}

both_ends of_redis()
{
    const std::string server = at(shared_redis_to_start().url());
    return {.publisher = "redis/publish",
            .publisher_params = server + R"("stream": "written", "id_field": ""})",
            .empty =
                [] {
                    (void)shared_redis().ask({"DEL", "written"});
                },
            .written = entries_of_redis,
            .source = "redis/source",
            .source_params = server + R"("stream": "read", "group": "samples"})",
            .fill = fill_redis};
}

// Who hears what is written since it was emptied last.
std::unique_ptr<mqtt_listener>& listener()
{
    static std::unique_ptr<mqtt_listener> one;
    return one;
}

void empty_mqtt()
{
    listener() = std::make_unique<mqtt_listener>(shared_mqtt(), "written");
}

// A message of the test comes behind those that were confirmed.
std::vector<std::string> heard_of_mqtt()
{
    shared_mqtt().put({{.body = "end", .topic = "written"}});
    std::vector<std::string> list;
    for (std::size_t count = 1; list.empty() || list.back() != "end"; ++count)
    {
        const std::vector<topic_text> heard = listener()->await(count);
        if (heard.size() < count) // in time
            break;
        count = heard.size();
        list.clear();
        for (const topic_text& each : heard)
            list.push_back(each.body);
    }
    list.pop_back();
    empty_mqtt();
    return list;
}

void fill_mqtt()
{
    shared_mqtt().subscribe("samples", "read");
    shared_mqtt().put_numbers("read", 0, messages);
}

both_ends of_mqtt()
{
    const std::string server = at(shared_mqtt_to_start().url());
    return {.publisher = "mqtt/publish",
            .publisher_params = server + R"("topic": "written"})",
            .empty = empty_mqtt,
            .written = heard_of_mqtt,
            .source = "mqtt/source",
            .source_params =
                server + R"("topics": ["read"], "client": "samples", "prefetch": 1000})",
            .fill = fill_mqtt};
}

void make_stream_of_nats(const std::string& name)
{
    if (shared_nats().ask("STREAM.INFO." + name).find("\"error\"") != std::string::npos)
        shared_nats().make_stream(name);
}

void empty_nats()
{
    make_stream_of_nats("written");
    (void)shared_nats().ask("STREAM.PURGE.written");
}

std::vector<std::string> messages_of_nats()
{
    std::vector<std::string> list;
    for (const stream_text& each : shared_nats().messages("written"))
        list.push_back(each.body);
    return list;
}

void fill_nats()
{
    make_stream_of_nats("read");
    (void)shared_nats().ask("CONSUMER.DELETE.read.samples");
    if (shared_nats().size("read") == 0)
        shared_nats().put_numbers("read", 0, messages);
}

both_ends of_nats()
{
    const std::string server = at(shared_nats_to_start().url());
    return {.publisher = "nats/publish",
            .publisher_params = server + R"("subject": "written"})",
            .empty = empty_nats,
            .written = messages_of_nats,
            .source = "nats/source",
            .source_params = server + R"("stream": "read", "consumer": "samples"})",
            .fill = fill_nats};
}

} // namespace

std::vector<both_ends> all()
{
    return {of_redis(), of_mqtt(), of_nats()};
}

} // namespace streams_of_servers
