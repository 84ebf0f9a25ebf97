// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/supervised.hpp"

#include "host/app/configuration.hpp"
#include "host/app/data_directory.hpp"
#include "host/app/log.hpp"
#include "host/net/server.hpp"
#include "host/supervise/listener.hpp"
#include "host/supervise/supervisor.hpp"

#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <sys/prctl.h>

namespace penstock::host
{

namespace
{

constexpr auto between_recoveries = std::chrono::minutes(10);

std::vector<std::string> own_arguments()
{
    std::vector<std::string> arguments;
    std::ifstream words("/proc/self/cmdline", std::ios::binary);
    for (std::string each; std::getline(words, each, '\0');)
        arguments.push_back(each);
    return arguments;
}

// A host whose supervisor was killed has its address until its worker has ended too.
descriptor listen_when_free(const settings& wanted, const std::filesystem::path& data,
                            std::chrono::milliseconds patience)
{
    constexpr std::chrono::milliseconds between_tries{50};
    const http::listen_address address = *http::parse_listen_address(wanted.listen);
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (bool was_held = false;;)
    {
        try
        {
            return supervise::listen_on(address.address, address.port);
        }
        catch (const std::system_error& error)
        {
            was_held = was_held || data_directory::is_held(data);
            if (error.code() != std::errc::address_in_use || !was_held ||
                std::chrono::steady_clock::now() >= deadline)
                throw;
        }
        std::this_thread::sleep_for(between_tries);
    }
}

} // namespace

boost::system::result<int, problem> supervise_worker(const settings& wanted,
                                                     const std::filesystem::path& data,
                                                     std::chrono::milliseconds patience)
{
    descriptor listener;
    try
    {
        listener = listen_when_free(wanted, data, patience);
    }
    catch (const std::system_error& error)
    {
        return problem(wanted.listen, "", "cannot be listened on: " + error.code().message(),
                       "a free address was expected");
    }
    supervise::supervisor supervisor(
        std::move(listener),
        {.arguments = own_arguments(),
         .settings = write_configuration(wanted),
         .keeps_cores = wanted.core_files == "yes",
         .log = [](const std::string& text) { log(severity::error, "supervisor", text); }});
    return supervisor.run();
}

supervised::supervised(supervise::handover handed)
    : handed_(handed),
      shared_memory_(std::make_unique<supervise::shared_memory>(handed.shared_memory))
{
}

std::optional<supervised> supervised::take()
{
    const std::optional<supervise::handover> handed = supervise::handover::take();
    if (!handed)
        return std::nullopt;
    ::prctl(PR_SET_NAME, "penstock"); // it was started by the name of a link
    return supervised(*handed);
}

bool supervised::is_replacement() const noexcept
{
    return shared_memory_->head().died_at.load() != 0;
}

bool supervised::may_recover() const
{
    using namespace std::chrono;
    const auto now = steady_clock::now().time_since_epoch();
    const auto last = nanoseconds(shared_memory_->head().recovered_at.load());
    // One in the future was written by a component that went astray.
    if (last.count() != 0 && last <= now && now - last < between_recoveries)
        return false;
    shared_memory_->head().recovered_at.store(duration_cast<nanoseconds>(now).count());
    return true;
}

void supervised::serves() const
{
    using namespace std::chrono;
    supervise::shared_head& head = shared_memory_->head();
    head.serving.store(1);
    const auto died = nanoseconds(head.died_at.load());
    if (died.count() == 0)
        return;
    const auto gap = steady_clock::now().time_since_epoch() - died;
    log(severity::information, "",
        "serves again, " + std::to_string(duration_cast<milliseconds>(gap).count()) +
            " ms after the end of the worker before");
}

} // namespace penstock::host
