// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host_group.hpp"

#include "bearer.hpp"

#include <filesystem>
#include <stdexcept>
#include <utility>

#include <signal.h>

namespace penstock::e2e
{

namespace
{

response asked(const host::http::url& host, const host::http::client_identity& who,
               std::string_view method, std::string_view target, const header_fields& fields,
               std::string_view body, std::chrono::milliseconds within)
{
    host::http::client client(host, {.timeout = within, .who = who});
    host::http::header_list headers;
    for (const header_field& each : fields)
        headers.add(each.name, each.value);
    auto answer = client.send(method, target, headers, body);
    if (!answer)
        throw std::runtime_error(std::string(target) + ": " + answer.error().message());
    return *std::move(answer);
}

} // namespace

host_group::host_group()
    : shown_(host::http::testing::make_certificate(home_.path(), "shown")), members_(size)
{
    make_tokens();
    std::vector<std::uint16_t> ports;
    for (std::size_t i = 0; i < size; ++i)
    {
        start(i);
        ports.push_back(members_[i].port.number());
    }
    balancer_.emplace(home_, ports, shown_.file);
    const bool answers = eventually(
        [&]
        {
            try
            {
                return ask("GET", "/livez").status != 0; // 503 of its own: no host has a graph
            }
            catch (const std::runtime_error&)
            {
                return false;
            }
        });
    if (!answers)
        throw std::runtime_error("haproxy: does not answer");
}

// One for clients and one for peers, which all hosts know.
void host_group::make_tokens()
{
    token_ = make_token(members_.front().home, "all", {"admin"});
    token_file_ = keep_token(home_, token_);
    peer_token_ = make_token(members_.front().home, "peers", {"read"});
    peer_token_file_ = keep_token(home_, peer_token_, "peer.token");
    for (std::size_t i = 1; i < size; ++i)
    {
        std::filesystem::create_directory(data_of(i));
        std::filesystem::permissions(data_of(i), std::filesystem::perms::owner_all);
        std::filesystem::copy_file(data_of(0) + "/tokens.json", data_of(i) + "/tokens.json");
    }
}

void host_group::start(std::size_t which)
{
    member& started = members_[which];
    std::vector<std::string> words{"run",
                                   "--no-supervisor",
                                   "--listen",
                                   "127.0.0.1:" + std::to_string(started.port.number()),
                                   "--data",
                                   data_of(which),
                                   "--tls-certificate",
                                   shown_.file,
                                   "--tls-key",
                                   shown_.key,
                                   "--host-number",
                                   std::to_string(which + 1),
                                   "--peer-ca",
                                   shown_.file,
                                   "--peer-token",
                                   peer_token_file_,
                                   "--drain",
                                   "0s"};
    for (std::size_t i = 0; i < size; ++i)
        words.insert(words.end(), {"--peers", std::to_string(i + 1) + "=" + url_of(i)});
    started.host = std::make_unique<program>(started.home, std::move(words));
    started.host->wait_for("listening on ");
}

void host_group::kill(std::size_t which)
{
    members_[which].host->signal(SIGKILL);
    (void)members_[which].host->wait();
}

void host_group::freeze(std::size_t which)
{
    members_[which].host->signal(SIGSTOP);
}

std::string host_group::data_of(std::size_t which) const
{
    return members_[which].home.at("data");
}

std::string host_group::url_of(std::size_t which) const
{
    return "https://127.0.0.1:" + std::to_string(members_[which].port.number());
}

response host_group::ask(std::string_view method, std::string_view target,
                         const header_fields& fields, std::string_view body,
                         std::chrono::milliseconds within) const
{
    return asked({.host = "127.0.0.1", .port = balancer_->port()}, {.token = token_}, method,
                 target, fields, body, within);
}

response host_group::ask_host(std::size_t which, std::string_view method, std::string_view target,
                              std::string_view body) const
{
    return ask_host_with(token_, which, method, target, body);
}

response host_group::ask_host_as_reader(std::size_t which, std::string_view method,
                                        std::string_view target, std::string_view body) const
{
    return ask_host_with(peer_token_, which, method, target, body);
}

response host_group::ask_host_with(const std::string& token, std::size_t which,
                                   std::string_view method, std::string_view target,
                                   std::string_view body) const
{
    header_fields fields;
    if (!body.empty())
        fields.push_back({"Content-Type", "application/json"});
    return asked({.host = "127.0.0.1", .port = members_[which].port.number(), .secure = true},
                 {.token = token, .ca = shown_.file}, method, target, fields, body,
                 std::chrono::seconds(30));
}

ended host_group::run(std::vector<std::string> words) const
{
    for (std::size_t i = 0; i < size; ++i)
        words.insert(words.end(), {"--to", url_of(i)});
    words.insert(words.end(), {"--token-file", token_file_, "--ca", shown_.file});
    return host::cli::testing::run(home_, std::move(words));
}

std::size_t host_of(const std::string& receipt)
{
    constexpr int hexadecimal = 16;
    return std::stoul(receipt.substr(0, 3), nullptr, hexadecimal) - 1;
}

} // namespace penstock::e2e
