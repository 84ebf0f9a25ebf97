// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Kills the host at random moments while a source reads a file that grows: sources [KILLS [SEED]].
// Mostly the worker, sometimes the supervisor. Each line must reach the witness, with one id
// whenever it comes, and at no time may the checkpoint be ahead of what the witness has.
#include "tests/faults/dice.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;

constexpr std::size_t kills_of_a_supervisor = 3; // as in kill9

/// A file that grows line by line, each its own number; the last may be there in part.
class growing_file
{
public:
    explicit growing_file(const std::filesystem::path& path) : out_(path, std::ios::app) {}

    void grow(std::uint64_t lines, dice& chance)
    {
        for (std::uint64_t i = 0; i < lines; ++i)
        {
            const std::string line = std::to_string(ends_.size()) + '\n';
            const std::size_t half = chance() % line.size();
            out_ << line.substr(0, half);
            if (chance() % 16 == 0)
                out_.flush(); // somebody reads half a line
            out_ << line.substr(half);
            size_ += line.size();
            ends_.push_back(size_);
        }
        out_.flush();
    }

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t lines() const noexcept { return ends_.size(); }

    /// How many lines end at or before a position.
    [[nodiscard]] std::size_t lines_until(std::uint64_t position) const
    {
        return static_cast<std::size_t>(std::ranges::upper_bound(ends_, position) - ends_.begin());
    }

private:
    std::ofstream out_;
    std::uint64_t size_ = 0;
    std::vector<std::uint64_t> ends_;
};

/// What the host has kept of the source; 0 before the first time.
std::uint64_t checkpoint_in(const std::filesystem::path& file)
{
    std::ifstream in(file);
    if (!in)
        return 0;
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return penstock::parse_json(text).to_number<std::uint64_t>(); // throws for half a file
}

struct findings
{
    std::size_t ahead = 0; // lines that the checkpoint was ahead of the witness by, in all
    std::size_t lost = 0;
    std::size_t duplicates = 0;
    std::size_t other_ids = 0;
};

/// Counts the lines before the checkpoint that the witness does not have. The checkpoint is read
/// first: what comes afterwards is no excuse.
std::size_t lines_ahead(const growing_file& input, const std::filesystem::path& state,
                        const std::filesystem::path& witness)
{
    const std::size_t until = input.lines_until(checkpoint_in(state));
    const auto told = read_witness(witness);
    std::size_t ahead = 0;
    for (std::uint64_t line = 0; line < until; ++line)
        ahead += told.contains(line) ? 0 : 1;
    return ahead;
}

void settle(const growing_file& input, const std::filesystem::path& witness, findings& found)
{
    const auto told = read_witness(witness);
    for (std::uint64_t line = 0; line < input.lines(); ++line)
    {
        const auto ids = told.find(line);
        if (ids == told.end())
        {
            ++found.lost;
            continue;
        }
        found.duplicates += ids->second.size() - 1;
        found.other_ids += static_cast<std::size_t>(std::ranges::count_if(
            ids->second, [&](const std::string& id) { return id != ids->second.front(); }));
    }
}

/// Where a host keeps the state of the node `follow`.
std::filesystem::path state_in(const std::filesystem::path& place)
{
    return place / "data" / "state" / "trial" / "follow.json";
}

// A line that crashes what it comes to is put away after its third crash in careful mode, which is
// all that becomes of it.
bool try_poison(const bench_directory& bench)
{
    const std::filesystem::path place = bench.fresh("poison");
    const std::string text = "1\n2\nsegfault\n3\n4\n";
    std::ofstream(place / "input") << text;
    std::ofstream(place / "witness").flush();
    tried_host host({.place = place,
                     .graph = R"({"penstock": 1, "name": "trial", "nodes": {
    "follow": {"component": "trial/follow", "params": {"path": ")" +
                              (place / "input").string() + R"("}},
    "name": {"component": "fields/rename", "params": {"from": ["text"], "to": ["crash"]}},
    "crash": {"component": "trial/crash"},
    "write": {"component": "trial/witness", "params": {"field": "crash", "path": ")" +
                              (place / "witness").string() + R"("}}},
    "edges": [{"from": "follow.out", "to": "name.in"}, {"from": "name.out", "to": "crash.in"},
              {"from": "crash.out", "to": "write.in"}]})"});
    host.start();
    const bool is_read =
        eventually(60s, [&] { return checkpoint_in(state_in(place)) == text.size(); });
    std::string dead_letters;
    const bool is_told = eventually(20s,
                                    [&]
                                    {
                                        const auto answer =
                                            host.client().send("GET", "/api/dead-letters");
                                        dead_letters = answer ? answer->body : std::string();
                                        return dead_letters.find("SIGSEGV") != std::string::npos;
                                    });
    const int code = host.stop();
    const std::size_t told = read_witness(place / "witness").size();
    std::cout << "sources: a line that crashes a component: " << told << " of 4 others delivered, "
              << (is_told ? "a dead letter names the signal" : "no dead letter") << '\n';
    const bool is_well = is_read && is_told && told == 4 && code == 0;
    if (!is_well)
        std::cout << "sources: read " << is_read << ", exit code " << code << ", letters "
                  << dead_letters << "; the host said: " << host.log();
    return is_well;
}

bool try_kills(const bench_directory& bench, const wish& told)
{
    const std::filesystem::path place = bench.fresh("kills");
    const std::filesystem::path input = place / "input";
    const std::filesystem::path witness = place / "witness";
    const std::filesystem::path state = state_in(place);
    growing_file file(input);
    std::ofstream(witness).flush();
    tried_host host({.place = place,
                     .graph = R"({"penstock": 1, "name": "trial", "nodes": {
    "follow": {"component": "trial/follow", "params": {"path": ")" +
                              input.string() + R"("}},
    "write": {"component": "trial/witness", "params": {"field": "text", "path": ")" +
                              witness.string() + R"("}}},
    "edges": [{"from": "follow.out", "to": "write.in"}]})"});
    host.start();
    dice chance(told.seed);
    findings found;
    std::size_t of_supervisor = 0;
    for (std::size_t kills = 0; kills < told.rounds;)
    {
        const std::uint64_t before = checkpoint_in(state);
        file.grow(1 + chance() % 2'000, chance);
        if (!eventually(30s, [&] { return checkpoint_in(state) > before; }))
            throw std::runtime_error("the source does not go on; it said: " + host.log());
        pause(std::chrono::microseconds(chance() % 30'000));
        if (kills % kills_of_a_supervisor == kills_of_a_supervisor - 1)
        {
            host.kill();
            found.ahead += lines_ahead(file, state, witness);
            host.start();
            ++of_supervisor;
            ++kills;
        }
        else if (host.kill_worker())
        {
            found.ahead += lines_ahead(file, state, witness);
            ++kills;
        }
    }
    file.grow(1, chance); // read by a worker that lives
    const bool caught_up = eventually(60s, [&] { return checkpoint_in(state) == file.size(); });
    const int code = host.stop();
    found.ahead += lines_ahead(file, state, witness);
    settle(file, witness, found);
    std::cout << "sources: " << grouped(told.rounds) << " kills (" << grouped(of_supervisor)
              << " of the supervisor), " << grouped(file.lines()) << " lines read, "
              << grouped(found.lost) << " lost, " << grouped(found.duplicates) << " duplicates, "
              << grouped(found.other_ids)
              << " of them with another id; the checkpoint was ahead of " << grouped(found.ahead)
              << " lines\n";
    const bool is_well =
        caught_up && code == 0 && found.lost == 0 && found.other_ids == 0 && found.ahead == 0;
    if (!is_well)
        std::cout << "sources: caught up " << caught_up << ", exit code " << code
                  << "; the host said: " << host.log();
    return is_well;
}

int run(const wish& told)
{
    const bench_directory place;
    const bool kills = try_kills(place, told);
    const bool poison = try_poison(place);
    return kills && poison ? 0 : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 8));
    }
    catch (const std::exception& error)
    {
        std::cerr << "sources: " << error.what() << '\n';
        return 1;
    }
}
