// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Flips single bits in the files of a journal: bitflips [FLIPS [SEED]]. Half of the journals were
// closed, half have a log that was not worked in yet. What is read must be what was written, or be
// said to be damaged.
#include "host/journal/log/log_check.hpp"
#include "host/journal/sqlite/schema.hpp"
#include "tests/faults/dice.hpp"
#include "tests/faults/disk_image.hpp"
#include "tests/faults/inspection.hpp"
#include "tests/faults/recording.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/watched_worker.hpp"

#include <algorithm>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace
{

using namespace penstock::faults;

constexpr std::size_t flips_of_a_journal = 50;
constexpr std::size_t processes = 2;

enum count : std::size_t
{
    flips,
    harmless,
    detected,
    missing,
    in_the_log, ///< of those missing, where the bit was in the log
    wrong,
    counts
};

/// A journal, and what must be in it.
struct journal_files
{
    workload what;
    knowledge known;
};

/// Makes the journal of a seed. One with a log ends in the middle of its last session, with all
/// that it has written on the disk.
journal_files make_journal(const bench_directory& place, std::uint64_t seed, bool with_log)
{
    journal_files made;
    made.what.directory = place.fresh("recorded");
    made.what.seed = seed;
    made.what.records = 600;
    const std::filesystem::path log = place.path() / "log";
    std::filesystem::remove(log);
    const worker_end ended = run_worker(made.what, {log, "", true});
    if (!ended.is_well())
        throw std::runtime_error("the worker " + ended.text());
    const recording whole(log);
    const std::size_t all = whole.events().size();
    const std::size_t last = with_log ? all - 1 - dice(seed)() % (all / 4) : all;
    disk_image image;
    made.known.hear_numbers(whole);
    for (std::size_t i = 0; i < last; ++i)
    {
        image.apply(whole.events()[i]);
        made.known.hear(whole.events()[i]);
    }
    image.sync();
    dice none(0);
    const std::filesystem::path files = place.fresh("files");
    image.write_to(files, made.what.directory, none);
    made.what.directory = files;
    return made;
}

/// A place in one of the files.
struct spot
{
    std::filesystem::path file;
    std::uint64_t byte = 0;
    unsigned bit = 0;
};

spot draw_spot(const std::filesystem::path& directory, dice& chance)
{
    std::vector<std::pair<std::filesystem::path, std::uint64_t>> files;
    std::uint64_t bytes = 0;
    for (const auto& each : std::filesystem::directory_iterator(directory))
    {
        files.emplace_back(each.path(), each.file_size());
        bytes += each.file_size();
    }
    std::ranges::sort(files);
    std::uint64_t at = chance() % bytes;
    for (const auto& [file, size] : files)
    {
        if (at < size)
            return {file.filename(), at, static_cast<unsigned>(chance() % 8)};
        at -= size;
    }
    throw std::logic_error("no such byte");
}

void flip(const std::filesystem::path& directory, const spot& where)
{
    std::fstream file(directory / where.file, std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(static_cast<std::streamoff>(where.byte));
    const int before = file.get();
    file.seekp(static_cast<std::streamoff>(where.byte));
    file.put(static_cast<char>(before ^ (1 << where.bit)));
}

// `is_known`: `journal verify` has told it, before the journal was opened.
void judge(const findings& found, bool is_known, const spot& where, tally& to)
{
    ++to.counts[flips];
    if (found.corrupt != 0)
    {
        ++to.counts[wrong];
        if (to.first.empty())
            to.first = where.file.string() + ", byte " + std::to_string(where.byte) + ", bit " +
                       std::to_string(where.bit) + ": " + found.first;
    }
    else if (is_known || !found.error.empty() || found.damaged != 0)
        ++to.counts[detected];
    else if (found.lost != 0)
    {
        ++to.counts[missing];
        to.counts[in_the_log] += where.file.string().ends_with("-wal") ? 1 : 0;
    }
    else
        ++to.counts[harmless];
}

tally flip_some(const bench_directory& place, const journal_files& journal, std::size_t part,
                std::size_t wanted)
{
    tally made;
    made.counts.resize(counts);
    dice chance(journal.what.seed * 1'000 + part);
    for (std::size_t i = part; i < wanted; i += processes)
    {
        workload flipped = journal.what;
        flipped.directory = place.fresh("flipped" + std::to_string(part));
        std::filesystem::copy(journal.what.directory, flipped.directory,
                              std::filesystem::copy_options::recursive);
        const spot where = draw_spot(flipped.directory, chance);
        flip(flipped.directory, where);
        const bool is_known =
            penstock::host::damage_of_log(flipped.directory / penstock::host::journal_file_name)
                .has_value();
        judge(inspect(flipped, journal.known), is_known, where, made);
    }
    return made;
}

int run(const wish& told)
{
    const bench_directory place;
    tally all;
    all.counts.resize(counts);
    std::uint64_t seed = told.seed;
    for (std::size_t done = 0; done < told.rounds; done += flips_of_a_journal, ++seed)
    {
        const journal_files journal = make_journal(place, seed, seed % 2 == 0);
        const std::size_t wanted = std::min(flips_of_a_journal, told.rounds - done);
        const tally some =
            in_processes(processes, counts,
                         [&](std::size_t part) { return flip_some(place, journal, part, wanted); });
        for (std::size_t i = 0; i < counts; ++i)
            all.counts[i] += some.counts[i];
        if (all.first.empty())
            all.first = some.first;
    }
    std::cout << "bitflips: " << grouped(all.counts[flips]) << " flips, "
              << grouped(all.counts[wrong]) << " silently wrong; " << grouped(all.counts[harmless])
              << " harmless, " << grouped(all.counts[detected]) << " detected, "
              << grouped(all.counts[missing]) << " with something missing ("
              << grouped(all.counts[in_the_log]) << " of these in the log)\n";
    if (!all.first.empty())
        std::cout << "bitflips: " << all.first << '\n';
    return all.counts[flips] == told.rounds && all.counts[wrong] == 0 && all.first.empty() ? 0 : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 100));
    }
    catch (const std::exception& error)
    {
        std::cerr << "bitflips: " << error.what() << '\n';
        return 1;
    }
}
