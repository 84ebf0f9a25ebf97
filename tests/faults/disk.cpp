// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Failures of the disk of a host under load, and a disk that is full for a while: disk [TIMES
// [SEED]]. Meanwhile there is nothing but 503 with a Retry-After; afterwards the host takes in
// again within a second, without a restart unless a sync has failed, and nothing is lost. To fill a
// disk needs a mount namespace of its own; skipped (77) without.
#include "tests/faults/graphs.hpp"
#include "tests/faults/load.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;

constexpr int skipped = 77;
constexpr auto full_for = 1s;
constexpr auto most_wait = 1'000ms;

/// A small disk at a directory, seen by this process and its children alone.
class small_disk
{
public:
    explicit small_disk(std::filesystem::path at) : at_(std::move(at))
    {
        if (::unshare(CLONE_NEWNS) != 0)
            why_not_ = "no mount namespace";
        else if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
                 ::mount("penstock", at_.c_str(), "tmpfs", 0, "size=96m,mode=0700") != 0)
            why_not_ = "no small disk";
        else
            return;
        why_not_ += std::string(": ") + std::strerror(errno) + "; root was expected";
    }

    small_disk(const small_disk&) = delete;
    small_disk& operator=(const small_disk&) = delete;

    ~small_disk()
    {
        if (why_not_.empty())
            ::umount2(at_.c_str(), MNT_DETACH);
    }

    /// Why there is none; empty if there is one.
    [[nodiscard]] const std::string& why_not() const noexcept { return why_not_; }

private:
    std::filesystem::path at_;
    std::string why_not_;
};

/// Takes all the room that is left.
void fill(const std::filesystem::path& disk)
{
    const int file = ::open((disk / "ballast").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const std::string block(65'536, '\0');
    while (::write(file, block.data(), block.size()) > 0)
        continue;
    ::close(file);
}

std::size_t count_of(const load& clients, unsigned status)
{
    const auto answers = clients.answers();
    const auto found = answers.find(status);
    return found == answers.end() ? 0 : found->second;
}

/// Failure of one system call on the journal's log under each worker of a host. After a failed sync the worker must be
/// started anew, and when that has not helped, nothing more be taken in.
bool try_failing(const bench_directory& place, const std::string& call, bool is_sync)
{
    constexpr std::string_view closed = "nothing is taken in until the host is started anew";
    const std::filesystem::path files = place.fresh(call);
    const std::filesystem::path witness = files / "witness";
    tried_host::settings settings{.place = files,
                                  .graph = trial_graph(R"("path": ")" + witness.string() + '"'),
                                  .environment = {std::string("LD_PRELOAD=") + PENSTOCK_DISK_SHIM,
                                                  "PENSTOCK_DISK=" + (files / "data").string(),
                                                  "PENSTOCK_DISK_FAULT=" + call + ":EIO:200:-wal"}};
    tried_host host(settings);
    host.start();
    load clients(host, {});
    bool kept = eventually(20s, [&] { return count_of(clients, 503) != 0; });
    const std::size_t when_failed = clients.accepted();
    const auto since = std::chrono::steady_clock::now();
    const bool again = eventually(20s, [&] { return clients.accepted() > when_failed + 50; });
    const auto wait =
        std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - since);
    if (is_sync)
    {
        kept =
            kept && eventually(20s, [&] { return host.log().find(closed) != std::string::npos; });
        // Answers that were on their way when it was said may still arrive.
        const auto nothing_comes = [&]
        {
            const std::size_t before = clients.accepted();
            return !eventually(1s, [&] { return clients.accepted() > before; });
        };
        kept = kept && (nothing_comes() || nothing_comes());
    }
    clients.stop();
    host.kill();
    settings.environment.clear();
    tried_host next(settings);
    next.start();
    const bool settled = next.settle(60s);
    const int code = next.stop();
    const account found = settle_account(clients.numbers(), witness);
    kept = kept && again && settled && code == 0 && found.lost == 0 && found.other_ids == 0 &&
           clients.without_retry_after() == 0 && (is_sync || clients.unanswered() == 0) &&
           wait <= most_wait;
    std::cout << "disk: a " << call << " failed: " << grouped(clients.accepted()) << " accepted, "
              << grouped(count_of(clients, 503)) << " refused with 503 ("
              << grouped(clients.without_retry_after()) << " without Retry-After), "
              << grouped(found.lost) << " lost, " << grouped(found.duplicates) << " duplicates; "
              << "accepting again after " << wait.count() << " ms"
              << (is_sync ? ", and after the second time not until the next start" : "") << '\n';
    if (!kept)
        std::cout << "disk: accepted again " << again << ", unanswered " << clients.unanswered()
                  << ", exit code " << code << "; the host said: " << host.log();
    return kept;
}

bool try_full(const bench_directory& place, const std::filesystem::path& disk, std::size_t times)
{
    const std::filesystem::path files = place.fresh("full");
    const std::filesystem::path witness = files / "witness";
    tried_host host({.place = files,
                     .graph = trial_graph(R"("path": ")" + witness.string() + '"'),
                     .data = disk});
    host.start();
    const pid_t worker = host.worker();
    load clients(host, {.padding = 2'000});
    std::chrono::milliseconds longest{0};
    bool in_time = true;
    for (std::size_t i = 0; i < times; ++i)
    {
        const std::size_t before = clients.accepted();
        in_time = eventually(20s, [&] { return clients.accepted() > before + 200; }) && in_time;
        const std::size_t refusals = count_of(clients, 503);
        fill(disk);
        // What is free in the journal's file goes first.
        in_time = eventually(20s, [&] { return count_of(clients, 503) > refusals; }) && in_time;
        pause(full_for);
        const std::size_t when_full = clients.accepted();
        std::filesystem::remove(disk / "ballast");
        const auto since = std::chrono::steady_clock::now();
        in_time = eventually(20s, [&] { return clients.accepted() > when_full; }) && in_time;
        longest = std::max(longest, std::chrono::ceil<std::chrono::milliseconds>(
                                        std::chrono::steady_clock::now() - since));
    }
    clients.stop();
    const bool settled = host.settle(60s);
    const bool same_worker = host.worker() == worker;
    const int code = host.stop();
    const account found = settle_account(clients.numbers(), witness);
    std::size_t others = 0;
    for (const auto& [status, count] : clients.answers())
        others += status == 202 || status == 503 ? 0 : count;
    std::cout << "disk: full " << grouped(times) << " times, " << grouped(clients.accepted())
              << " accepted, " << grouped(count_of(clients, 503)) << " refused with 503 ("
              << grouped(clients.without_retry_after()) << " without Retry-After), "
              << grouped(found.lost) << " lost, " << grouped(found.duplicates)
              << " duplicates; accepting again after at most " << longest.count() << " ms\n";
    const bool kept = settled && code == 0 && in_time && same_worker && others == 0 &&
                      clients.unanswered() == 0 && clients.without_retry_after() == 0 &&
                      found.lost == 0 && found.duplicates == 0 && longest <= most_wait;
    if (!kept)
        std::cout << "disk: other answers " << others << ", unanswered " << clients.unanswered()
                  << ", same worker " << same_worker << ", exit code " << code
                  << "; the host said: " << host.log();
    return kept;
}

int run(const wish& told)
{
    const bench_directory place;
    const bool write_failed = try_failing(place, "pwrite", false);
    const bool sync_failed = try_failing(place, "fdatasync", true);
    const std::filesystem::path disk = place.fresh("data");
    const small_disk mounted(disk);
    if (!mounted.why_not().empty())
        std::cout << "disk: full: skipped: " << mounted.why_not() << '\n';
    const bool is_full = mounted.why_not().empty() && try_full(place, disk, told.rounds);
    if (!write_failed || !sync_failed)
        return 1;
    if (!mounted.why_not().empty())
        return skipped;
    return is_full ? 0 : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 1));
    }
    catch (const std::exception& error)
    {
        std::cerr << "disk: " << error.what() << '\n';
        return 1;
    }
}
