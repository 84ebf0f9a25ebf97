// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Starts a host anew that has much to do: restart [ENTRIES [SEED]]. Its publisher is blocked until
// so many are pending, on a disk; then the host, or the worker alone, is killed again and again. It
// must take requests soon, although it has not read what is pending, and deliver all in the end.
#include "tests/faults/graphs.hpp"
#include "tests/faults/load.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"

#include <algorithm>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using clock_type = std::chrono::steady_clock;

constexpr auto most_wait = 2s;
constexpr std::size_t times = 3; // of a start with and without what the system knows by heart

/// The longest times of some starts, each from the kill or from the call of the program.
struct waits
{
    milliseconds ready{0};    ///< until /readyz says so
    milliseconds accepted{0}; ///< until a request is

    void add(milliseconds until_ready, milliseconds until_accepted)
    {
        ready = std::max(ready, until_ready);
        accepted = std::max(accepted, until_accepted);
    }

    [[nodiscard]] std::string text() const
    {
        return std::to_string(ready.count()) + " ms until ready and " +
               std::to_string(accepted.count()) + " ms until it accepts";
    }
};

milliseconds since(clock_type::time_point start)
{
    return std::chrono::ceil<milliseconds>(clock_type::now() - start);
}

void wait_for_service(const tried_host& host, clock_type::time_point start, waits& longest)
{
    static std::uint64_t number = 1'000'000'000; // of none of the clients
    const std::string body = R"({"n": )" + std::to_string(++number) + '}';
    penstock::host::http::header_list fields;
    fields.add("Content-Type", "application/json");
    const auto answers = [&](unsigned status, auto&&... request)
    {
        const auto answer = host.client(60s).send(request...);
        return answer && answer->status == status;
    };
    if (!eventually(60s, [&] { return answers(200, "GET", "/readyz"); }))
        throw std::runtime_error("the host is never ready; it said: " + host.log());
    const milliseconds ready = since(start);
    if (!eventually(60s, [&] { return answers(202, "POST", "/data", fields, body); }))
        throw std::runtime_error("the host accepts nothing; it said: " + host.log());
    longest.add(ready, since(start));
}

/// Drops the files from the cache of the system, as after a start of the machine.
void forget(const std::filesystem::path& directory)
{
    for (const auto& each : std::filesystem::recursive_directory_iterator(directory))
    {
        const int file = ::open(each.path().c_str(), O_RDONLY | O_CLOEXEC);
        ::fdatasync(file);
        ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
        ::close(file);
    }
}

// Only once in the life of a supervisor, which lets a worker wait that is killed more often.
void kill_worker(tried_host& host, waits& longest)
{
    const pid_t worker = host.worker();
    const auto start = clock_type::now();
    host.kill_worker();
    if (!eventually(10s, [&] { return host.worker() != worker; }))
        throw std::runtime_error("the worker does not end");
    wait_for_service(host, start, longest);
}

int run(const wish& told)
{
    const bench_directory place(std::filesystem::temp_directory_path());
    const std::filesystem::path witness = place.path() / "witness";
    const std::filesystem::path blocked = place.path() / "blocked";
    std::ofstream(blocked) << ' ';
    tried_host host({.place = place.path(),
                     .graph = trial_graph(R"("path": ")" + witness.string() + R"(", "blocked": ")" +
                                          blocked.string() + '"')});
    host.start();
    load clients(host, {.clients = 64});
    const auto filling = clock_type::now();
    if (!eventually(1h, [&] { return clients.accepted() >= told.rounds; }))
        throw std::runtime_error("the host takes too little in");
    clients.stop();
    const auto filled = std::chrono::duration<double>(clock_type::now() - filling);

    waits warm;
    waits cold;
    waits of_worker;
    for (std::size_t i = 0; i < 2 * times; ++i)
    {
        host.kill();
        if (i % 2 == 1)
            forget(place.path() / "data");
        const auto start = clock_type::now();
        host.start();
        wait_for_service(host, start, i % 2 == 1 ? cold : warm);
        kill_worker(host, of_worker);
    }
    const std::size_t held = resident(host.worker());

    const auto unblocked = clock_type::now();
    std::filesystem::remove(blocked);
    const bool settled = host.settle(900s);
    const auto delivered = std::chrono::duration<double>(clock_type::now() - unblocked);
    const int code = host.stop();
    const account found = settle_account(clients.numbers(), witness);
    std::cout << "restart: " << grouped(clients.accepted()) << " pending, accepted at "
              << grouped(static_cast<std::uint64_t>(static_cast<double>(clients.accepted()) /
                                                    filled.count()))
              << " a second; at most " << warm.text() << ", " << cold.text()
              << " with nothing cached, " << of_worker.text() << " after a kill of the worker; "
              << held / 1'000'000 << " MB resident; delivered at "
              << grouped(static_cast<std::uint64_t>(static_cast<double>(clients.accepted()) /
                                                    delivered.count()))
              << " a second, " << grouped(found.lost) << " lost, " << grouped(found.duplicates)
              << " duplicates\n";
    if (!settled || code != 0)
        std::cout << "restart: settled " << settled << ", exit code " << code
                  << "; the host said: " << host.log();
    return settled && code == 0 && found.lost == 0 && found.other_ids == 0 &&
                   std::max({warm.accepted, cold.accepted, of_worker.accepted}) <= most_wait
               ? 0
               : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 20'000));
    }
    catch (const std::exception& error)
    {
        std::cerr << "restart: " << error.what() << '\n';
        return 1;
    }
}
