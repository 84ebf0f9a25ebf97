// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a publisher gives packets to is away under load: away [SECONDS [SEED]]. For the first half
// of the time at a stretch, then it comes and goes. The host takes in until its quota is full and
// says why it takes in no more; no packet is lost, becomes a dead letter, or is delivered twice;
// and the far side is asked by one lane at a time, after pauses.
#include "tests/faults/dice.hpp"
#include "tests/faults/graphs.hpp"
#include "tests/faults/load.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

std::string read_file(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

constexpr std::size_t lanes = 4;
constexpr auto shortest_pause = 16ms; // between two asks: 20 ms, but for a fifth

/// The far side, which is away while its file is there.
class far_side
{
public:
    explicit far_side(std::filesystem::path file) : file_(std::move(file)) {}

    void go() const { std::ofstream(file_) << ' '; }

    /// Comes back, and counts how often it was asked meanwhile.
    void come_back(clock_type::duration after)
    {
        std::string asks = read_file(file_);
        std::filesystem::remove(file_);
        const auto together = static_cast<std::size_t>(std::ranges::count(asks, '!'));
        const std::size_t each = asks.size() - 1;
        asked_ += each;
        // Those who were at work when it went away find out by themselves; and the first pauses
        // are shorter.
        is_left_in_peace_ = is_left_in_peace_ && together <= 2 * lanes &&
                            each <= static_cast<std::size_t>(after / shortest_pause) + 8 + lanes;
        together_ = std::max(together_, together);
        away_ += after;
        ++times_;
    }

    [[nodiscard]] std::size_t asked() const noexcept { return asked_; }
    [[nodiscard]] std::size_t times() const noexcept { return times_; }
    [[nodiscard]] std::size_t together() const noexcept { return together_; }
    [[nodiscard]] clock_type::duration away() const noexcept { return away_; }
    [[nodiscard]] bool is_left_in_peace() const noexcept { return is_left_in_peace_; }

private:
    const std::filesystem::path file_;
    std::size_t asked_ = 0;
    std::size_t times_ = 0;
    std::size_t together_ = 0;
    clock_type::duration away_{0};
    bool is_left_in_peace_ = true;
};

/// The far side is away until a time, or, if the host is to be full, until it is.
void stay_away(far_side& side, clock_type::duration time, const std::function<bool()>& is_enough)
{
    const auto start = clock_type::now();
    side.go();
    pause(std::chrono::ceil<std::chrono::microseconds>(time));
    if (!eventually(120s, is_enough))
        throw std::runtime_error("nothing is refused; 429 was expected");
    side.come_back(clock_type::now() - start);
}

/// Returns whether the host refuses a request and says why.
bool says_why(const tried_host& host, const std::string& file)
{
    penstock::host::http::header_list fields;
    fields.add("Content-Type", "application/json");
    return eventually(
        10s,
        [&]
        {
            const auto answer = host.client(5s).send("POST", "/data", fields, R"({"n": 0})");
            return answer && answer->status == 429 && answer->body.find(file) != std::string::npos;
        });
}

std::size_t count_dead(const tried_host& host)
{
    const auto answer = host.client().send("GET", "/api/dead-letters");
    if (!answer || answer->status != 200)
        throw std::runtime_error("the host does not tell its dead letters");
    return penstock::parse_json(answer->body).at("dead_letters").as_array().size();
}

int run(const wish& told)
{
    const bench_directory place;
    const auto at = [&](const char* name) { return (place.path() / name).string(); };
    const std::string file = at("away");
    // A packet that used an attempt would be dead.
    tried_host host(
        {.place = place.path(),
         .graph = trial_graph(R"("path": ")" + at("witness") + R"(", "away": ")" + file + '"',
                              R"(, "retry": {"attempts": 1, "backoff": "5ms", )"
                              R"("max_backoff": "20ms"})"),
         .more = {"--lanes", std::to_string(lanes), "--pending-entries", "20000"}});
    host.start();
    far_side side(file);
    dice chance(told.seed);
    const auto refused = [](const load& clients)
    {
        const auto answers = clients.answers();
        const auto found = answers.find(429);
        return found == answers.end() ? std::size_t{0} : found->second;
    };
    load clients(host, {});
    if (!eventually(20s, [&] { return clients.accepted() > 100; }))
        throw std::runtime_error("the host takes nothing in; some requests were to be accepted");
    const std::chrono::milliseconds time = std::chrono::seconds(told.rounds);
    const auto start = clock_type::now();
    bool is_told = false;
    stay_away(side, time / 2,
              [&] { return refused(clients) != 0 && (is_told = says_why(host, file)); });
    const std::size_t refused_at_length = refused(clients);
    while (clock_type::now() - start < time)
    {
        pause(std::chrono::milliseconds(chance() % 1'000));
        stay_away(side, std::chrono::milliseconds(chance() % 3'000), [] { return true; });
    }
    clients.stop();
    const bool settled = host.settle(120s);
    const std::size_t dead = count_dead(host);
    const int code = host.stop();
    const account found = settle_account(clients.numbers(), at("witness"));
    std::cout << "away: " << side.times() << " times, "
              << std::chrono::ceil<std::chrono::seconds>(side.away()).count() << " of "
              << std::chrono::ceil<std::chrono::seconds>(clock_type::now() - start).count()
              << " s, asked " << grouped(side.asked()) << " times by " << lanes
              << " lanes, at most " << side.together() << " at an outage together with another; "
              << grouped(clients.accepted()) << " accepted, " << grouped(refused(clients))
              << " refused with 429 (" << grouped(refused_at_length)
              << " of them in the longest outage), " << grouped(found.lost) << " lost, "
              << grouped(found.duplicates) << " duplicates, " << grouped(dead) << " dead letters\n";
    const bool is_well = settled && code == 0 && is_told && side.is_left_in_peace() &&
                         side.asked() > side.times() / 2 && found.lost == 0 &&
                         found.duplicates == 0 && dead == 0 && clients.unanswered() == 0 &&
                         clients.without_retry_after() == 0;
    if (!is_well)
        std::cout << "away: settled " << settled << ", exit code " << code << ", unanswered "
                  << clients.unanswered() << ", told " << is_told << ", left in peace "
                  << side.is_left_in_peace() << "; the host said: " << host.log();
    return is_well ? 0 : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 6));
    }
    catch (const std::exception& error)
    {
        std::cerr << "away: " << error.what() << '\n';
        return 1;
    }
}
