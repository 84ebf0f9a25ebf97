// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/rounds.hpp"

#include "tests/faults/watched_worker.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace penstock::faults
{

namespace
{

std::uint64_t number_of(const char* text, const char* what)
{
    char* end = nullptr;
    const std::uint64_t number = std::strtoull(text, &end, 10);
    if (*text == '\0' || *end != '\0' || number == 0)
    {
        std::cerr << what << ": " << text << " is no number; one from 1 was expected\n";
        std::exit(2);
    }
    return number;
}

[[noreturn]] void run_part(int to, std::size_t part,
                           const std::function<tally(std::size_t part)>& run)
{
    int code = 0;
    std::ostringstream out;
    try
    {
        const tally made = run(part);
        for (const std::uint64_t each : made.counts)
            out << each << ' ';
        out << '\n' << made.first;
    }
    catch (const std::exception& error)
    {
        out.str("");
        out << '\n' << error.what();
        code = 1;
    }
    const std::string text = out.str();
    for (std::size_t at = 0; at < text.size();)
    {
        const ssize_t count = ::write(to, text.data() + at, text.size() - at);
        if (count < 0 && errno != EINTR)
            break;
        at += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    std::_Exit(code);
}

} // namespace

std::string grouped(std::uint64_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;)
        text.insert(at -= 3, 1, ',');
    return text;
}

wish::wish(int count, char* arguments[], std::size_t usual_rounds) : rounds(usual_rounds)
{
    if (count > 1)
        rounds = number_of(arguments[1], "rounds");
    if (count > 2)
        seed = number_of(arguments[2], "seed");
}

tally in_processes(std::size_t parts, std::size_t counts,
                   const std::function<tally(std::size_t part)>& run)
{
    struct child
    {
        pid_t id;
        int end;
    };
    std::vector<child> children;
    for (std::size_t part = 0; part < parts; ++part)
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe");
        const pid_t id = ::fork();
        if (id < 0)
            throw std::runtime_error("no process");
        if (id == 0)
            run_part(ends[1], part, run);
        ::close(ends[1]);
        children.push_back({id, ends[0]});
    }
    tally all;
    all.counts.resize(counts);
    for (const child& each : children)
    {
        const std::string text = read_all(each.end);
        ::close(each.end);
        int status = 0;
        while (::waitpid(each.id, &status, 0) < 0 && errno == EINTR)
            continue;
        std::istringstream in(text);
        std::string line;
        std::getline(in, line);
        std::istringstream numbers(line);
        for (std::uint64_t& count : all.counts)
            if (std::uint64_t more = 0; numbers >> more)
                count += more;
        std::string first;
        std::getline(in, first, '\0');
        if (status != 0 && first.empty())
            first = "a process died with status " + std::to_string(status);
        if (all.first.empty())
            all.first = first;
    }
    return all;
}

} // namespace penstock::faults
