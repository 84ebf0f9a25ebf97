// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Keeps a broker for the tests of a run: `begin FILE` starts it, writes its keeper and port to the
// file and returns; `end FILE` ends it.
#include "broker_server.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace
{

using namespace std::chrono_literals;

// A run that is cut off ends nothing.
constexpr timespec longest_run{3600, 0};

int keep(const std::string& file)
{
    ::setsid();
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int each : {0, 1, 2})
        ::dup2(nothing, each);
    broker_server broker;
    broker.start();
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    ::sigprocmask(SIG_BLOCK, &end, nullptr);
    std::ofstream(file + ".new") << ::getpid() << ' ' << broker.port() << '\n';
    std::filesystem::rename(file + ".new", file);
    ::sigtimedwait(&end, nullptr, &longest_run);
    std::filesystem::remove(file);
    return 0;
}

int begin(const std::string& file)
{
    std::filesystem::remove(file);
    const pid_t keeper = ::fork();
    if (keeper == 0)
    {
        try
        {
            return keep(file);
        }
        catch (const std::exception&)
        {
            return 1;
        }
    }
    while (!std::filesystem::exists(file))
    {
        if (::waitpid(keeper, nullptr, WNOHANG) != 0)
        {
            std::fputs("the broker did not start; is rabbitmq-server installed?\n", stderr);
            return 1;
        }
        std::this_thread::sleep_for(20ms);
    }
    return 0;
}

int end(const std::string& file)
{
    pid_t keeper = 0;
    if (!(std::ifstream(file) >> keeper) || keeper <= 1)
        return 0;
    ::kill(keeper, SIGTERM);
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (::kill(keeper, 0) == 0 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(20ms);
    return 0;
}

} // namespace

int main(int count, char* arguments[])
{
    if (count == 3 && std::string_view(arguments[1]) == "begin")
        return begin(arguments[2]);
    if (count == 3 && std::string_view(arguments[1]) == "end")
        return end(arguments[2]);
    std::fputs("usage: broker_keeper begin|end FILE\n", stderr);
    return 2;
}
