// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "terminal.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

namespace penstock::e2e
{

namespace
{

constexpr auto patience = std::chrono::seconds(30);

} // namespace

terminal::terminal(const scratch& home, std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), PENSTOCK_PROGRAM);
    std::vector<char*> words;
    for (std::string& each : arguments)
        words.push_back(each.data());
    words.push_back(nullptr);
    id_ = ::forkpty(&screen_, nullptr, nullptr, nullptr);
    if (id_ == 0)
    {
        ::setenv("HOME", home.path().c_str(), 1);
        ::execv(words.front(), words.data());
        ::_exit(127);
    }
    if (id_ < 0)
        throw std::runtime_error("there is no terminal");
}

terminal::~terminal()
{
    if (id_ > 0)
    {
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
    }
    ::close(screen_);
}

std::string terminal::wait_for(std::string_view text)
{
    const auto deadline = clock::now() + patience;
    while (true)
    {
        const std::size_t found = said_.find(text);
        const std::size_t end = found == std::string::npos ? found : said_.find('\n', found);
        if (end != std::string::npos)
        {
            const std::size_t start = said_.rfind('\n', found) + 1;
            return said_.substr(start, end - start);
        }
        if (!read_some(deadline))
            throw std::runtime_error("the program ended; it said: " + said_);
    }
}

void terminal::stop()
{
    const auto deadline = clock::now() + patience;
    ::kill(id_, SIGTERM);
    while (read_some(deadline))
        continue;
    ::waitpid(std::exchange(id_, -1), nullptr, 0);
}

// False at the end: then nobody has the terminal open any more.
bool terminal::read_some(clock::time_point deadline)
{
    pollfd one{.fd = screen_, .events = POLLIN, .revents = 0};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now()).count();
    if (left <= 0 || ::poll(&one, 1, static_cast<int>(left)) == 0)
        throw std::runtime_error("the program took too long; it said: " + said_);
    char block[4096];
    const ssize_t count = ::read(screen_, block, sizeof block);
    if (count <= 0)
        return false;
    said_.append(block, static_cast<std::size_t>(count));
    return true;
}

} // namespace penstock::e2e
