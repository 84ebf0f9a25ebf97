// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/confinement.hpp"

#include "host/base/descriptor.hpp"

#include <cstdint>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace penstock::host::supervise
{

namespace
{

constexpr std::uint64_t reading = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;

constexpr std::uint64_t changing = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                                   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                   LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                   LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

// Later kernels forbid more, by numbers and members that the headers of Debian 12 lack.
constexpr std::uint64_t refer = 1U << 13;           // from version 2 on; forbidden in any case
constexpr std::uint64_t truncate = 1U << 14;        // from version 3 on
constexpr std::uint64_t bind_and_connect_tcp = 0x3; // from version 4 on
constexpr std::uint64_t device_commands = 1U << 15; // from version 5 on
constexpr std::uint64_t sockets_and_signals = 0x3;  // from version 6 on

// What is forbidden unless a rule allows it, as the kernel takes it: a shorter one has fewer
// members.
struct forbidden
{
    std::uint64_t files = 0;
    std::uint64_t network = 0;
    std::uint64_t scoped = 0;
};

forbidden forbidden_in(long known, bool may_connect)
{
    forbidden all;
    all.files = reading | LANDLOCK_ACCESS_FS_READ_DIR | changing | (known >= 2 ? refer : 0) |
                (known >= 3 ? truncate : 0) | (known >= 5 ? device_commands : 0);
    all.network = known >= 4 && !may_connect ? bind_and_connect_tcp : 0;
    all.scoped = known >= 6 && !may_connect ? sockets_and_signals : 0;
    return all;
}

long version()
{
    return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

// What does not exist need not be readable.
void allow(int rules, const std::filesystem::path& path)
{
    const descriptor held(::open(path.c_str(), O_PATH | O_CLOEXEC));

    struct stat entry
    {
    };

    if (!held.is_open() || ::fstat(held.number(), &entry) != 0)
        return;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = S_ISDIR(entry.st_mode) ? reading | LANDLOCK_ACCESS_FS_READ_DIR : reading;
    rule.parent_fd = held.number();
    ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

} // namespace

confinement confine(const std::vector<std::filesystem::path>& readable, bool may_connect)
{
    const long known = version();
    if (known < 1)
        return {};
    const forbidden all = forbidden_in(known, may_connect);
    // A kernel refuses members that it does not know unless they are zero, as they are here.
    const descriptor rules(
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0)));
    if (!rules.is_open())
        return {};
    for (const std::filesystem::path& each : readable)
        allow(rules.number(), each);
    const bool is_confined = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                             ::syscall(SYS_landlock_restrict_self, rules.number(), 0) == 0;
    return {.files = is_confined, .tcp = is_confined && all.network != 0};
}

} // namespace penstock::host::supervise
