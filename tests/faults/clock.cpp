// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Jumps of the wall clock under a host that works, and between its starts: clock [TIMES
// [SEED]]. Nothing is lost, no id is given twice, and what is kept for a day is not let go by an
// hour.
#include "tests/faults/graphs.hpp"
#include "tests/faults/load.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;

/// What the shim of the clock reads.
class clock_shift
{
public:
    explicit clock_shift(std::filesystem::path file) : name_(std::move(file))
    {
        std::ofstream(name_, std::ios::binary) << std::string(sizeof(shared), '\0');
        const int opened = ::open(name_.c_str(), O_RDWR | O_CLOEXEC);
        void* const at =
            ::mmap(nullptr, sizeof(shared), PROT_READ | PROT_WRITE, MAP_SHARED, opened, 0);
        ::close(opened);
        if (at == MAP_FAILED)
            throw std::runtime_error(name_.string() + ": cannot be shared");
        seconds_ = static_cast<shared*>(at);
    }

    clock_shift(const clock_shift&) = delete;
    clock_shift& operator=(const clock_shift&) = delete;
    ~clock_shift() { ::munmap(seconds_, sizeof(shared)); }

    void set(std::chrono::seconds shift) { seconds_->store(shift.count()); }
    [[nodiscard]] const std::filesystem::path& name() const noexcept { return name_; }

private:
    using shared = std::atomic<std::int64_t>;

    std::filesystem::path name_;
    shared* seconds_;
};

constexpr std::chrono::seconds hour = 1h;
constexpr std::chrono::seconds ten_years = 24h * 3652;

/// A request with an idempotency key; the same one each time.
std::string ask_with_key(const tried_host& host)
{
    penstock::host::http::header_list fields;
    fields.add("Content-Type", "application/json");
    fields.add("Idempotency-Key", "once");
    const auto answer = host.client().send("POST", "/data", fields, R"({"n": 0})");
    return answer && answer->status == 202 ? receipt_in(answer->body) : "none";
}

bool knows(const tried_host& host, const std::string& receipt)
{
    const auto answer = host.client().send("GET", "/receipts/" + receipt);
    return answer && answer->status == 200;
}

void wait_for_service(const load& clients)
{
    const std::size_t before = clients.accepted();
    if (!eventually(30s, [&] { return clients.accepted() > before + 20; }))
        throw std::runtime_error("the host takes nothing in; some request was to be accepted");
}

std::size_t repeats(std::vector<std::string> ids)
{
    const std::set<std::string> different(ids.begin(), ids.end());
    return ids.size() - different.size();
}

int run(const wish& told)
{
    const bench_directory place;
    const std::filesystem::path witness = place.path() / "witness";
    clock_shift shift(place.path() / "clock");
    tried_host host({.place = place.path(),
                     .graph = trial_graph(R"("path": ")" + witness.string() + '"'),
                     .environment = {std::string("LD_PRELOAD=") + PENSTOCK_CLOCK_SHIM,
                                     "PENSTOCK_CLOCK=" + shift.name().string()}});
    host.start();
    load clients(host, {.clients = 4});
    wait_for_service(clients);
    const std::string first = ask_with_key(host);
    std::size_t jumps = 0;
    std::size_t forgotten = 0;
    bool is_remembered = true; // for a day, which ten years are more than
    const auto check = [&]
    {
        if (is_remembered && !(knows(host, first) && ask_with_key(host) == first))
            ++forgotten;
    };
    for (std::size_t i = 0; i < told.rounds; ++i)
    {
        std::vector<std::chrono::seconds> leaps{hour, 0s, -hour, 0s, -ten_years, 0s};
        if (i + 1 == told.rounds)
            leaps.insert(leaps.end(), {ten_years, 0s});
        for (const std::chrono::seconds to : leaps)
        {
            shift.set(to);
            ++jumps;
            is_remembered = is_remembered && to < ten_years;
            wait_for_service(clients);
            check();
            if (to == 0s)
                continue;
            host.kill(); // the next start reads the clock anew
            host.start();
            wait_for_service(clients);
            check();
        }
    }
    clients.stop();
    const bool settled = host.settle(60s);
    const int code = host.stop();
    const account found = settle_account(clients.numbers(), witness);
    std::vector<std::string> ids;
    for (const auto& [number, of] : read_witness(witness))
        ids.push_back(of.front());
    const std::size_t twice = repeats(clients.receipts()) + repeats(std::move(ids));
    std::cout << "clock: " << grouped(jumps) << " jumps of up to 10 years, "
              << grouped(clients.accepted()) << " accepted, " << grouped(found.lost) << " lost, "
              << grouped(found.duplicates) << " duplicates, " << grouped(twice)
              << " ids given twice, " << grouped(forgotten) << " times forgotten too early\n";
    const bool kept = settled && code == 0 && found.lost == 0 && found.other_ids == 0 &&
                      twice == 0 && forgotten == 0;
    if (!kept)
        std::cout << "clock: settled " << settled << ", exit code " << code
                  << "; the host said: " << host.log();
    return kept ? 0 : 1;
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
        std::cerr << "clock: " << error.what() << '\n';
        return 1;
    }
}
