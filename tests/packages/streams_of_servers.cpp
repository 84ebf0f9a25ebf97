// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/streams_of_servers.hpp"

#include "tests/plugins/redis/redis_server.hpp"

#include <penstock/json.hpp>
#include <penstock/json_text.hpp>

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

} // namespace

std::vector<both_ends> all()
{
    return {of_redis()};
}

} // namespace streams_of_servers
