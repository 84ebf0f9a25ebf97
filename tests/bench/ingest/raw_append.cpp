// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What the disk allows: appends the lines of a file in groups and syncs each group, as the barest
// log would: raw_append DOCS LINES_A_GROUP GROUPS OUT. Prints one JSON line.

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace
{

using seconds = std::chrono::duration<double>;

std::vector<std::string> groups_of(const char* file, std::size_t lines, std::size_t groups)
{
    std::ifstream in(file);
    std::vector<std::string> all;
    std::string line;
    for (std::size_t i = 0; all.size() < groups || i % lines != 0; ++i)
    {
        if (!std::getline(in, line))
        {
            in.clear();
            in.seekg(0);
            if (!std::getline(in, line))
                throw std::runtime_error("no documents");
        }
        if (i % lines == 0)
            all.emplace_back();
        all.back() += line + '\n';
    }
    return all;
}

void check(bool fine, const char* what)
{
    if (!fine)
        throw std::system_error(errno, std::generic_category(), what);
}

void append(int file, const std::string& group)
{
    check(write(file, group.data(), group.size()) == static_cast<ssize_t>(group.size()), "write");
    check(fdatasync(file) == 0, "fdatasync");
}

} // namespace

int main(int count, char** arguments)
try
{
    if (count != 5)
        throw std::invalid_argument("expected DOCS LINES_A_GROUP GROUPS OUT");
    const std::size_t lines = std::stoul(arguments[2]);
    const auto groups = groups_of(arguments[1], lines, std::stoul(arguments[3]));
    const int file = open(arguments[4], O_CREAT | O_TRUNC | O_APPEND | O_WRONLY | O_CLOEXEC, 0600);
    check(file >= 0, arguments[4]);
    std::vector<double> times;
    std::size_t bytes = 0;
    for (const std::string& group : groups)
    {
        const auto begin = std::chrono::steady_clock::now();
        append(file, group);
        times.push_back(seconds(std::chrono::steady_clock::now() - begin).count());
        bytes += group.size();
    }
    close(file);
    double total = 0;
    for (const double each : times)
        total += each;
    std::sort(times.begin(), times.end());
    const auto at = [&](double part)
    { return 1e3 * times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))]; };
    std::printf("{\"docs_s\":%.0f,\"mb_s\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n",
                static_cast<double>(groups.size() * lines) / total,
                static_cast<double>(bytes) / total / 1e6, at(0.5), at(0.99));
}
catch (const std::exception& error)
{
    std::fprintf(stderr, "raw_append: %s\n", error.what());
    return 1;
}
