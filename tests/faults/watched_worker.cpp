// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/watched_worker.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

namespace penstock::faults
{

namespace
{

constexpr std::uint64_t room = std::uint64_t{1} << 30;

std::filesystem::path roomy_directory()
{
    struct statvfs memory
    {
    };
    if (::statvfs("/dev/shm", &memory) == 0 && memory.f_bavail * memory.f_frsize > room &&
        ::access("/dev/shm", W_OK) == 0)
        return "/dev/shm";
    return std::filesystem::temp_directory_path();
}

} // namespace

std::string read_all(int file)
{
    std::string text;
    std::array<char, 4096> part;
    ssize_t count = 0;
    while ((count = ::read(file, part.data(), part.size())) > 0 || (count < 0 && errno == EINTR))
        text.append(part.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
}

bench_directory::bench_directory() : bench_directory(roomy_directory()) {}

bench_directory::bench_directory(const std::filesystem::path& in)
{
    std::string name = (in / "penstock-faults-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("no temporary directory");
    path_ = name;
}

bench_directory::~bench_directory()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path bench_directory::fresh(const std::string& name) const
{
    const std::filesystem::path made = path_ / name;
    std::filesystem::remove_all(made);
    std::filesystem::create_directories(made);
    return made;
}

std::string worker_end::text() const
{
    if (WIFSIGNALED(status))
        return std::string("was killed by ") + ::strsignal(WTERMSIG(status)) + ": " + said;
    return "ended with " + std::to_string(WEXITSTATUS(status)) + ": " + said;
}

worker_end run_worker(const workload& what, const conditions& under)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    std::vector<std::string> words{PENSTOCK_FAULT_WORKER, what.directory, std::to_string(what.seed),
                                   std::to_string(what.records), std::to_string(what.sessions)};
    if (!under.syncs_all)
        words.emplace_back("normal");
    std::vector<char*> arguments;
    for (std::string& each : words)
        arguments.push_back(each.data());
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child < 0)
        throw std::runtime_error("no process");
    if (child == 0)
    {
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(ends[1], STDERR_FILENO);
        ::setenv("LD_PRELOAD", PENSTOCK_DISK_SHIM, 1);
        ::setenv("PENSTOCK_DISK", what.directory.c_str(), 1);
        if (!under.log.empty())
            ::setenv("PENSTOCK_DISK_LOG", under.log.c_str(), 1);
        if (under.marks_only)
            ::setenv("PENSTOCK_DISK_MARKS", "1", 1);
        if (!under.fault.empty())
            ::setenv("PENSTOCK_DISK_FAULT", under.fault.c_str(), 1);
        ::alarm(60); // a worker that hangs ends by the signal
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    worker_end ended;
    ended.said = read_all(ends[0]);
    ::close(ends[0]);
    while (::waitpid(child, &ended.status, 0) < 0 && errno == EINTR)
        continue;
    return ended;
}

} // namespace penstock::faults
