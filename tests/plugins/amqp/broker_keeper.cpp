// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Keeps a broker for the tests of a run: `begin FILE` starts it, writes its keeper and port to the
// file and returns; `end FILE` ends it. Why it did not start is in FILE.error.
#include "broker_server.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
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
constexpr timespec longest_run{6 * 3600, 0};

void keep(const std::string& file)
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
}

// The file is there as long as the broker is.
int keep_and_tell(const std::string& file)
{
    try
    {
        keep(file);
        std::filesystem::remove(file);
        return 0;
    }
    catch (const std::exception& error)
    {
        std::ofstream(file + ".error") << error.what() << '\n';
        return 1;
    }
}

// Whether a process keeps a broker for the file, and is not another one that has its number now, or
// one that has ended and that nobody asks for its status.
bool is_keeper(pid_t process, const std::string& file)
{
    std::ifstream arguments("/proc/" + std::to_string(process) + "/cmdline", std::ios::binary);
    std::string text;
    while (std::getline(arguments, text, '\0'))
        if (text == file)
            return true;
    return false;
}

int end(const std::string& file)
{
    pid_t keeper = 0;
    if (!(std::ifstream(file) >> keeper) || keeper <= 1)
        return 0;
    if (is_keeper(keeper, file))
        ::kill(keeper, SIGTERM);
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (std::filesystem::exists(file) && is_keeper(keeper, file))
    {
        if (std::chrono::steady_clock::now() > deadline)
        {
            std::fputs("the broker does not end\n", stderr);
            return 1;
        }
        std::this_thread::sleep_for(20ms);
    }
    std::filesystem::remove(file);
    return 0;
}

int begin(const std::string& file)
{
    const std::string error_file = file + ".error";
    if (end(file) != 0)
        return 1;
    std::filesystem::remove(error_file);
    const pid_t keeper = ::fork();
    if (keeper == 0)
        return keep_and_tell(file);
    while (!std::filesystem::exists(file))
    {
        if (::waitpid(keeper, nullptr, WNOHANG) != 0)
        {
            std::ostringstream why;
            why << std::ifstream(error_file).rdbuf();
            std::fprintf(stderr, "the broker did not start: %s\n", why.str().c_str());
            return 1;
        }
        std::this_thread::sleep_for(20ms);
    }
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
