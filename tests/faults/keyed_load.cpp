// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/keyed_load.hpp"

#include "host/net/client.hpp"
#include "tests/faults/load.hpp"
#include "tests/faults/tried_host.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace penstock::faults
{

using namespace std::chrono_literals;

namespace
{

constexpr auto patience = 5s; // of a client, for an answer
constexpr std::uint64_t numbers_of_key = 1'000'000'000;

} // namespace

keyed_load::keyed_load(std::uint16_t port, std::size_t clients, std::chrono::milliseconds pause)
    : port_(port), pause_(pause), by_key_(clients)
{
    for (std::size_t key = 0; key < clients; ++key)
        threads_.emplace_back([this, key] { post(key); });
}

keyed_load::~keyed_load()
{
    stop();
}

void keyed_load::stop()
{
    stops_ = true;
    for (std::thread& each : threads_)
        if (each.joinable())
            each.join();
}

// On a connection for each request: the client sends once more what got no answer on a kept one.
void keyed_load::post(std::size_t key)
{
    const std::string target =
        "/data/trial/" + std::to_string(key) + (key % 2 == 0 ? "?ack=replicated" : "?ack=durable");
    for (std::uint64_t number = key * numbers_of_key + 1; !stops_; ++number)
    {
        host::http::client client({"127.0.0.1", port_, ""}, {.timeout = patience});
        host::http::header_list fields;
        fields.add("Content-Type", "application/json");
        if (key / 2 % 2 == 0)
            fields.add("Idempotency-Key", std::to_string(number));
        const auto answer =
            client.send("POST", target, fields, R"({"n":)" + std::to_string(number) + "}");
        const bool is_accepted = answer && answer->status == 202;
        if (is_accepted)
            accept(key,
                   {.number = number,
                    .receipt = receipt_in(answer->body),
                    .at = clock::now(),
                    .is_replicated = answer->headers.value("Penstock-Durability") == "replicated"});
        {
            const std::scoped_lock lock(mutex_);
            ++answers_[answer ? answer->status : 0];
        }
        faults::pause(is_accepted ? pause_ : 20ms);
    }
}

void keyed_load::accept(std::size_t key, acceptance made)
{
    const std::scoped_lock lock(mutex_);
    if (!made.is_replicated && key % 2 == 0)
        ++untrue_;
    gap_ = std::max(gap_, made.at - last_);
    last_ = made.at;
    by_key_[key].push_back(std::move(made));
    ++accepted_;
}

void keyed_load::begin_look()
{
    const std::scoped_lock lock(mutex_);
    last_ = clock::now();
    gap_ = {};
}

std::chrono::milliseconds keyed_load::longest_gap() const
{
    const std::scoped_lock lock(mutex_);
    return std::chrono::ceil<std::chrono::milliseconds>(std::max(gap_, clock::now() - last_));
}

std::map<unsigned, std::size_t> keyed_load::answers() const
{
    const std::scoped_lock lock(mutex_);
    return answers_;
}

keyed_account settle_account(const keyed_load& of, const std::filesystem::path& witness,
                             const std::vector<witness_part>& unordered)
{
    struct coming
    {
        std::uintmax_t first; // where its line begins
        std::string id;
    };
    std::unordered_map<std::uint64_t, coming> came;
    keyed_account made;
    std::ifstream in(witness);
    std::uintmax_t place = 0;
    for (std::string line; std::getline(in, line); place += line.size() + 1)
    {
        std::istringstream words(line);
        std::uint64_t number = 0;
        std::string id;
        if (!(words >> number >> id))
            throw std::runtime_error(witness.string() +
                                     ": has a line that is none of the witness's");
        const auto [found, is_new] = came.try_emplace(number, coming{place, id});
        made.duplicates += is_new ? 0 : 1;
        made.other_ids += is_new || found->second.id == id ? 0 : 1;
    }
    for (const auto& key : of.by_key())
    {
        std::uintmax_t latest = 0;
        for (const keyed_load::acceptance& each : key)
        {
            ++made.accepted;
            made.replicated += each.is_replicated ? 1 : 0;
            const auto found = came.find(each.number);
            if (found == came.end())
            {
                ++made.lost;
                continue;
            }
            const std::uintmax_t first = found->second.first;
            const bool is_excused =
                std::ranges::any_of(unordered, [&](const witness_part& part)
                                    { return part.begin <= first && first < part.end; });
            if (first < latest)
                ++(is_excused ? made.excused : made.out_of_order);
            latest = std::max(latest, first);
        }
    }
    return made;
}

} // namespace penstock::faults
