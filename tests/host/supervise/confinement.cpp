// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/confinement.hpp"

#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(confinement)

using penstock::host::supervise::confine;

namespace
{

constexpr int not_there = 77; // the kernel has no Landlock, or not all of it

/// Runs something in a process of its own that is confined; returns its exit code.
int confined(const std::filesystem::path& readable, const std::function<int()>& work)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(confine({readable}, false).files ? work() : not_there);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int try_to_open(const std::string& path, int flags)
{
    return ::open(path.c_str(), flags | O_NONBLOCK, 0600) < 0 ? 1 : 0;
}

/// A socket that listens on a free port of this machine.
class listening
{
public:
    listening() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        at_.sin_family = AF_INET;
        at_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at_;
        BOOST_REQUIRE(::bind(socket_, address(), size) == 0);
        BOOST_REQUIRE(::listen(socket_, 1) == 0);
        BOOST_REQUIRE(::getsockname(socket_, address(), &size) == 0);
    }

    listening(const listening&) = delete;
    listening& operator=(const listening&) = delete;

    ~listening() { ::close(socket_); }

    [[nodiscard]] bool is_reached() { return try_with(&::connect); }

    /// Whether another socket can have another port.
    [[nodiscard]] bool has_neighbour()
    {
        at_.sin_port = 0;
        return try_with(&::bind);
    }

private:
    [[nodiscard]] sockaddr* address() { return reinterpret_cast<sockaddr*>(&at_); }

    bool try_with(int (*call)(int, const sockaddr*, socklen_t))
    {
        const int other = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool done = call(other, address(), sizeof at_) == 0;
        ::close(other);
        return done;
    }

    int socket_;
    sockaddr_in at_{};
};

bool skips(int code)
{
    if (code == not_there)
        BOOST_TEST_MESSAGE("not run: this kernel has no Landlock");
    return code == not_there;
}

} // namespace

BOOST_AUTO_TEST_CASE(lets_a_process_read_below_what_it_is_given_alone)
{
    const penstock::host::testing::temporary_folder folder;
    const std::filesystem::path given = folder.path() / "given";
    std::filesystem::create_directory(given);
    std::ofstream(given / "inside") << "x";
    std::ofstream(folder.path() / "outside") << "x";
    const int inside = confined(given, [&] { return try_to_open(given / "inside", O_RDONLY); });
    if (skips(inside))
        return;
    BOOST_TEST(inside == 0);
    BOOST_TEST(confined(given, [&] { return try_to_open(folder.path() / "outside", O_RDONLY); }) ==
               1);
    BOOST_TEST(try_to_open("/dev/null", O_RDONLY) == 0); // who is not confined may
    BOOST_TEST(confined(given, [&] { return try_to_open("/dev/null", O_RDONLY); }) == 1);
}

BOOST_AUTO_TEST_CASE(keeps_a_process_from_changing_anything)
{
    const penstock::host::testing::temporary_folder folder;
    const std::string made = folder.path() / "made";
    const std::string old = folder.path() / "old";
    const std::string pipe = folder.path() / "pipe";
    std::ofstream(old) << "x";
    BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const int code = confined(folder.path(), [&] { return try_to_open(made, O_WRONLY | O_CREAT); });
    if (skips(code))
        return;
    BOOST_TEST(code == 1);
    BOOST_TEST(!std::filesystem::exists(made));
    BOOST_TEST(confined(folder.path(), [&] { return try_to_open(old, O_WRONLY | O_APPEND); }) == 1);
    BOOST_TEST(confined(folder.path(), [&] { return try_to_open(pipe, O_RDWR); }) == 1);
    BOOST_TEST(confined(folder.path(),
                        [&] { return ::rename(old.c_str(), made.c_str()) == 0 ? 0 : 1; }) == 1);
    BOOST_TEST(std::filesystem::exists(old));
    BOOST_TEST(confined(folder.path(), [&] { return ::unlink(old.c_str()) == 0 ? 0 : 1; }) == 1);
    BOOST_TEST(confined(folder.path(), [&] { return ::mkfifo(made.c_str(), 0600) == 0 ? 0 : 1; }) ==
               1);
}

BOOST_AUTO_TEST_CASE(keeps_a_process_from_linking_files)
{
    const penstock::host::testing::temporary_folder folder;
    const std::filesystem::path given = folder.path() / "given";
    std::filesystem::create_directory(given);
    const std::string old = given / "old";
    std::ofstream(old) << "x";
    std::ofstream(folder.path() / "outside") << "x";
    const auto links = [&](const std::string& from, const std::string& to)
    { return confined(given, [&] { return ::link(from.c_str(), to.c_str()) == 0 ? 0 : 1; }); };
    const int beside = links(old, given / "beside");
    if (skips(beside))
        return;
    BOOST_TEST(beside == 1);
    BOOST_TEST(links(old, folder.path() / "out") == 1);
    BOOST_TEST(links(folder.path() / "outside", given / "in") == 1);
    BOOST_TEST(confined(given,
                        [&]
                        {
                            const std::string to = given / "symbolic";
                            return ::symlink(old.c_str(), to.c_str()) == 0 ? 0 : 1;
                        }) == 1);
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(given), {}) == 1);
}

BOOST_AUTO_TEST_CASE(keeps_a_process_from_tcp_unless_it_may_connect)
{
    listening somebody;
    BOOST_TEST(somebody.is_reached()); // by who is not confined
    const auto tries = [&](bool may_connect, const std::function<bool()>& work)
    {
        const pid_t child = ::fork();
        if (child == 0)
        {
            const auto held = confine({}, may_connect);
            ::_exit(held.files && held.tcp != may_connect ? (work() ? 0 : 1) : not_there);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    };
    const int reached = tries(false, [&] { return somebody.is_reached(); });
    if (skips(reached))
        return;
    BOOST_TEST(reached == 1);
    BOOST_TEST(tries(false, [&] { return somebody.has_neighbour(); }) == 1);
    BOOST_TEST(tries(true, [&] { return somebody.is_reached(); }) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
