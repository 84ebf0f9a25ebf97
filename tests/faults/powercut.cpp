// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Cuts the power of a journal at random moments: powercut [IMAGES [SEED]]. Every image must have
// all that was acknowledged; and, as a canary, images of a journal that does not sync its log must
// not.
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
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace
{

using namespace penstock;
using namespace penstock::faults;

constexpr std::size_t images_of_a_recording = 200;
constexpr std::size_t processes = 2;

enum count : std::size_t
{
    images,
    acked,
    lost,
    corrupt,
    unread,
    bad_images,
    worst,
    counts
};

/// Cuts one recording at some places, in order.
class cutter
{
public:
    cutter(const bench_directory& place, const workload& recorded, const recording& of)
        : place_(place), recorded_(recorded), of_(of)
    {
    }

    // Every `processes`th of the moments, from the one numbered `part`.
    void cut(const std::vector<std::size_t>& moments, std::size_t part, tally& to)
    {
        disk_image image;
        knowledge known;
        known.hear_numbers(of_);
        std::size_t next = 0;
        for (std::size_t i = 0; i < moments.size(); ++i)
        {
            for (; next < moments[i]; ++next)
            {
                image.apply(of_.events()[next]);
                known.hear(of_.events()[next]);
            }
            if (i % processes != part)
                continue;
            disk_image::random chance(recorded_.seed * 1'000'000 + i);
            workload left = recorded_;
            left.directory = place_.fresh("image" + std::to_string(part));
            image.write_to(left.directory, recorded_.directory, chance);
            // What a power cut leaves must not be taken for damage either.
            const auto damage = host::damage_of_log(left.directory / host::journal_file_name);
            findings found = inspect(left, known);
            if (damage)
                found.error = "its log is called damaged";
            judge(found, i, moments[i], to);
        }
    }

private:
    void judge(const findings& found, std::size_t i, std::size_t moment, tally& to) const
    {
        ++to.counts[images];
        to.counts[acked] += found.kept;
        to.counts[lost] += found.lost;
        to.counts[corrupt] += found.corrupt + found.damaged;
        to.counts[unread] += found.error.empty() ? 0 : 1;
        if (found.lost + found.corrupt + found.damaged == 0 && found.error.empty())
            return;
        ++to.counts[bad_images];
        to.counts[worst] = std::max<std::uint64_t>(to.counts[worst], found.lost);
        if (to.first.empty())
            to.first = "seed " + std::to_string(recorded_.seed) + ", image " + std::to_string(i) +
                       ", cut at event " + std::to_string(moment) + ": " +
                       (found.error.empty() ? found.first : found.error);
    }

    const bench_directory& place_;
    const workload recorded_;
    const recording& of_;
};

void cut_recording(const bench_directory& place, std::uint64_t seed, std::size_t wanted,
                   bool syncs_all, tally& to)
{
    workload what;
    what.directory = place.fresh("recorded");
    what.seed = seed;
    const std::filesystem::path log = place.path() / "log";
    std::filesystem::remove(log);
    const worker_end ended = run_worker(what, {log, "", syncs_all});
    if (!ended.is_well())
        throw std::runtime_error("the worker " + ended.text());
    const recording whole(log);
    dice chance(seed);
    std::vector<std::size_t> moments;
    for (std::size_t i = 0; i < wanted; ++i)
        moments.push_back(chance() % (whole.events().size() + 1));
    std::ranges::sort(moments);
    const tally found = in_processes(processes, counts,
                                     [&](std::size_t part)
                                     {
                                         tally made;
                                         made.counts.resize(counts);
                                         cutter(place, what, whole).cut(moments, part, made);
                                         return made;
                                     });
    for (std::size_t i = 0; i < counts; ++i)
        to.counts[i] =
            i == worst ? std::max(to.counts[i], found.counts[i]) : to.counts[i] + found.counts[i];
    if (to.first.empty())
        to.first = found.first;
}

tally cut_recordings(std::uint64_t seed, std::size_t wanted, bool syncs_all)
{
    tally all;
    all.counts.resize(counts);
    const bench_directory place;
    for (std::size_t done = 0; done < wanted; done += images_of_a_recording)
        cut_recording(place, seed++, std::min(images_of_a_recording, wanted - done), syncs_all,
                      all);
    return all;
}

int run(const wish& told)
{
    const tally ours = cut_recordings(told.seed, told.rounds, true);
    // The canary needs no more than enough to be seen.
    const std::size_t few = std::clamp<std::size_t>(told.rounds / 4, 1, 400);
    const tally canary = cut_recordings(told.seed, few, false);
    std::cout << "powercut: " << grouped(ours.counts[images]) << " images, "
              << grouped(ours.counts[acked]) << " acked, " << grouped(ours.counts[lost])
              << " lost, " << grouped(ours.counts[corrupt]) << " corrupt, "
              << grouped(ours.counts[unread])
              << " unreadable; canary (synchronous=NORMAL): " << canary.counts[bad_images] << " of "
              << canary.counts[images] << " images lost documents (worst "
              << grouped(canary.counts[worst]) << ")\n";
    if (!ours.first.empty())
        std::cout << "powercut: " << ours.first << '\n';
    const bool kept =
        ours.counts[images] == told.rounds && ours.counts[bad_images] == 0 && ours.first.empty();
    const bool sees = canary.counts[images] == few && canary.counts[lost] != 0;
    if (!sees)
        std::cout << "powercut: the canary lost nothing, so this test sees nothing\n";
    return kept && sees ? 0 : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 400));
    }
    catch (const std::exception& error)
    {
        std::cerr << "powercut: " << error.what() << '\n';
        return 1;
    }
}
