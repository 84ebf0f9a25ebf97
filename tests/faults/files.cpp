// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Kills the host at random moments while it reads files: files [KILLS [SEED]]. Mostly the worker,
// sometimes the supervisor. Two logs are written meanwhile, one is rotated by rename and one is
// copied and truncated, also while nobody reads; and whole files come into a folder. Each line and
// each file must reach its witness, with one id whenever it comes.
#include "tests/faults/dice.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr std::size_t kills_of_a_supervisor = 3; // as in kill9

/// Writes numbers, each on a line of one of two logs, and rotates these now and then.
class logger
{
public:
    explicit logger(fs::path folder) : folder_(std::move(folder)) { fs::create_directory(folder_); }

    void write(std::uint64_t lines, dice& chance)
    {
        for (std::uint64_t i = 0; i < lines; ++i)
        {
            if (chance() % 300 == 0)
                rotate_by_rename();
            if (chance() % 300 == 0)
                rotate_by_copy();
            std::ofstream log(chance() % 2 == 0 ? renamed() : copied(), std::ios::app);
            const std::string line = std::to_string(lines_++) + '\n';
            const std::size_t half = chance() % line.size();
            log << line.substr(0, half);
            if (chance() % 16 == 0)
                log.flush(); // somebody reads half a line
            log << line.substr(half);
        }
    }

    [[nodiscard]] std::uint64_t lines() const noexcept { return lines_; }
    [[nodiscard]] std::uint64_t rotations() const noexcept { return rotations_; }

private:
    [[nodiscard]] fs::path renamed() const { return folder_ / "renamed.log"; }
    [[nodiscard]] fs::path copied() const { return folder_ / "copied.log"; }

    [[nodiscard]] std::string next(const fs::path& of)
    {
        return of.string() + "." + std::to_string(++rotations_);
    }

    void rotate_by_rename()
    {
        if (fs::exists(renamed()))
            fs::rename(renamed(), next(renamed()));
    }

    void rotate_by_copy()
    {
        if (!fs::exists(copied()))
            return;
        fs::copy_file(copied(), next(copied()));
        fs::resize_file(copied(), 0);
    }

    const fs::path folder_;
    std::uint64_t lines_ = 0;
    std::uint64_t rotations_ = 0;
};

struct findings
{
    std::size_t lost = 0;
    std::size_t duplicates = 0;
    std::size_t other_ids = 0;
};

void settle(const fs::path& witness, std::uint64_t count, findings& found)
{
    const auto told = read_witness(witness);
    for (std::uint64_t n = 0; n < count; ++n)
    {
        const auto ids = told.find(n);
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

std::string graph_of(const fs::path& place)
{
    const std::string at = place.string();
    return R"({"penstock": 1, "name": "trial", "nodes": {
    "lines": {"component": "files/read", "params": {"paths": [")" +
           at + R"(/logs"], "mode": "lines", "follow": true}},
    "of_lines": {"component": "trial/witness", "params": {"field": "text", "path": ")" +
           at + R"(/lines"}},
    "whole": {"component": "files/read", "params": {"paths": [")" +
           at + R"(/files"], "follow": true, "settle": "10ms"}},
    "text": {"component": "text/read"},
    "of_files": {"component": "trial/witness", "params": {"field": "text", "path": ")" +
           at + R"(/whole"}}},
    "edges": [{"from": "lines.out", "to": "of_lines.in"},
              {"from": "whole.out", "to": "text.in"}, {"from": "text.out", "to": "of_files.in"}]})";
}

bool run(const wish& told)
{
    const bench_directory bench;
    const fs::path place = bench.fresh("files");
    logger logs(place / "logs");
    fs::create_directory(place / "files");
    for (const char* witness : {"lines", "whole"})
        std::ofstream(place / witness).flush();
    tried_host host({.place = place, .graph = graph_of(place)});
    host.start();
    dice chance(told.seed);
    std::uint64_t files = 0;
    std::size_t of_supervisor = 0;
    const auto write = [&]
    {
        logs.write(1 + chance() % 1'000, chance);
        for (std::uint64_t end = files + chance() % 100; files < end; ++files)
        {
            std::ofstream(place / "part") << files; // an empty one would be read as well
            fs::rename(place / "part", place / "files" / (std::to_string(files) + ".txt"));
        }
    };
    for (std::size_t kills = 0; kills < told.rounds;)
    {
        const std::size_t before = read_witness(place / "lines").size();
        write();
        if (!eventually(30s, [&] { return read_witness(place / "lines").size() > before; }))
            throw std::runtime_error("the lines do not go on; it said: " + host.log());
        pause(std::chrono::microseconds(chance() % 30'000));
        if (kills % kills_of_a_supervisor == kills_of_a_supervisor - 1)
        {
            host.kill();
            write();
            host.start();
            ++of_supervisor;
            ++kills;
        }
        else if (host.kill_worker())
        {
            write();
            ++kills;
        }
    }
    logs.write(1, chance); // read by a worker that lives
    const bool caught_up =
        eventually(60s,
                   [&]
                   {
                       return read_witness(place / "lines").size() >= logs.lines() &&
                              read_witness(place / "whole").size() >= files;
                   });
    const int code = host.stop();
    findings found;
    settle(place / "lines", logs.lines(), found);
    settle(place / "whole", files, found);
    std::cout << "files: " << grouped(told.rounds) << " kills (" << grouped(of_supervisor)
              << " of the supervisor), " << grouped(logs.lines())
              << " lines of logs that were rotated " << grouped(logs.rotations()) << " times, "
              << grouped(files) << " files, " << grouped(found.lost) << " lost, "
              << grouped(found.duplicates) << " duplicates, " << grouped(found.other_ids)
              << " of them with another id\n";
    const bool is_well = caught_up && code == 0 && found.lost == 0 && found.other_ids == 0;
    if (!is_well)
        std::cout << "files: caught up " << caught_up << ", exit code " << code
                  << "; the host said: " << host.log();
    return is_well;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 3)) ? 0 : 1;
    }
    catch (const std::exception& error)
    {
        std::cerr << "files: " << error.what() << '\n';
        return 1;
    }
}
