// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "balancer.hpp"

#include <cerrno>
#include <stdexcept>
#include <string_view>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace penstock::e2e
{

namespace
{

constexpr const char* haproxy = "/usr/sbin/haproxy";

// Throws where the example no longer says what is to be replaced.
void replace(std::string& text, std::string_view what, const std::string& with)
{
    const std::size_t at = text.find(what);
    if (at == std::string::npos)
        throw std::runtime_error("haproxy.cfg: does not say " + std::string(what));
    text.replace(at, what.size(), with);
}

pid_t begin(const std::vector<std::string>& words)
{
    std::vector<char*> list;
    for (const std::string& each : words)
        list.push_back(const_cast<char*>(each.c_str()));
    list.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0)
        return child;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nothing = ::open("/dev/null", O_RDWR);
    ::dup2(nothing, 0);
    ::dup2(nothing, 1);
    ::dup2(nothing, 2);
    ::execv(haproxy, list.data());
    ::_exit(127);
}

int end_of(pid_t child)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

} // namespace

balancer::balancer(const host::cli::testing::scratch& home, const std::vector<std::uint16_t>& hosts,
                   const std::string& authority)
{
    std::string text = host::cli::testing::read_file(PENSTOCK_EXAMPLES "/cluster/haproxy.cfg");
    replace(text, "bind :443 ssl crt /etc/haproxy/penstock.pem",
            "bind 127.0.0.1:" + std::to_string(port()));
    replace(text, "/etc/haproxy/hosts.pem", authority);
    for (std::size_t i = 0; i < hosts.size(); ++i)
        replace(text, " host" + std::to_string(i + 1) + ":8443",
                " 127.0.0.1:" + std::to_string(hosts[i]));
    const std::string file = home.write("haproxy.cfg", text);
    if (::access(haproxy, X_OK) != 0)
        throw std::runtime_error("haproxy: is not installed; the package haproxy was expected");
    if (end_of(begin({haproxy, "-c", "-f", file})) != 0)
        throw std::runtime_error(file + ": is not what haproxy takes");
    process_ = begin({haproxy, "-db", "-f", file});
}

balancer::~balancer()
{
    if (process_ <= 0)
        return;
    ::kill(process_, SIGKILL);
    (void)end_of(process_);
}

} // namespace penstock::e2e
