// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/load.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

namespace penstock::faults
{

using namespace std::chrono_literals;
using host::http::testing::raw_client;

load::load(const tried_host& to, settings with)
    : to_(to), with_(std::move(with)), next_(with_.first_number)
{
    for (std::size_t i = 0; i < with_.clients; ++i)
        threads_.emplace_back([this] { post(); });
}

load::~load()
{
    stop();
}

void load::stop()
{
    stops_ = true;
    for (std::thread& each : threads_)
        if (each.joinable())
            each.join();
}

// Not by the client of the house, which sends once more what got no answer on a kept connection.
void load::post()
{
    const std::string padding(with_.padding, '.');
    std::optional<raw_client> connection;
    while (!stops_)
    {
        const std::uint64_t number = next_++;
        const std::string body =
            R"({"n":)" + std::to_string(number) + R"(,"padding":")" + padding + "\"}";
        std::string request = "POST " + with_.target +
                              " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                              "Content-Length: ";
        request += std::to_string(body.size()) + "\r\n\r\n" + body;
        try
        {
            if (!connection)
                connection.emplace(to_.port());
            const auto sent = clock::now();
            hear(number, sent, connection->ask(request));
        }
        catch (const std::runtime_error&) // refused, reset, or cut off
        {
            connection.reset();
            ++unanswered_;
            pause(5ms);
        }
    }
}

void load::hear(std::uint64_t number, clock::time_point sent,
                const host::http::testing::answer& answer)
{
    {
        const std::scoped_lock lock(mutex_);
        ++answers_[answer.status];
    }
    if (answer.status != 202 && answer.status != 200)
    {
        if (answer.head.find("\r\nRetry-After: ") == std::string::npos)
            ++without_;
        pause(with_.rest_after_refusal);
        return;
    }
    accept(number, sent, receipt_in(answer.body));
    if (with_.pause != 0us)
        pause(with_.pause);
}

void load::accept(std::uint64_t number, clock::time_point sent, std::string receipt)
{
    const std::scoped_lock lock(mutex_);
    numbers_.push_back(number);
    receipts_.push_back(std::move(receipt));
    ++accepted_;
    const auto now = clock::now();
    times_.push_back(std::chrono::ceil<std::chrono::microseconds>(now - sent));
    gap_ = std::max(gap_, now - last_);
    last_ = now;
}

std::map<unsigned, std::size_t> load::answers() const
{
    const std::scoped_lock lock(mutex_);
    return answers_;
}

std::chrono::milliseconds load::longest_gap() const
{
    const std::scoped_lock lock(mutex_);
    return std::chrono::ceil<std::chrono::milliseconds>(gap_);
}

std::chrono::steady_clock::time_point load::last_accepted() const
{
    const std::scoped_lock lock(mutex_);
    return last_;
}

std::string receipt_in(std::string_view answer)
{
    const json::value body = parse_json(answer);
    return std::string(body.at("receipt").as_string());
}

account settle_account(const std::vector<std::uint64_t>& accepted,
                       const std::filesystem::path& witness)
{
    const auto told = read_witness(witness);
    account made;
    for (const std::uint64_t number : accepted)
        made.lost += told.contains(number) ? 0 : 1;
    for (const auto& [number, ids] : told)
    {
        made.duplicates += ids.size() - 1;
        made.other_ids += ids.size() - static_cast<std::size_t>(std::ranges::count(ids, ids[0]));
    }
    return made;
}

} // namespace penstock::faults
